-- +goose Up
CREATE TABLE overlap (
  publication_id         BIGINT NOT NULL         COMMENT '发布标识 | publication',
  app_a                  VARCHAR(64) NOT NULL    COMMENT '应用 A | first app',
  app_b                  VARCHAR(64) NOT NULL    COMMENT '应用 B | second app',
  both_devices           DECIMAL(30,10) NOT NULL COMMENT '共同设备数（台） | devices with both',
  se_both_devices        DOUBLE NULL             COMMENT '标准误（台） | its standard error',
  exclusive_a_ratio      DECIMAL(18,10) NULL     COMMENT 'A 独占比例 | part of A''s devices without B',
  se_exclusive_a_ratio   DOUBLE NULL             COMMENT '标准误 | its standard error',
  exclusive_b_ratio      DECIMAL(18,10) NULL     COMMENT 'B 独占比例 | part of B''s devices without A',
  se_exclusive_b_ratio   DOUBLE NULL             COMMENT '标准误 | its standard error',
  overlap_of_a_ratio     DECIMAL(18,10) NULL     COMMENT '重合度（占 A） | devices with both over A''s',
  overlap_of_union_ratio DECIMAL(18,10) NULL     COMMENT '重合度（占并集） | devices with both over those with one of them',
  n_devices              INT NULL                COMMENT '样本设备数 | unweighted devices, where known',
  basis                  VARCHAR(16) NOT NULL    COMMENT '误差依据 | panel, vendor or assumed',
  flags                  VARCHAR(128) NOT NULL   COMMENT '标记 | flags',
  PRIMARY KEY (publication_id, app_a, app_b)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='重合与独占 | two apps on the same devices';

-- +goose Down
DROP TABLE overlap;
