-- The part stands, as long as the rehearsal lasts.
RELEASE SAVEPOINT scene
