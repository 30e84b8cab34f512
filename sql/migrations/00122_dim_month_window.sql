-- +goose Up
CREATE TABLE dim_month_window (
  month_start      DATE NOT NULL         COMMENT '月份首日 | first day of the month',
  profile          VARCHAR(32) NOT NULL  COMMENT '适用日历 | calendar that moves the app, as in dim_app',
  kind             VARCHAR(16) NOT NULL  COMMENT '类别：presale 预售、holiday 假期、filing 申报期、course 仅供预期模型 | presale, holiday, filing, or course: for expectations only',
  window_zh        VARCHAR(64) NOT NULL  COMMENT '中文名称 | name in Chinese',
  window_en        VARCHAR(128) NOT NULL COMMENT '英文名称 | name in English',
  first_day        DATE NOT NULL         COMMENT '首日 | first day of the window',
  last_day         DATE NOT NULL         COMMENT '末日 | last day of the window',
  share_ratio      DOUBLE NOT NULL       COMMENT '窗口各日落在本月的比例 | share of the days of the window that fall in the month',
  first_off_day    DATE NULL             COMMENT '首个放假日，申报期为空 | first day off of the holiday, NULL of a filing window',
  off_days         INT NULL              COMMENT '放假天数 | days off of the holiday',
  first_sale_day   DATE NULL             COMMENT '首个放假日车票的起售日，仅预售 | day on which tickets for the first day off go on sale, of a presale',
  holiday_day      DATE NULL             COMMENT '节日当天，仅预售 | the holiday itself, of a presale',
  holiday_sale_day DATE NULL             COMMENT '节日当天车票的起售日，仅预售 | day on which its tickets go on sale',
  is_confirmed     TINYINT NOT NULL      COMMENT '日期是否已确认 | 1 where the dates are confirmed, 0 where they only serve expectations',
  PRIMARY KEY (month_start, profile, kind, window_zh, first_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='月份的日历窗口 | windows of the calendar by month and profile with their exposure, written anew by each run';

-- +goose Down
DROP TABLE dim_month_window;
