-- +goose Up
CREATE TABLE ranking (
  publication_id BIGINT NOT NULL         COMMENT '发布标识 | publication',
  list_name      VARCHAR(64) NOT NULL    COMMENT '榜单 | list',
  app_id         VARCHAR(64) NOT NULL    COMMENT '应用标识 | id of the app',
  place          INT NOT NULL            COMMENT '名次 | rank by monthly unique devices; ties share a rank',
  is_in_list     TINYINT NOT NULL        COMMENT '是否在榜 | 1 when within the list''s size',
  devices        DECIMAL(30,10) NOT NULL COMMENT '月独立设备数（台） | monthly unique devices',
  se_devices     DOUBLE NULL             COMMENT '标准误（台） | standard error',
  previous_place INT NULL                COMMENT '上月名次 | rank one month before',
  place_change   INT NULL                COMMENT '名次变化，正数为上升 | previous rank minus rank, positive = risen',
  state          VARCHAR(8) NOT NULL     COMMENT 'NEW 进榜 / OUT 出榜 | NEW or OUT against the month before',
  PRIMARY KEY (publication_id, list_name, app_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='排名 | places in the ranked lists';

-- +goose Down
DROP TABLE ranking;
