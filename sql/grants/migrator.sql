-- Makes and changes tables and views of this database, and gives no rights.
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW
   ON {database}.* TO ?@?
