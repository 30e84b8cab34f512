SELECT @@sql_mode, @@time_zone, @@local_infile
