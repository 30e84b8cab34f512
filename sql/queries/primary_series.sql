-- Which source speaks for an app.
SELECT s.app_id, s.source FROM primary_series s WHERE s.app_id <> '*' ORDER BY s.app_id
