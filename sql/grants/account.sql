-- The account, made if it is not there: name, host, password.
CREATE USER IF NOT EXISTS ?@? IDENTIFIED BY ?
