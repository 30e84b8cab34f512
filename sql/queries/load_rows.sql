-- Rows that the program sends as text into a table: one a line, values apart by
-- tabs. The server ignores strict mode here, so that its warnings are asked for.
LOAD DATA LOCAL INFILE '{reader}' INTO TABLE {table} CHARACTER SET utf8mb4 ({columns})
