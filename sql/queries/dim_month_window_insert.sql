INSERT INTO dim_month_window (month_start, profile, kind, window_zh, window_en, first_day, last_day, share_ratio,
  first_off_day, off_days, first_sale_day, holiday_day, holiday_sale_day, is_confirmed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
