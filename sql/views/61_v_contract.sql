-- zh: 视图合同的版本：同一版本内，列不会删除、改名或改变类型，只会增加
-- en: Versions of the contract of the views: within one, no column goes, changes its name or its type; columns may be added
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_contract AS
SELECT 1 AS version, CAST('2026-11-23' AS DATE) AS since, '首个版本' AS changes_zh, 'the first version' AS changes_en;
