-- +goose Up
CREATE TABLE dim_segment (
  dimension VARCHAR(32) NOT NULL COMMENT '维度 | dimension: province, city, city_tier, gender, age_band, marital, occupation',
  member    VARCHAR(64) NOT NULL COMMENT '选项 | member; 未知 where the attribute was not delivered',
  position  INT NOT NULL         COMMENT '排列顺序 | order of printing',
  PRIMARY KEY (dimension, member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='维度与选项 | dimensions and their members';

-- +goose Down
DROP TABLE dim_segment;
