-- Its password, whatever it was: name, host, password.
ALTER USER ?@? IDENTIFIED BY ?
