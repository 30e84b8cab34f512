SELECT @@sql_mode, @@time_zone
