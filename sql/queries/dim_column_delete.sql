DELETE FROM dim_column
