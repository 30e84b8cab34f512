-- The job asks which version the schema has, and never changes it.
GRANT SELECT ON {object} TO ?@?
