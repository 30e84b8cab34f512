-- The version of TLS that this connection speaks, empty without.
SHOW SESSION STATUS LIKE 'Ssl_version'
