-- +goose Up
CREATE TABLE dim_month (
  month_start  DATE NOT NULL COMMENT '月份首日 | first day of the month',
  days         INT NOT NULL  COMMENT '天数 | calendar days',
  off_days     INT NOT NULL  COMMENT '法定放假天数 | days off by the yearly notice, ordinary weekends not counted',
  presale_days INT NOT NULL  COMMENT '节假日火车票预售天数 | days on which rail tickets for a public holiday are first on sale or in presale',
  filing_days  INT NOT NULL  COMMENT '个税年度汇算申报期天数 | days inside the income tax filing window',
  PRIMARY KEY (month_start)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='月份 | months with what the calendar says of them';

-- +goose Down
DROP TABLE dim_month;
