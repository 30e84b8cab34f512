INSERT INTO current_publication (source, month_start, publication_id) VALUES
('panel', '2023-12-01', '3'),
('vendor', '2023-11-01', '1'),
('vendor', '2023-12-01', '4');
INSERT INTO dim_app (app_id, name_zh, name_en, category, region, profile, catalogue_version) VALUES
('geshui', '个人所得税', 'Individual income tax', '政务', '', 'tax', 'test'),
('minzhengtong', '天府市民云', 'Tianfu', '政务', '四川-成都', 'gov', 'test'),
('tielu12306', '铁路12306', 'China Railway 12306', '交通出行', '', 'rail', 'test');
INSERT INTO dim_app_name (name, app_id, catalogue_version) VALUES
('12306', 'tielu12306', 'test'),
('个人所得税', 'geshui', 'test'),
('天府市民云', 'minzhengtong', 'test'),
('铁路12306', 'tielu12306', 'test');
INSERT INTO dim_indicator (indicator, name_zh, name_en, unit, formula, position) VALUES
('annual_peak', '年峰值', 'Peak of the year', 'devices', 'max D of the year so far; at_month is its month', '15'),
('cagr6', '近6个月复合增长率', 'Six-month compound growth per month', 'ratio_per_month', '(D_t / D_t-6)^(1/6) - 1', '8'),
('dau_avg', '日均独立设备数', 'Average daily unique devices', 'devices', 'sum of w x active days / calendar days of t', '3'),
('minutes_per_device_day', '单机单日有效时间', 'Minutes per device and day of use', 'minutes', 'sum of w x seconds / 60 / sum of w x active days', '5'),
('mom', '环比', 'Month on month', 'ratio', 'D_t / D_t-1 - 1', '6'),
('mud', '月独立设备数', 'Monthly unique devices', 'devices', 'sum of w over devices that used the app in t', '2'),
('penetration_all', '全网渗透率', 'All-network penetration', 'ratio', 'D / U', '9'),
('record_high', '历史新高', 'Record high', 'bool', 'D_t > max D_s, s < t', '14'),
('share', '占比', 'Share of the app''s devices', 'ratio', 'D_member / D', '11'),
('tgi', 'TGI', 'Target group index', 'index', '100 x (D_member / D) / (U_member / U)', '12'),
('top_share', 'TOPN集中度', 'Share of the N largest members', 'ratio', 'sum of the N largest D_member / D', '13'),
('universe', '全网月独立设备数', 'All-network monthly unique devices', 'devices', 'U_t, the control total', '1'),
('uses_per_device_day', '单机单日使用次数', 'Uses per device and day of use', 'uses', 'sum of w x uses / sum of w x active days', '4'),
('yoy', '同比', 'Year on year', 'ratio', 'D_t / D_t-12 - 1', '7');
INSERT INTO dim_list_member (list_name, app_id, list_size, catalogue_version) VALUES
('地方政务', 'geshui', '1', 'test'),
('地方政务', 'minzhengtong', '1', 'test');
INSERT INTO dim_month (month_start, days, off_days, presale_days, filing_days) VALUES
('2023-01-01', '31', '8', '20', '0');
INSERT INTO dim_segment (dimension, member, position) VALUES
('all', 'all', '0'),
('gender', '女', '2'),
('gender', '未知', '3'),
('gender', '男', '1'),
('province', '四川', '2'),
('province', '山东', '1'),
('province', '未知', '3');
INSERT INTO etl_extract (extract_id, source, month_start, revision, identity, vendor, product, kind, delivered_at, universe_devices, panel_size, deff, tier_list_year, tgi_base, definitions_version, synthetic, status, refusal, folder, run_id, loaded_at) VALUES
('1', 'vendor', '2023-11-01', '1', 'f67528110351e3e4e124a8fa5185f39cca919a3234398ca933d62c8a7ae2553d', 'vendor', 'product', 'aggregate', '2023-12-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-11', 'run-1', '2024-01-12 09:30:02'),
('2', 'vendor', '2023-12-01', '1', '5e199b932c575463affa3b75df44e23e803b81aecef8acbafb0b90ca8c807c44', 'vendor', 'product', 'aggregate', '2024-01-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:05'),
('3', 'panel', '2023-12-01', '1', 'd1c7ac9f7dd00d8ce5f962085b42a732c866b7f6ef4994abbee6447f37d109d9', 'vendor', 'product', 'microdata', '2024-01-10', '1.39e+09', NULL, NULL, '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:08'),
('4', 'vendor', '2023-12-01', '2', '42b513a8501b19c99cd8bab159acb33f5e866f347efdf43b9526f86a486c4015', 'vendor', 'product', 'aggregate', '2024-01-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:11');
INSERT INTO etl_file (extract_id, position, name, table_name, origin, source_note, sha256, bytes, rows_read, rows_loaded, rows_rejected, rows_ignored) VALUES
('1', '0', 'figures.csv', 'app_month', '', '', 'a2a037ba4bdb3849ec085a4bf195654942b68601e9c4c9cedf37de1d57ec8881', '345', '20', '17', '2', '1'),
('2', '0', 'figures.csv', 'app_month', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1'),
('3', '0', 'figures.csv', 'usage', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1'),
('4', '0', 'figures.csv', 'app_month', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1');
INSERT INTO etl_reject (extract_id, seq, file_position, line, column_name, raw_value, rule, hint) VALUES
('1', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number'),
('1', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app'),
('2', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number'),
('2', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app'),
('3', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number'),
('3', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app'),
('4', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number'),
('4', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app');
INSERT INTO finding (judgement_id, seq, rule, also, app_id, other_app_id, list_name, dimension, member, verdict, severity, reason, unit, value, se, expected, expected_low, expected_high, z, text_zh, text_en) VALUES
('1', '1', 'holiday_peak', 'record_high,yoy_above', 'tielu12306', '', '', 'all', 'all', 'expected', 'info', '', 'devices', '1.1e+08', '1e+06', '1.05e+08', '1e+08', '1.2e+08', '1.25', '国庆预售：铁路12306 🚄 “1.1亿台”', 'it''s the holiday'),
('1', '2', 'rank_change', '', '', '', '地方政务', 'all', 'all', 'not_evaluable', 'info', 'base month missing', 'rank', NULL, NULL, NULL, NULL, NULL, NULL, '', '');
INSERT INTO hourly (publication_id, app_id, network, hour, share_ratio, basis) VALUES
('1', 'tielu12306', 'ALL', '0', '0.0417000000', 'vendor'),
('1', 'tielu12306', 'ALL', '1', '0.0417000000', 'vendor'),
('1', 'tielu12306', 'ALL', '2', '0.0417000000', 'vendor'),
('1', 'tielu12306', 'ALL', '3', '0.0417000000', 'vendor'),
('2', 'tielu12306', 'ALL', '0', '0.0417000000', 'vendor'),
('2', 'tielu12306', 'ALL', '1', '0.0417000000', 'vendor'),
('2', 'tielu12306', 'ALL', '2', '0.0417000000', 'vendor'),
('2', 'tielu12306', 'ALL', '3', '0.0417000000', 'vendor'),
('4', 'tielu12306', 'ALL', '0', '0.0417000000', 'vendor'),
('4', 'tielu12306', 'ALL', '1', '0.0417000000', 'vendor'),
('4', 'tielu12306', 'ALL', '2', '0.0417000000', 'vendor'),
('4', 'tielu12306', 'ALL', '3', '0.0417000000', 'vendor');
INSERT INTO indicator (publication_id, indicator, app_id, dimension, member, value, se, n_devices, basis, flags, at_month) VALUES
('1', 'annual_peak', 'geshui', 'all', 'all', '2200000.0000000000', '95705.17227402079', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'annual_peak', 'minzhengtong', 'all', 'all', '3300000.0000000000', '117167.95637033191', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'annual_peak', 'tielu12306', 'all', 'all', '1100000.0000000000', '67700.59083937155', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'dau_avg', 'geshui', 'all', 'all', '275000.0000000000', '33860.34738451453', NULL, 'assumed', '', NULL),
('1', 'dau_avg', 'minzhengtong', 'all', 'all', '412500.0000000000', '41468.23520780695', NULL, 'assumed', '', NULL),
('1', 'dau_avg', 'tielu12306', 'all', 'all', '137500.0000000000', '23944.065679203268', NULL, 'assumed', '', NULL),
('1', 'mom', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'mom', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'mom', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'mud', 'geshui', 'all', 'all', '2200000.0000000000', '95705.17227402079', NULL, 'assumed', '', NULL),
('1', 'mud', 'geshui', 'province', '山东', '550000.0000000000', '47881.02442513109', NULL, 'assumed', '', NULL),
('1', 'mud', 'minzhengtong', 'all', 'all', '3300000.0000000000', '117167.95637033191', NULL, 'assumed', '', NULL),
('1', 'mud', 'minzhengtong', 'province', '山东', '825000.0000000000', '58636.235597111794', NULL, 'assumed', '', NULL),
('1', 'mud', 'tielu12306', 'all', 'all', '1100000.0000000000', '67700.59083937155', NULL, 'assumed', '', NULL),
('1', 'mud', 'tielu12306', 'province', '山东', '275000.0000000000', '33860.34738451453', NULL, 'assumed', '', NULL),
('1', 'penetration_all', 'geshui', 'all', 'all', '0.0015827338', '6.885264192354726e-05', NULL, 'assumed', '', NULL),
('1', 'penetration_all', 'minzhengtong', 'all', 'all', '0.0023741007', '8.429349379154266e-05', NULL, 'assumed', '', NULL),
('1', 'penetration_all', 'tielu12306', 'all', 'all', '0.0007913669', '4.870546103537146e-05', NULL, 'assumed', '', NULL),
('1', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018851995312789516', NULL, 'assumed', '', NULL),
('1', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015392589716558163', NULL, 'assumed', '', NULL),
('1', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026660747449140956', NULL, 'assumed', '', NULL),
('1', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'universe', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('1', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'annual_peak', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'annual_peak', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'annual_peak', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'dau_avg', 'geshui', 'all', 'all', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('2', 'dau_avg', 'minzhengtong', 'all', 'all', '416250.0000000000', '41656.244523688794', NULL, 'assumed', '', NULL),
('2', 'dau_avg', 'tielu12306', 'all', 'all', '138750.0000000000', '24052.64528716276', NULL, 'assumed', '', NULL),
('2', 'mom', 'geshui', 'all', 'all', '0.0090909091', '0.061940700420186866', NULL, 'assumed', '', NULL),
('2', 'mom', 'minzhengtong', 'all', 'all', '0.0090909091', '0.05055423210241043', NULL, 'assumed', '', NULL),
('2', 'mom', 'tielu12306', 'all', 'all', '0.0090909091', '0.08763224477248181', NULL, 'assumed', '', NULL),
('2', 'mud', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', '', NULL),
('2', 'mud', 'geshui', 'province', '山东', '555000.0000000000', '48098.08650029951', NULL, 'assumed', '', NULL),
('2', 'mud', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', '', NULL),
('2', 'mud', 'minzhengtong', 'province', '山东', '832500.0000000000', '58902.00192913397', NULL, 'assumed', '', NULL),
('2', 'mud', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', '', NULL),
('2', 'mud', 'tielu12306', 'province', '山东', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('2', 'penetration_all', 'geshui', 'all', 'all', '0.0015971223', '6.916440202556669e-05', NULL, 'assumed', '', NULL),
('2', 'penetration_all', 'minzhengtong', 'all', 'all', '0.0023956835', '8.467486322470898e-05', NULL, 'assumed', '', NULL),
('2', 'penetration_all', 'tielu12306', 'all', 'all', '0.0007985612', '4.892617247969796e-05', NULL, 'assumed', '', NULL),
('2', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018766884289693378', NULL, 'assumed', '', NULL),
('2', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015323096857200898', NULL, 'assumed', '', NULL),
('2', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026540382285970946', NULL, 'assumed', '', NULL),
('2', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'universe', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('2', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('3', 'annual_peak', 'geshui', 'all', 'all', '1079398.2670225981', '148733.06048883882', '268', 'panel', '', '2023-12-01'),
('3', 'annual_peak', 'minzhengtong', 'all', 'all', '1471864.0576597576', '176246.5205299678', '481', 'panel', '', '2023-12-01'),
('3', 'annual_peak', 'tielu12306', 'all', 'all', '1020199.4231404177', '134670.9253603329', '669', 'panel', '', '2023-12-01'),
('3', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'dau_avg', 'geshui', 'all', 'all', '182496.6648522661', '21590.953301006582', '268', 'panel', '', NULL),
('3', 'dau_avg', 'minzhengtong', 'all', 'all', '335775.8621505814', '35409.50578241016', '481', 'panel', '', NULL),
('3', 'dau_avg', 'tielu12306', 'all', 'all', '188751.8373910443', '18759.111574793184', '669', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'geshui', 'all', 'all', '8.5855613045', '1.0312788114222529', '268', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'geshui', 'gender', '未知', '13.3952151466', '2.2123316660975636', '301', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'geshui', 'gender', '男', '9.4890556304', '1.741965637643982', '1072', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'all', 'all', '7.2188529074', '1.1085898057974863', '481', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'gender', '未知', '14.8443342964', '1.747798833269284', '318', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'gender', '男', '15.9225301304', '2.739912062512554', '995', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'all', 'all', '8.7590468470', '1.4227373839426372', '669', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'gender', '未知', '15.3683428946', '2.2606100661385033', '680', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'gender', '男', '10.8790030660', '1.6333167637072856', '325', 'panel', '', NULL),
('3', 'mom', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'mom', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'mom', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'mud', 'geshui', 'all', 'all', '1079398.2670225981', '148733.06048883882', '268', 'panel', '', NULL),
('3', 'mud', 'geshui', 'gender', '未知', '585947.7266458404', '147853.7879650949', '301', 'panel', '', NULL),
('3', 'mud', 'geshui', 'gender', '男', '838084.4956940947', '71136.45653879447', '1072', 'panel', '', NULL),
('3', 'mud', 'minzhengtong', 'all', 'all', '1471864.0576597576', '176246.5205299678', '481', 'panel', '', NULL),
('3', 'mud', 'minzhengtong', 'gender', '未知', '1483430.1005417150', '119965.84434221606', '318', 'panel', '', NULL),
('3', 'mud', 'minzhengtong', 'gender', '男', '1218189.2047347396', '107272.48748647819', '995', 'panel', '', NULL),
('3', 'mud', 'tielu12306', 'all', 'all', '1020199.4231404177', '134670.9253603329', '669', 'panel', '', NULL),
('3', 'mud', 'tielu12306', 'gender', '未知', '1409248.7470381088', '126842.30898230511', '680', 'panel', '', NULL),
('3', 'mud', 'tielu12306', 'gender', '男', '1055739.8478631240', '120003.25678202696', '325', 'panel', '', NULL),
('3', 'penetration_all', 'geshui', 'all', 'all', '0.0007765455', '0.00010700220179053138', '268', 'panel', '', NULL),
('3', 'penetration_all', 'minzhengtong', 'all', 'all', '0.0010588950', '0.00012679605793522865', '481', 'panel', '', NULL),
('3', 'penetration_all', 'tielu12306', 'all', 'all', '0.0007339564', '9.688555781318904e-05', '669', 'panel', '', NULL),
('3', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'share', 'geshui', 'gender', '未知', '0.5428466439', '0.09822524907731267', '301', 'panel', '', NULL),
('3', 'share', 'geshui', 'gender', '男', '0.7764367623', '0.11983731968106152', '1072', 'panel', '', NULL),
('3', 'share', 'minzhengtong', 'gender', '未知', '1.0078580918', '0.14690006718723342', '318', 'panel', '', NULL),
('3', 'share', 'minzhengtong', 'gender', '男', '0.8276506233', '0.13679667787702368', '995', 'panel', '', NULL),
('3', 'share', 'tielu12306', 'gender', '未知', '1.3813463477', '0.2468319254789816', '680', 'panel', '', NULL),
('3', 'share', 'tielu12306', 'gender', '男', '1.0348367426', '0.211955073360992', '325', 'panel', '', NULL),
('3', 'tgi', 'geshui', 'gender', '未知', '103.9257753660', '28.485239626066047', '301', 'panel', '', NULL),
('3', 'tgi', 'geshui', 'gender', '男', '159.7334746939', '28.169619344696073', '1072', 'panel', '', NULL),
('3', 'tgi', 'minzhengtong', 'gender', '未知', '192.9503200087', '45.909042756450084', '318', 'panel', '', NULL),
('3', 'tgi', 'minzhengtong', 'gender', '男', '170.2695136412', '36.78379013890227', '995', 'panel', '', NULL),
('3', 'tgi', 'tielu12306', 'gender', '未知', '264.4531229070', '69.06140263206392', '680', 'panel', '', NULL),
('3', 'tgi', 'tielu12306', 'gender', '男', '212.8931506884', '54.08870905960404', '325', 'panel', '', NULL),
('3', 'top_share', 'geshui', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'top_share', 'minzhengtong', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'top_share', 'tielu12306', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'universe', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'panel', '', NULL),
('3', 'uses_per_device_day', 'geshui', 'all', 'all', '4.8484667344', '0.7406308388071146', '268', 'panel', '', NULL),
('3', 'uses_per_device_day', 'geshui', 'gender', '未知', '3.3511075633', '0.4915898594054924', '301', 'panel', '', NULL),
('3', 'uses_per_device_day', 'geshui', 'gender', '男', '7.7736533127', '0.9483481249438591', '1072', 'panel', '', NULL),
('3', 'uses_per_device_day', 'minzhengtong', 'all', 'all', '4.2070609207', '0.6580034065055959', '481', 'panel', '', NULL),
('3', 'uses_per_device_day', 'minzhengtong', 'gender', '未知', '5.7202233954', '0.7035145575287421', '318', 'panel', '', NULL),
('3', 'uses_per_device_day', 'minzhengtong', 'gender', '男', '3.2289527472', '0.683471155086012', '995', 'panel', '', NULL),
('3', 'uses_per_device_day', 'tielu12306', 'all', 'all', '4.6304491426', '0.6262406793666334', '669', 'panel', '', NULL),
('3', 'uses_per_device_day', 'tielu12306', 'gender', '未知', '4.1612098373', '0.9829988543090126', '680', 'panel', '', NULL),
('3', 'uses_per_device_day', 'tielu12306', 'gender', '男', '2.4782399727', '0.31041296372353955', '325', 'panel', '', NULL),
('3', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('4', 'annual_peak', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'annual_peak', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'annual_peak', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'dau_avg', 'geshui', 'all', 'all', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('4', 'dau_avg', 'minzhengtong', 'all', 'all', '416250.0000000000', '41656.244523688794', NULL, 'assumed', '', NULL),
('4', 'dau_avg', 'tielu12306', 'all', 'all', '138750.0000000000', '24052.64528716276', NULL, 'assumed', '', NULL),
('4', 'mom', 'geshui', 'all', 'all', '0.0090909091', '0.061940700420186866', NULL, 'assumed', '', NULL),
('4', 'mom', 'minzhengtong', 'all', 'all', '0.0090909091', '0.05055423210241043', NULL, 'assumed', '', NULL),
('4', 'mom', 'tielu12306', 'all', 'all', '0.0090909091', '0.08763224477248181', NULL, 'assumed', '', NULL),
('4', 'mud', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', '', NULL),
('4', 'mud', 'geshui', 'province', '山东', '555000.0000000000', '48098.08650029951', NULL, 'assumed', '', NULL),
('4', 'mud', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', '', NULL),
('4', 'mud', 'minzhengtong', 'province', '山东', '832500.0000000000', '58902.00192913397', NULL, 'assumed', '', NULL),
('4', 'mud', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', '', NULL),
('4', 'mud', 'tielu12306', 'province', '山东', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('4', 'penetration_all', 'geshui', 'all', 'all', '0.0015971223', '6.916440202556669e-05', NULL, 'assumed', '', NULL),
('4', 'penetration_all', 'minzhengtong', 'all', 'all', '0.0023956835', '8.467486322470898e-05', NULL, 'assumed', '', NULL),
('4', 'penetration_all', 'tielu12306', 'all', 'all', '0.0007985612', '4.892617247969796e-05', NULL, 'assumed', '', NULL),
('4', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018766884289693378', NULL, 'assumed', '', NULL),
('4', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015323096857200898', NULL, 'assumed', '', NULL),
('4', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026540382285970946', NULL, 'assumed', '', NULL),
('4', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'universe', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('4', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL);
INSERT INTO judgement (judgement_id, month_start, inputs_hash, is_current, run_id, judged_at, rules, subjects, fired, expected, noise, not_evaluable, suppressed) VALUES
('1', '2023-09-01', '32381523e63197c929b67f793a8098bed0ae3a6fa902634fdbcc6fa4567f3346', '1', 'run-1', '2024-01-12 09:30:14', '22', '300', '0', '1', '0', '1', '0');
INSERT INTO message (message_id, channel, kind, month_start, subject, text, blocks, png, alt_text, content_hash, state, ts, file_state, attempts, last_error, attempted_at, judgement_id, created_at) VALUES
('1', 'C1', 'digest', '2023-09-01', '', '摘要', '[{"type":"divider"}]', NULL, '', '0bf474896363505e5ea5e5d6ace8ebfb13a760a409b1fb467d428fc716f9f284', 'pending', '', '', '0', '', NULL, '1', '2024-01-12 09:30:15'),
('2', 'C1', 'detail', '2023-09-01', 'holiday_peak rail', 'it''s "expected" \\ 🚄', '[]', NULL, '𠮷', '9c0211c51d04574fdaee6d51f53f41952570b0bf68a7219aaae01ce00fa6b8dd', 'pending', '', '', '0', '', NULL, '1', '2024-01-12 09:30:16');
INSERT INTO overlap (publication_id, app_a, app_b, both_devices, se_both_devices, exclusive_a_ratio, se_exclusive_a_ratio, exclusive_b_ratio, se_exclusive_b_ratio, overlap_of_a_ratio, overlap_of_union_ratio, n_devices, basis, flags) VALUES
('1', 'tielu12306', 'geshui', '400000.0000000000', '40835.27886521653', '0.6363636364', '0.029618155944232446', '0.8181818182', '0.016791916054194053', '0.3636363636', '0.1379310345', NULL, 'assumed', ''),
('2', 'tielu12306', 'geshui', '400000.0000000000', '40835.27886521653', '0.6396396396', '0.029426779114607116', '0.8198198198', '0.01665728649769731', '0.3603603604', '0.1365187713', NULL, 'assumed', ''),
('3', 'minzhengtong', 'geshui', '53736.5472759172', '9072.667277074608', '0.9634908217', '0.009247264159444815', '0.9502162002', '0.006236353878774225', '0.0365091783', '0.0215159130', '77', 'panel', ''),
('3', 'tielu12306', 'geshui', '121966.3212274040', '14557.297165537138', '0.8804485491', '0.01570089998836394', '0.8870052649', '0.025937993085429836', '0.1195514509', '0.0616729301', '77', 'panel', ''),
('4', 'tielu12306', 'geshui', '400000.0000000000', '40835.27886521653', '0.6396396396', '0.029426779114607116', '0.8198198198', '0.01665728649769731', '0.3603603604', '0.1365187713', NULL, 'assumed', '');
INSERT INTO panel_daily (publication_id, app_id, day, devices, se_devices, n_devices) VALUES
('3', 'tielu12306', '2023-12-01', '142418.35791026184', '12254.703397601581', '1'),
('3', 'tielu12306', '2023-12-02', '103875.1749082678', '9015.921693928703', '2');
INSERT INTO panel_estimate (publication_id, app_id, dimension, member, replicate, devices, device_days, uses, seconds, n_devices) VALUES
('3', '*', 'all', 'all', '0', '1.5619505482857876e+09', '0', '0', '0', '5000'),
('3', '*', 'all', 'all', '1', '1.5764355068726566e+09', '0', '0', '0', '5000'),
('3', '*', 'gender', '未知', '0', '8.15870374824792e+08', '0', '0', '0', '5000'),
('3', '*', 'gender', '未知', '1', '8.272663431483799e+08', '0', '0', '0', '5000'),
('3', '*', 'gender', '男', '0', '7.592371160327806e+08', '0', '0', '0', '5000'),
('3', '*', 'gender', '男', '1', '7.628507693126866e+08', '0', '0', '0', '5000'),
('3', 'geshui', 'all', 'all', '0', '1.079398267022598e+06', '5.657396610420249e+06', '2.742969926893405e+07', '2.914315525368677e+09', '268'),
('3', 'geshui', 'all', 'all', '1', '1.060733736912191e+06', '5.776494409947028e+06', '2.7383097446578532e+07', '2.932594417552156e+09', '268'),
('3', 'geshui', 'gender', '未知', '0', '585947.7266458404', '7.473709551041957e+06', '2.504520460222805e+07', '6.00671684275956e+09', '301'),
('3', 'geshui', 'gender', '未知', '1', '564888.5261274376', '7.429620988184244e+06', '2.526324736077721e+07', '6.042124374560825e+09', '301'),
('3', 'geshui', 'gender', '男', '0', '838084.4956940947', '5.272430207750861e+06', '4.098604455025616e+07', '3.0018230129231195e+09', '1072'),
('3', 'geshui', 'gender', '男', '1', '830814.080686264', '5.2922110970362695e+06', '4.027802236900275e+07', '2.992307985245588e+09', '1072'),
('3', 'minzhengtong', 'all', 'all', '0', '1.4718640576597576e+06', '1.0409051726668023e+07', '4.3791514741184086e+07', '4.508484799210488e+09', '481'),
('3', 'minzhengtong', 'all', 'all', '1', '1.4838746100341594e+06', '1.0570873186029159e+07', '4.346329881741527e+07', '4.577117804545562e+09', '481'),
('3', 'minzhengtong', 'gender', '未知', '0', '1.483430100541715e+06', '5.965660237006128e+06', '3.412490925680069e+07', '5.313375291407648e+09', '318'),
('3', 'minzhengtong', 'gender', '未知', '1', '1.4435702112125761e+06', '6.064568619636069e+06', '3.4373386208646536e+07', '5.330415305366752e+09', '318'),
('3', 'minzhengtong', 'gender', '男', '0', '1.2181892047347396e+06', '6.428739377615157e+06', '2.0758095674250104e+07', '6.141707786421165e+09', '995'),
('3', 'minzhengtong', 'gender', '男', '1', '1.2279827058231637e+06', '6.365822585530298e+06', '2.050481980024065e+07', '6.206565667928638e+09', '995'),
('3', 'tielu12306', 'all', 'all', '0', '1.0201994231404177e+06', '5.851306959122373e+06', '2.7094179291680817e+07', '3.075112306271852e+09', '669'),
('3', 'tielu12306', 'all', 'all', '1', '1.0222476043481935e+06', '5.849196120361233e+06', '2.716404296196323e+07', '3.0553070011660175e+09', '669'),
('3', 'tielu12306', 'gender', '未知', '0', '1.4092487470381088e+06', '7.659929281139417e+06', '3.1874573077953737e+07', '7.063225184473202e+09', '680'),
('3', 'tielu12306', 'gender', '未知', '1', '1.4017660540984136e+06', '7.560959887276512e+06', '3.243385657824511e+07', '7.1422355139838085e+09', '680'),
('3', 'tielu12306', 'gender', '男', '0', '1.055739847863124e+06', '8.747453743559854e+06', '2.1678289526855234e+07', '5.709814565765002e+09', '325'),
('3', 'tielu12306', 'gender', '男', '1', '1.0372239283918535e+06', '8.777277835242456e+06', '2.225736970003148e+07', '5.636582464179415e+09', '325');
INSERT INTO panel_overlap (publication_id, app_a, app_b, replicate, devices, n_devices) VALUES
('3', 'minzhengtong', 'geshui', '0', '53736.54727591716', '77'),
('3', 'minzhengtong', 'geshui', '1', '52841.875591140066', '77'),
('3', 'tielu12306', 'geshui', '0', '121966.32122740404', '77'),
('3', 'tielu12306', 'geshui', '1', '121113.71433075349', '77');
INSERT INTO primary_series (app_id, source) VALUES
('*', 'vendor'),
('geshui', 'vendor'),
('minzhengtong', 'panel'),
('tielu12306', 'vendor');
INSERT INTO publication (publication_id, source, month_start, revision, extract_id, facts_id, basis, inputs_hash, code_version, run_id, published_at, superseded_at) VALUES
('1', 'vendor', '2023-11-01', '1', '1', '1', 'assumed', 'f67528110351e3e4e124a8fa5185f39cca919a3234398ca933d62c8a7ae2553d', 'test', 'run-1', '2024-01-12 09:30:03', NULL),
('2', 'vendor', '2023-12-01', '1', '2', '2', 'assumed', '5e199b932c575463affa3b75df44e23e803b81aecef8acbafb0b90ca8c807c44', 'test', 'run-1', '2024-01-12 09:30:06', '2024-01-12 09:30:13'),
('3', 'panel', '2023-12-01', '1', '3', '3', 'panel', 'd1c7ac9f7dd00d8ce5f962085b42a732c866b7f6ef4994abbee6447f37d109d9', 'test', 'run-1', '2024-01-12 09:30:09', NULL),
('4', 'vendor', '2023-12-01', '2', '4', '4', 'assumed', '42b513a8501b19c99cd8bab159acb33f5e866f347efdf43b9526f86a486c4015', 'test', 'run-1', '2024-01-12 09:30:12', NULL);
INSERT INTO ranking (publication_id, list_name, app_id, place, is_in_list, devices, se_devices, previous_place, place_change, state) VALUES
('1', '地方政务', 'geshui', '2', '0', '2200000.0000000000', '95705.17227402079', NULL, NULL, ''),
('1', '地方政务', 'minzhengtong', '1', '1', '3300000.0000000000', '117167.95637033191', NULL, NULL, ''),
('2', '地方政务', 'geshui', '2', '0', '2220000.0000000000', '96138.5188150994', '2', '0', ''),
('2', '地方政务', 'minzhengtong', '1', '1', '3330000.0000000000', '117698.05988222039', '1', '0', ''),
('3', '地方政务', 'geshui', '2', '0', '1079398.2670225981', '148733.06048883882', NULL, NULL, ''),
('3', '地方政务', 'minzhengtong', '1', '1', '1471864.0576597576', '176246.5205299678', NULL, NULL, ''),
('4', '地方政务', 'geshui', '2', '0', '2220000.0000000000', '96138.5188150994', '2', '0', ''),
('4', '地方政务', 'minzhengtong', '1', '1', '3330000.0000000000', '117698.05988222039', '1', '0', '');
INSERT INTO vendor_value (publication_id, file_position, line, measure, app_id, other_app_id, list_name, network, dimension, member, value) VALUES
('1', '0', '2', 'dau_avg', 'tielu12306', '', '', '', 'all', 'all', '137500.0000000000'),
('1', '0', '2', 'devices', 'tielu12306', '', '', '', 'all', 'all', '1100000.0000000000'),
('1', '0', '20', 'devices', 'tielu12306', '', '', '', 'province', '山东', '275000.0000000000'),
('1', '0', '20', 'tgi', 'tielu12306', '', '', '', 'province', '山东', '121.5000000000'),
('1', '0', '21', 'devices', 'geshui', '', '', '', 'province', '山东', '550000.0000000000'),
('1', '0', '21', 'tgi', 'geshui', '', '', '', 'province', '山东', '121.5000000000'),
('1', '0', '22', 'devices', 'minzhengtong', '', '', '', 'province', '山东', '825000.0000000000'),
('1', '0', '22', 'tgi', 'minzhengtong', '', '', '', 'province', '山东', '121.5000000000'),
('1', '0', '3', 'dau_avg', 'geshui', '', '', '', 'all', 'all', '275000.0000000000'),
('1', '0', '3', 'devices', 'geshui', '', '', '', 'all', 'all', '2200000.0000000000'),
('1', '0', '30', 'overlap_devices', 'tielu12306', 'geshui', '', '', 'all', 'all', '400000.0000000000'),
('1', '0', '4', 'dau_avg', 'minzhengtong', '', '', '', 'all', 'all', '412500.0000000000'),
('1', '0', '4', 'devices', 'minzhengtong', '', '', '', 'all', 'all', '3300000.0000000000'),
('2', '0', '2', 'dau_avg', 'tielu12306', '', '', '', 'all', 'all', '138750.0000000000'),
('2', '0', '2', 'devices', 'tielu12306', '', '', '', 'all', 'all', '1110000.0000000000'),
('2', '0', '20', 'devices', 'tielu12306', '', '', '', 'province', '山东', '277500.0000000000'),
('2', '0', '20', 'tgi', 'tielu12306', '', '', '', 'province', '山东', '121.5000000000'),
('2', '0', '21', 'devices', 'geshui', '', '', '', 'province', '山东', '555000.0000000000'),
('2', '0', '21', 'tgi', 'geshui', '', '', '', 'province', '山东', '121.5000000000'),
('2', '0', '22', 'devices', 'minzhengtong', '', '', '', 'province', '山东', '832500.0000000000'),
('2', '0', '22', 'tgi', 'minzhengtong', '', '', '', 'province', '山东', '121.5000000000'),
('2', '0', '3', 'dau_avg', 'geshui', '', '', '', 'all', 'all', '277500.0000000000'),
('2', '0', '3', 'devices', 'geshui', '', '', '', 'all', 'all', '2220000.0000000000'),
('2', '0', '30', 'overlap_devices', 'tielu12306', 'geshui', '', '', 'all', 'all', '400000.0000000000'),
('2', '0', '4', 'dau_avg', 'minzhengtong', '', '', '', 'all', 'all', '416250.0000000000'),
('2', '0', '4', 'devices', 'minzhengtong', '', '', '', 'all', 'all', '3330000.0000000000'),
('4', '0', '2', 'dau_avg', 'tielu12306', '', '', '', 'all', 'all', '138750.0000000000'),
('4', '0', '2', 'devices', 'tielu12306', '', '', '', 'all', 'all', '1110000.0000000000'),
('4', '0', '20', 'devices', 'tielu12306', '', '', '', 'province', '山东', '277500.0000000000'),
('4', '0', '20', 'tgi', 'tielu12306', '', '', '', 'province', '山东', '121.5000000000'),
('4', '0', '21', 'devices', 'geshui', '', '', '', 'province', '山东', '555000.0000000000'),
('4', '0', '21', 'tgi', 'geshui', '', '', '', 'province', '山东', '121.5000000000'),
('4', '0', '22', 'devices', 'minzhengtong', '', '', '', 'province', '山东', '832500.0000000000'),
('4', '0', '22', 'tgi', 'minzhengtong', '', '', '', 'province', '山东', '121.5000000000'),
('4', '0', '3', 'dau_avg', 'geshui', '', '', '', 'all', 'all', '277500.0000000000'),
('4', '0', '3', 'devices', 'geshui', '', '', '', 'all', 'all', '2220000.0000000000'),
('4', '0', '30', 'overlap_devices', 'tielu12306', 'geshui', '', '', 'all', 'all', '400000.0000000000'),
('4', '0', '4', 'dau_avg', 'minzhengtong', '', '', '', 'all', 'all', '416250.0000000000'),
('4', '0', '4', 'devices', 'minzhengtong', '', '', '', 'all', 'all', '3330000.0000000000');
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_indicator_all_sources AS
SELECT p.source, p.month_start, i.indicator, d.name_zh AS indicator_zh, d.unit,
       i.app_id, COALESCE(a.name_zh, '全网') AS app_name, i.dimension, i.member,
       i.value, i.se, i.value - 1.96 * i.se AS ci_low, i.value + 1.96 * i.se AS ci_high,
       i.n_devices, i.basis, i.flags, i.at_month,
       p.revision, p.publication_id, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN indicator i ON i.publication_id = p.publication_id
  JOIN dim_indicator d ON d.indicator = i.indicator
  LEFT JOIN dim_app a ON a.app_id = i.app_id;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_indicator AS
SELECT v.source, v.month_start, v.indicator, v.indicator_zh, v.unit,
       v.app_id, v.app_name, v.dimension, v.member,
       v.value, v.se, v.ci_low, v.ci_high,
       v.n_devices, v.basis, v.flags, v.at_month,
       v.revision, v.publication_id, v.synthetic
  FROM v_indicator_all_sources v
  JOIN primary_series s ON s.app_id = v.app_id AND s.source = v.source;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_indicator_history AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_app_month AS
SELECT v.source, v.month_start, v.app_id, v.app_name,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.value END) AS mud_devices,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.se END) AS mud_se_devices,
       MAX(CASE WHEN v.indicator = 'dau_avg' THEN v.value END) AS dau_avg_devices,
       MAX(CASE WHEN v.indicator = 'mom' THEN v.value END) AS mom_ratio,
       MAX(CASE WHEN v.indicator = 'mom' THEN v.se END) AS mom_se_ratio,
       MAX(CASE WHEN v.indicator = 'yoy' THEN v.value END) AS yoy_ratio,
       MAX(CASE WHEN v.indicator = 'yoy' THEN v.se END) AS yoy_se_ratio,
       MAX(CASE WHEN v.indicator = 'cagr6' THEN v.value END) AS cagr6_ratio,
       MAX(CASE WHEN v.indicator = 'cagr6' THEN v.se END) AS cagr6_se_ratio,
       MAX(CASE WHEN v.indicator = 'penetration_all' THEN v.value END) AS penetration_all_ratio,
       MAX(CASE WHEN v.indicator = 'penetration_industry' THEN v.value END) AS penetration_industry_ratio,
       MAX(CASE WHEN v.indicator = 'uses_per_device_day' THEN v.value END) AS uses_per_device_day,
       MAX(CASE WHEN v.indicator = 'minutes_per_device_day' THEN v.value END) AS minutes_per_device_day,
       MAX(CASE WHEN v.indicator = 'record_high' THEN v.value END) AS is_record_high,
       MAX(CASE WHEN v.indicator = 'annual_peak' THEN v.value END) AS annual_peak_devices,
       MAX(CASE WHEN v.indicator = 'annual_peak' THEN v.at_month END) AS annual_peak_month,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.basis END) AS mud_basis,
       v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.dimension = 'all' AND v.app_id <> '*'
 GROUP BY v.source, v.month_start, v.app_id, v.app_name, v.revision, v.synthetic;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_app_segment AS
SELECT v.source, v.month_start, v.app_id, v.app_name, v.dimension, v.member,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.value END) AS mud_devices,
       MAX(CASE WHEN v.indicator = 'mud' THEN v.se END) AS mud_se_devices,
       MAX(CASE WHEN v.indicator = 'share' THEN v.value END) AS share_ratio,
       MAX(CASE WHEN v.indicator = 'share' THEN v.se END) AS share_se_ratio,
       MAX(CASE WHEN v.indicator = 'tgi' THEN v.value END) AS tgi,
       MAX(CASE WHEN v.indicator = 'tgi' THEN v.se END) AS tgi_se,
       MAX(CASE WHEN v.indicator = 'uses_per_device_day' THEN v.value END) AS uses_per_device_day,
       MAX(CASE WHEN v.indicator = 'minutes_per_device_day' THEN v.value END) AS minutes_per_device_day,
       MAX(CASE WHEN v.indicator = 'top_share' THEN v.value END) AS top_share_ratio,
       MAX(v.n_devices) AS n_devices, v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.dimension <> 'all' AND v.app_id <> '*'
 GROUP BY v.source, v.month_start, v.app_id, v.app_name, v.dimension, v.member, v.revision, v.synthetic;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_rank AS
SELECT p.source, p.month_start, r.list_name, r.place, r.app_id, a.name_zh AS app_name, a.region,
       r.devices AS mud_devices, r.se_devices AS mud_se_devices,
       r.previous_place, r.place_change, r.state, r.is_in_list,
       p.revision, p.publication_id, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN ranking r ON r.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = r.app_id
  JOIN primary_series s ON s.app_id = r.app_id AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_top_list AS
SELECT r.month_start, r.list_name, r.place, r.app_name, r.region,
       ROUND(r.mud_devices / 10000, 1) AS mud_wan,
       ROUND(d.value / 10000, 1) AS dau_avg_wan,
       ROUND(g.value * 100, 1) AS cagr6_percent,
       r.mud_devices, r.mud_se_devices, d.value AS dau_avg_devices,
       g.value AS cagr6_ratio, g.se AS cagr6_se_ratio,
       r.previous_place, r.place_change, r.state, r.app_id, r.source, r.revision, r.synthetic
  FROM v_rank r
  LEFT JOIN indicator d ON d.publication_id = r.publication_id AND d.indicator = 'dau_avg'
   AND d.app_id = r.app_id AND d.dimension = 'all' AND d.member = 'all'
  LEFT JOIN indicator g ON g.publication_id = r.publication_id AND g.indicator = 'cagr6'
   AND g.app_id = r.app_id AND g.dimension = 'all' AND g.member = 'all'
 WHERE r.is_in_list = 1;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_overlap AS
SELECT p.source, p.month_start, o.app_a, a.name_zh AS app_a_name, o.app_b, b.name_zh AS app_b_name,
       o.both_devices, o.se_both_devices, o.exclusive_a_ratio, o.se_exclusive_a_ratio,
       o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.overlap_of_a_ratio, o.overlap_of_union_ratio,
       o.n_devices, o.basis, o.flags, p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN overlap o ON o.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = o.app_a
  JOIN dim_app b ON b.app_id = o.app_b
  JOIN primary_series s ON s.app_id = o.app_a AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_hourly AS
SELECT p.source, p.month_start, h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  JOIN primary_series s ON s.app_id = h.app_id AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW v_finding AS
SELECT j.month_start, f.seq, f.verdict, f.severity, f.rule, f.also, f.app_id,
       COALESCE(a.name_zh, f.list_name) AS subject_name, f.list_name, f.dimension, f.member,
       f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit,
       f.reason, f.text_zh, f.text_en, j.judgement_id
  FROM judgement j
  JOIN finding f ON f.judgement_id = j.judgement_id
  LEFT JOIN dim_app a ON a.app_id = f.app_id
 WHERE j.is_current = 1;
