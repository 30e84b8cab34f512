-- What was done since the part began is undone.
ROLLBACK TO SAVEPOINT scene
