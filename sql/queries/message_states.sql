-- How many messages are in each state.
SELECT state AS name, COUNT(*) AS n FROM message GROUP BY state ORDER BY state
