-- Judging reads the series of the views.
GRANT SELECT ON {object} TO ?@?
