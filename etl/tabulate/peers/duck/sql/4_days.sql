-- Devices of app and day: one pass over the pairs, a masked sum for each day.
CREATE TABLE day_part AS
SELECT a, {{.G}} unnest(range(1, 32)) AS day,
       unnest([{{range $i, $d := .Days}}{{if $i}}, {{end}}count(*) FILTER ((days >> {{$i}}) & 1 = 1){{end}}]) AS n,
       unnest([{{range $i, $d := .Days}}{{if $i}}, {{end}}sum(weight) FILTER ((days >> {{$i}}) & 1 = 1){{end}}]) AS devices
FROM pair
GROUP BY a{{.AndG}};
