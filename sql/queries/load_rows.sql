-- Rows that the program sends as text into a table: one a line, values apart by
-- tabs. The server ignores strict mode here, so that its warnings are asked for.
-- As binary it takes the bytes as they are, without a look at each character first;
-- what is no UTF-8 for its column is warned of all the same.
LOAD DATA LOCAL INFILE '{reader}' INTO TABLE {table} CHARACTER SET binary ({columns})
