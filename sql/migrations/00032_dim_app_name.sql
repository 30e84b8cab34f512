-- +goose Up
CREATE TABLE dim_app_name (
  name              VARCHAR(128) NOT NULL COMMENT '名称或别名 | name or alias',
  valid_from        DATE NOT NULL         COMMENT '首个有效月份，1900-01-01 表示一直有效 | first month with that name, 1900-01-01 for always before',
  valid_to          DATE NULL             COMMENT '最后有效月份，空表示至今 | last month with that name, NULL for always after',
  app_id            VARCHAR(64) NOT NULL  COMMENT '应用标识 | id of the app',
  catalogue_version VARCHAR(32) NOT NULL  COMMENT '目录版本 | version of the catalogue',
  PRIMARY KEY (name, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='应用名称、别名与更名 | names, aliases and renames under which deliveries carry an app, written anew by each run';

-- +goose Down
DROP TABLE dim_app_name;
