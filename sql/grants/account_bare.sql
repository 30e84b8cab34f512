-- Every right it had goes, so that what follows is all it has: name, host.
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ?@?
