-- zh: 各月的日历窗口（预售、假期、申报期）及其落在该月的比例，按适用日历
-- en: Windows of the calendar by month and profile: presale, holiday, filing season, with the share of their days in the month
-- Months without a window of a profile have no row; dim_month is joined for the
-- days off of the month as a whole.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_calendar AS
SELECT w.month_start, w.profile, w.kind, w.window_zh, w.window_en, w.first_day, w.last_day, w.share_ratio,
       w.first_off_day, w.off_days, w.first_sale_day, w.holiday_day, w.holiday_sale_day, w.is_confirmed,
       m.days AS month_days, m.off_days AS month_off_days
  FROM dim_month_window w
  JOIN dim_month m ON m.month_start = w.month_start;
