-- T_(g) = sum over strata of W / (W - W_g) x (T - T_g), g = 0 the full sample.
WITH whole AS (
  SELECT kind, a, b, c, stratum, SUM(n) AS n, SUM(devices) AS devices, SUM(device_days) AS device_days,
         SUM(uses) AS uses, SUM(seconds) AS seconds
    FROM part
   GROUP BY kind, a, b, c, stratum)
SELECT w.kind, w.a, w.b, w.c, f.g, SUM(w.n) AS n,
       SUM(f.of_all * w.devices - f.of_group * COALESCE(p.devices, 0)) AS devices,
       SUM(f.of_all * w.device_days - f.of_group * COALESCE(p.device_days, 0)) AS device_days,
       SUM(f.of_all * w.uses - f.of_group * COALESCE(p.uses, 0)) AS uses,
       SUM(f.of_all * w.seconds - f.of_group * COALESCE(p.seconds, 0)) AS seconds
  FROM whole w
  JOIN factor f ON f.stratum = w.stratum
  LEFT JOIN part p ON p.kind = w.kind AND p.a = w.a AND p.b = w.b AND p.c = w.c AND p.stratum = w.stratum AND p.grp = f.g
 GROUP BY w.kind, w.a, w.b, w.c, f.g
 ORDER BY w.kind, w.a, w.b, w.c, f.g
