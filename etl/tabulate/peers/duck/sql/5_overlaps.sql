-- Devices with both apps of a pair: a self join of integers.
CREATE TABLE pair_part AS
SELECT x.a::VARCHAR AS a, y.a::VARCHAR AS b, {{if .Replicates}} x.g, {{end}} count(*) AS n, sum(x.weight) AS devices
FROM pair x JOIN (SELECT d, a FROM pair) y ON x.d = y.d AND x.a < y.a
GROUP BY x.a, y.a{{if .Replicates}}, x.g{{end}};
