-- A transaction of a rehearsal is a part of the one that is never committed.
SAVEPOINT scene
