-- +goose Up
CREATE TABLE job_lease (
  name        VARCHAR(64) NOT NULL COMMENT '租约 | lease',
  owner       VARCHAR(128) NULL    COMMENT '持有者 | holder',
  token       BIGINT NOT NULL      COMMENT '栅栏令牌 | fencing token, raised by every claim',
  lease_until DATETIME(6) NOT NULL COMMENT '到期时间 UTC | expiry by the database''s clock, UTC',
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='作业租约 | who may write, with a fencing token';

-- +goose Down
DROP TABLE job_lease;
