-- +goose Up
CREATE TABLE panel_overlap (
  publication_id BIGINT NOT NULL      COMMENT '发布标识 | publication',
  app_a          VARCHAR(64) NOT NULL COMMENT '应用 A | first app',
  app_b          VARCHAR(64) NOT NULL COMMENT '应用 B | second app',
  replicate      SMALLINT NOT NULL    COMMENT '重复样本 | 0 = full sample, 1..80 = without that group',
  devices        DOUBLE NOT NULL      COMMENT '共同设备数（台） | devices with both',
  n_devices      INT NOT NULL         COMMENT '样本设备数 | unweighted devices',
  PRIMARY KEY (publication_id, app_a, app_b, replicate)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='样本重合估计 | devices with both apps of a pair, with replicates';

-- +goose Down
DROP TABLE panel_overlap;
