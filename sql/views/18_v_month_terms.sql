-- zh: 各数据源各月的口径：供应商、定义版本、城市等级名单、TGI 基准与样本声明
-- en: What each source's month was counted by: vendor, definitions, list of city tiers, base of the TGI, declared sample
-- Months under other vendors or definitions are not compared; tiers not under
-- other lists, TGI not under other bases.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_month_terms AS
SELECT p.source, p.month_start, p.revision, e.vendor, e.product, e.definitions_version, e.tier_list_year, e.tgi_base,
       e.universe_devices, e.panel_size, e.deff, e.delivered_at, p.publication_id, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id;
