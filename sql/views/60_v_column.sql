-- zh: 全部视图与表的各列说明；position 0 为视图或表本身
-- en: What every column of every view and table means; position 0 is the view or table itself
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_column AS
SELECT d.object_name, d.kind, d.position, d.column_name, d.data_type, d.comment_zh, d.comment_en
  FROM dim_column d;
