-- The monthly job reads and writes rows of every table of ours.
GRANT SELECT, INSERT, UPDATE, DELETE ON {object} TO ?@?
