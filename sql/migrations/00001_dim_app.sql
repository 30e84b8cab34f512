-- +goose Up
CREATE TABLE dim_app (
  app_id            VARCHAR(64) NOT NULL  COMMENT '应用标识，永不更改 | id of the app, for good',
  name_zh           VARCHAR(128) NOT NULL COMMENT '应用名称 | name as shown',
  name_en           VARCHAR(128) NOT NULL COMMENT '英文名称 | English name',
  category          VARCHAR(64) NOT NULL  COMMENT '分类 | category',
  region            VARCHAR(64) NOT NULL  COMMENT '所属地区，全国性应用为空 | region as the report prints it, empty for national apps',
  profile           VARCHAR(32) NOT NULL  COMMENT '适用日历 | calendar that moves the app: rail, tax, utility, road, gov, bank, none',
  catalogue_version VARCHAR(32) NOT NULL  COMMENT '目录版本 | version of the catalogue the row was last written from',
  PRIMARY KEY (app_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='应用目录 | catalogue of apps';

-- +goose Down
DROP TABLE dim_app;
