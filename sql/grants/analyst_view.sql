-- The views are the contract; the tables behind them are not.
GRANT SELECT ON {object} TO ?@?
