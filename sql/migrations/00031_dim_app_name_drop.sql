-- +goose Up
DROP TABLE dim_app_name;

-- +goose Down
CREATE TABLE dim_app_name (
  name              VARCHAR(128) NOT NULL COMMENT '名称或别名 | name or alias',
  app_id            VARCHAR(64) NOT NULL  COMMENT '应用标识 | id of the app',
  catalogue_version VARCHAR(32) NOT NULL  COMMENT '目录版本 | version of the catalogue',
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='应用名称与别名 | names and aliases under which deliveries carry an app';
