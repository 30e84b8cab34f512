-- +goose Up
CREATE TABLE dim_list_member (
  list_name         VARCHAR(64) NOT NULL COMMENT '榜单 | list, such as 地方政务',
  app_id            VARCHAR(64) NOT NULL COMMENT '应用标识 | id of the app',
  list_size         INT NOT NULL         COMMENT '榜单长度 | how many places the list shows',
  catalogue_version VARCHAR(32) NOT NULL COMMENT '目录版本 | version of the catalogue',
  PRIMARY KEY (list_name, app_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='榜单成员 | members of the ranked lists';

-- +goose Down
DROP TABLE dim_list_member;
