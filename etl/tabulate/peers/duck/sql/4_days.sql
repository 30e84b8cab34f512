-- Devices of app and day: the masks against the 31 days.
CREATE TABLE day_part AS
SELECT a::VARCHAR AS a, {{.G}} range + 1 AS day, count(*) AS n, sum(weight) AS devices
FROM pair JOIN range(31) ON (days >> range) & 1 = 1
GROUP BY ALL;
