INSERT INTO dim_month (month_start, days, off_days, presale_days, filing_days)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE days = VALUES(days), off_days = VALUES(off_days),
  presale_days = VALUES(presale_days), filing_days = VALUES(filing_days)
