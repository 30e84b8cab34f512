INSERT INTO current_publication (source, month_start, publication_id) VALUES
('panel', '2023-12-01', '3'),
('vendor', '2023-11-01', '1'),
('vendor', '2023-12-01', '4');
INSERT INTO dim_app (app_id, name_zh, name_en, category, region, profile, catalogue_version) VALUES
('geshui', '个人所得税', 'Individual income tax', '政务', '', 'tax', 'test'),
('minzhengtong', '天府市民云', 'Tianfu', '政务', '四川-成都', 'gov', 'test'),
('tielu12306', '铁路12306', 'China Railway 12306', '交通出行', '', 'rail', 'test');
INSERT INTO dim_app_name (name, valid_from, valid_to, app_id, catalogue_version) VALUES
('12306', '1900-01-01', NULL, 'tielu12306', 'test'),
('个人所得税', '1900-01-01', NULL, 'geshui', 'test'),
('天府市民云', '1900-01-01', NULL, 'minzhengtong', 'test'),
('铁路12306', '1900-01-01', NULL, 'tielu12306', 'test');
INSERT INTO dim_indicator (indicator, name_zh, name_en, unit, formula, position, inputs, grain, edge_cases_zh, edge_cases_en, error_zh, error_en, source_zh, source_en, found_in) VALUES
('active_days_per_device', '月人均使用天数', 'Days of use per device and month', 'days', 'days of t x stickiness', '5', 'dau_avg, mud', 'month x app', '月独立设备数为 0 时为 NULL', 'mud of 0: NULL', '80 组刀切法', 'jackknife; unknown without microdata', '由报告 TOP20 榜两列得出', 'from two columns of the report''s TOP20 table', 'v_indicator.value'),
('annual_mean', '年均值', 'Mean of the year', 'devices', 'mean of D over the 12 months of the year', '14', 'mud', 'year x app, in December', '须有 12 个月，否则为 NULL，标 short_history 与 months_n', 'needs 12 months, else NULL with short_history and months_n', '80 组刀切法', 'jackknife over the mean', '报告个人所得税2023年均值', 'report, mean of 个人所得税 in 2023', 'v_indicator.value'),
('annual_mean_change', '全年均值对比前三年均值', 'Mean of the year against the three years before', 'ratio', 'mean(Y) / mean(Y-3..Y-1) - 1', '15', 'mud', 'year x app, in December', '须有 48 个月，否则为 NULL，标 short_history 与 months_n', 'needs 48 months, else NULL with short_history and months_n', '80 组刀切法', 'jackknife over all 48 months', '报告个人所得税 +45.0%', 'report, 个人所得税 +45.0 %', 'v_indicator.value'),
('annual_peak', '年峰值及月份', 'Peak of the year and its month', 'devices', 'max of D over the year so far; at_month is its month', '16', 'mud', 'month x app', '年内为 provisional；并列取最早；次高在误差内标 argmax_open；argmax_N_of_80 为峰值月不变的复制组数', 'provisional until December; ties: the earliest; argmax_open where the second is within 1.96 errors; argmax_N_of_80: in N replicates the peak is the same month', '峰值的抽样误差', 'error of the peak month''s level', '报告个人所得税历年峰值', 'report, yearly peaks of 个人所得税', 'v_app_month.annual_peak_devices, v_app_month.annual_peak_month'),
('cagr6', '近6个月复合增长率', 'Six-month compound growth per month', 'ratio_per_month', '(D_t / D_t-6)^(1/6) - 1', '13', 'mud', 'month x app', '不足 7 个月为 NULL；步数由设置给出', 'fewer than 7 months: NULL; the number of steps is a setting', '80 组刀切法（两月同组）', 'jackknife over both months', '报告 TOP20 榜', 'report, TOP20 table', 'v_app_month.cagr6_ratio'),
('dau_avg', '日均独立设备数', 'Average daily unique devices', 'devices', 'sum of w x active days / calendar days of t', '3', 'usage', 'month x app', '按全部自然日平均，不大于月独立设备数', 'mean over all calendar days; never above mud', '80 组刀切法', 'jackknife; assumed: the error of a single day, an upper bound', '报告 TOP20 榜', 'report, TOP20 table', 'v_app_month.dau_avg_devices'),
('local_peak', '小高峰', 'Local peak', 'bool', 'D_at_month, or the share of an hour, above those beside it with at least the relative prominence of the setting', '33', 'mud, hourly_share', 'month x app, hour x app x network', '月度说的是上月（at_month），因为需要下一个月；24 小时分布为 dimension hour，member 如 G/10；平台取第一个月；端点不计', 'of months it speaks of the one before (at_month), for it needs the month after; of the 24 hours: dimension hour, member such as G/10; a plateau counts by its first month; ends do not count', '突出度的抽样误差，误差内标 within_error', 'error of the prominence, within_error where 1.96 errors cover it', '报告铁路12306 四月与九月小高峰', 'report, 铁路12306 in April and September', 'v_indicator.value'),
('minutes_per_device_day', '单机单日有效时间', 'Minutes per device and day of use', 'minutes', 'sum of w x seconds / 60 / sum of w x active days', '7', 'usage', 'month x app (x member)', '只计使用日；秒数为负或超过全月的行被退回', 'per day of use; rows with negative seconds, or more than the month has, are rejected', '80 组刀切法', 'jackknife; unknown without microdata', '报告云闪付 TOP15 省份表', 'report, TOP15 provinces of 云闪付', 'v_app_month.minutes_per_device_day, v_app_segment.minutes_per_device_day'),
('minutes_per_use', '单次使用时长', 'Minutes per use', 'minutes', 'minutes_per_device_day / uses_per_device_day', '8', 'minutes_per_device_day, uses_per_device_day', 'month x app (x member)', '使用次数为 0 时为 NULL', 'no uses: NULL', '80 组刀切法', 'jackknife; unknown without microdata', '由报告云闪付 TOP15 省份表两列得出', 'from two columns of the report''s TOP15 table', 'v_indicator.value'),
('mom', '环比', 'Month on month', 'ratio', 'D_t / D_t-1 - 1', '10', 'mud', 'month x app', '上月缺失或为 0 时为 NULL；样本不足标 low_base；不按天数折算，涉及二月标 february', 'base missing or 0: NULL; thin base: low_base; not scaled by days, flag february', '80 组刀切法（两月同组）', 'jackknife over both months', '同比/环比定义通行', 'customary', 'v_app_month.mom_ratio'),
('mud', '月独立设备数', 'Monthly unique devices', 'devices', 'D = sum of w over devices that used the app at least once in t', '2', 'usage, devices', 'month x app (x member)', '同一设备只计一次；“未知”保留为一个选项；不可跨应用或跨月相加', 'a device counts once; 未知 is a member of its own; never added over apps or months', '80 组刀切法', 'jackknife over 80 groups; assumed: simple random sampling times the design effect', '报告“月独立设备数（万台）”各图表', 'report, every trend and table', 'v_app_month.mud_devices, v_app_segment.mud_devices, v_rank.mud_devices, ranking.devices'),
('penetration_all', '全网渗透率', 'All-network penetration', 'ratio', 'D / U', '19', 'mud, universe_devices', 'month x app', '全网缺失为 NULL', 'universe missing: NULL', '80 组刀切法，全网为常数', 'jackknife, the universe is a constant', '报告个人所得税渗透率13.0%', 'report, 个人所得税 13.0 %', 'v_app_month.penetration_all_ratio'),
('ratio_to_base', '为某月的倍数', 'Multiple of a base month', 'ratio', 'D_t / D_base', '12', 'mud', 'month x app', '基期由设置给出；基期缺失或在后为 NULL', 'the base month is a setting; missing or later than t: NULL', '80 组刀切法（两月同组）', 'jackknife over both months', '报告交管12123 为2020年1月的1.9倍', 'report, 交管12123 1.9 times 2020-01', 'v_indicator.value'),
('record_high', '历史新高', 'Record high', 'bool', 'D_t > max D_s, s < t', '17', 'mud', 'month x app', '须有设定的历史月数；at_month 为此前最高月；误差内标 within_error', 'needs the history of the setting; at_month is the record before; within_error where 1.96 errors cover it', '与原纪录之差的抽样误差', 'error of the distance from the old record', '报告铁路12306 2023年9月历史最高', 'report, 铁路12306 in 2023-09', 'v_app_month.is_record_high'),
('seasonal_index', '季节指数', 'Seasonal index', 'index', 'mean over earlier years of 100 x D_s / centred 12-month mean, s the same month of the year', '35', 'mud', 'month x app', '100 为平均月；须有 24 个月；设置 unusual 所列月份权重较低（疫情 2020-02 至 2022-12 为四分之一）', '100 = an average month; needs 24 months; the months of the setting unusual weigh less (2020-02 to 2022-12 a quarter)', '无', 'none', '报告网上国网六月为上半年最高', 'report, 网上国网 in June', 'v_indicator.value'),
('share', '占比', 'Share of the app''s devices', 'ratio', 'D_member / D', '21', 'mud by member', 'month x app x member', '含“未知”合计为 1；多选标签可超过 1', 'members and 未知 sum to 1; tags with several answers may exceed it', '80 组刀切法', 'jackknife; assumed: members nested in the app', '报告人群画像', 'report, profiles', 'v_app_segment.share_ratio'),
('share_change_pp', '占比变化', 'Change of a share', 'pp', '100 x (share_t - share_t-12)', '22', 'share', 'month x app x member', '单位为百分点，不可写作 %；城市等级名单不同为 NULL', 'percentage points, never %; another list of city tiers: NULL', '80 组刀切法（两月同组）', 'jackknife over both months', '报告交管12123 城市等级变化', 'report, city tiers of 交管12123', 'v_indicator.value'),
('stickiness', '日均/月总（粘性）', 'Daily over monthly devices', 'ratio', 'dau_avg / mud', '4', 'dau_avg, mud', 'month x app', '月独立设备数为 0 时为 NULL', 'mud of 0: NULL', '80 组刀切法', 'jackknife; unknown without microdata', '由报告 TOP20 榜两列得出', 'from two columns of the report''s TOP20 table', 'v_indicator.value'),
('tgi', 'TGI', 'Target group index', 'index', '100 x (D_member / D) / (B_member / B), base B named in tgi_base', '24', 'mud and universe by member', 'month x app x member', '100 为平均；基准占比为 0 时为 NULL', '100 = average; base share of 0: no value', '80 组刀切法', 'jackknife over all four', '报告省份表', 'report, province tables', 'v_app_segment.tgi'),
('tgi_change', 'TGI变化', 'Change of TGI', 'index_points', 'tgi_t - tgi_t-1', '25', 'tgi', 'month x app x member', '基准变更为 NULL，标 tgi_base_differs', 'another base: NULL with tgi_base_differs', '80 组刀切法（两月同组）', 'jackknife over both months', '由报告省份表的 TGI 逐月得出', 'from the report''s TGI, month by month', 'v_indicator.value'),
('top_share', 'TOPN集中度', 'Share of the N largest members', 'ratio', 'sum of the N largest D_member / D', '23', 'mud by member', 'month x app x dimension', '选项不足 N 个为 NULL；“未知”不计', 'fewer than N members: NULL; 未知 does not count', '80 组刀切法', 'jackknife', '报告网上国网 TOP5 省份36.8%', 'report, five provinces 36.8 %', 'v_app_segment.top_share_ratio'),
('total_hours', '月度总有效时长', 'Hours of use in the month', 'hours', 'sum of w x seconds / 3600', '9', 'usage', 'month x app', '未交付时长时没有数值', 'no value where no time was delivered', '80 组刀切法', 'jackknife; unknown without microdata', '行业通行的月度总有效时长', 'the customary total of foreground time', 'v_indicator.value'),
('universe_devices', '全网月独立设备数', 'All-network monthly unique devices', 'devices', 'U_t = the control total of the delivery, or sum of w over the devices in scope', '1', 'universe, manifest', 'month', '缺失时当月全部渗透率为 NULL', 'missing: every penetration of the month is NULL', '控制总数，无抽样误差', 'a control total: no sampling error', '报告首页“全网月独立设备数约13.9亿”', 'report, headline', 'v_indicator.value'),
('uses_per_device_day', '单机单日使用次数', 'Uses per device and day of use', 'uses', 'sum of w x uses / sum of w x active days', '6', 'usage', 'month x app (x member)', '只计使用日；无使用日时没有数值', 'per day of use; without days of use there is no value', '80 组刀切法', 'jackknife; unknown without microdata', '报告云闪付 TOP15 省份表', 'report, TOP15 provinces of 云闪付', 'v_app_month.uses_per_device_day, v_app_segment.uses_per_device_day'),
('yoy', '同比', 'Year on year', 'ratio', 'D_t / D_t-12 - 1; of two months (D_t + D_t-1) / (D_t-12 + D_t-13) - 1', '11', 'mud', 'month x app', '不足 13 个月为 NULL；春节移动，二月另给一、二月合并的同比（dimension period，member 01-02）', 'fewer than 13 months: NULL; Spring Festival moves: February also has that of January and February together (dimension period, member 01-02)', '80 组刀切法（两月同组）', 'jackknife over both months', '报告交管12123 +14.4%', 'report, 交管12123 +14.4 %', 'v_app_month.yoy_ratio');
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
INSERT INTO etl_extract (extract_id, source, month_start, revision, identity, vendor, product, kind, delivered_at, universe_devices, panel_size, deff, tier_list_year, tgi_base, definitions_version, synthetic, status, refusal, folder, run_id, loaded_at, content, manifest_sha256) VALUES
('1', 'vendor', '2023-11-01', '1', 'f67528110351e3e4e124a8fa5185f39cca919a3234398ca933d62c8a7ae2553d', 'vendor', 'product', 'aggregate', '2023-12-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-11', 'run-1', '2024-01-12 09:30:04', '', NULL),
('2', 'vendor', '2023-12-01', '1', '5e199b932c575463affa3b75df44e23e803b81aecef8acbafb0b90ca8c807c44', 'vendor', 'product', 'aggregate', '2024-01-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:07', '', NULL),
('3', 'panel', '2023-12-01', '1', 'd1c7ac9f7dd00d8ce5f962085b42a732c866b7f6ef4994abbee6447f37d109d9', 'vendor', 'product', 'microdata', '2024-01-10', '1.39e+09', NULL, NULL, '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:10', '', NULL),
('4', 'vendor', '2023-12-01', '2', '42b513a8501b19c99cd8bab159acb33f5e866f347efdf43b9526f86a486c4015', 'vendor', 'product', 'aggregate', '2024-01-10', '1.39e+09', '500000', '1.5', '2023', 'all_network', '2023', 'figures of tests', 'loaded', '', 'deliveries/2023-12', 'run-1', '2024-01-12 09:30:13', '', NULL);
INSERT INTO etl_file (extract_id, position, name, table_name, origin, source_note, sha256, bytes, rows_read, rows_loaded, rows_rejected, rows_ignored, archived_sha256) VALUES
('1', '0', 'figures.csv', 'app_month', '', '', 'a2a037ba4bdb3849ec085a4bf195654942b68601e9c4c9cedf37de1d57ec8881', '345', '20', '17', '2', '1', NULL),
('2', '0', 'figures.csv', 'app_month', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1', NULL),
('3', '0', 'figures.csv', 'usage', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1', NULL),
('4', '0', 'figures.csv', 'app_month', '', '', 'fa513f049094498855a6939162225342f84800313ae79dde9bc9e4531ff55ff3', '345', '20', '17', '2', '1', NULL);
INSERT INTO etl_reject (extract_id, seq, file_position, line, column_name, raw_value, rule, hint, cell, message) VALUES
('1', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number', '', 'figures.csv: line 7: column uses: "1''19\\"\\\\": not_a_number: want a whole number'),
('1', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app', '', 'figures.csv: line 9: "𠮷野家,🚄": unknown_app: add the app'),
('2', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number', '', 'figures.csv: line 7: column uses: "1''19\\"\\\\": not_a_number: want a whole number'),
('2', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app', '', 'figures.csv: line 9: "𠮷野家,🚄": unknown_app: add the app'),
('3', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number', '', 'figures.csv: line 7: column uses: "1''19\\"\\\\": not_a_number: want a whole number'),
('3', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app', '', 'figures.csv: line 9: "𠮷野家,🚄": unknown_app: add the app'),
('4', '1', '0', '7', 'uses', '1''19"\\', 'not_a_number', 'want a whole number', '', 'figures.csv: line 7: column uses: "1''19\\"\\\\": not_a_number: want a whole number'),
('4', '2', '0', '9', '', '𠮷野家,🚄', 'unknown_app', 'add the app', '', 'figures.csv: line 9: "𠮷野家,🚄": unknown_app: add the app');
INSERT INTO finding (judgement_id, seq, rule, also, app_id, other_app_id, list_name, dimension, member, verdict, severity, reason, unit, value, se, expected, expected_low, expected_high, z, text_zh, text_en, indicator, trace_id, source) VALUES
('1', '1', 'holiday_peak', 'record_high,yoy_above', 'tielu12306', '', '', 'all', 'all', 'expected', 'info', '', 'devices', '1.1e+08', '1e+06', '1.05e+08', '1e+08', '1.2e+08', '1.25', '国庆预售：铁路12306 🚄 “1.1亿台”', 'it''s the holiday', '', '', ''),
('1', '2', 'rank_change', '', '', '', '地方政务', 'all', 'all', 'not_evaluable', 'info', 'base month missing', 'rank', NULL, NULL, NULL, NULL, NULL, NULL, '', '', '', '', '');
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
('1', 'active_days_per_device', 'geshui', 'all', 'all', '3.7500000000', NULL, NULL, 'assumed', '', NULL),
('1', 'active_days_per_device', 'minzhengtong', 'all', 'all', '3.7500000000', NULL, NULL, 'assumed', '', NULL),
('1', 'active_days_per_device', 'tielu12306', 'all', 'all', '3.7500000000', NULL, NULL, 'assumed', '', NULL),
('1', 'annual_peak', 'geshui', 'all', 'all', '2200000.0000000000', '95705.17227402079', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'annual_peak', 'minzhengtong', 'all', 'all', '3300000.0000000000', '117167.95637033191', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'annual_peak', 'tielu12306', 'all', 'all', '1100000.0000000000', '67700.59083937155', NULL, 'assumed', 'provisional', '2023-11-01'),
('1', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'dau_avg', 'geshui', 'all', 'all', '275000.0000000000', '33860.34738451453', NULL, 'assumed', '', NULL),
('1', 'dau_avg', 'minzhengtong', 'all', 'all', '412500.0000000000', '41468.23520780695', NULL, 'assumed', '', NULL),
('1', 'dau_avg', 'tielu12306', 'all', 'all', '137500.0000000000', '23944.065679203268', NULL, 'assumed', '', NULL),
('1', 'local_peak', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'local_peak', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'local_peak', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/1', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/10', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/11', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/12', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/13', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/14', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/15', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/16', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/17', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/18', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/19', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/2', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/20', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/21', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/22', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/3', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/4', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/5', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/6', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/7', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/8', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('1', 'local_peak', 'tielu12306', 'hour', 'ALL/9', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
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
('1', 'ratio_to_base', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'ratio_to_base', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'ratio_to_base', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'seasonal_index', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'seasonal_index', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'seasonal_index', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('1', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018851995312789516', NULL, 'assumed', '', NULL),
('1', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015392589716558163', NULL, 'assumed', '', NULL),
('1', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026660747449140956', NULL, 'assumed', '', NULL),
('1', 'share_change_pp', 'geshui', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'share_change_pp', 'minzhengtong', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'share_change_pp', 'tielu12306', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'stickiness', 'geshui', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('1', 'stickiness', 'minzhengtong', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('1', 'stickiness', 'tielu12306', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('1', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('1', 'tgi_change', 'geshui', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'tgi_change', 'minzhengtong', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'tgi_change', 'tielu12306', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('1', 'universe_devices', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('1', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('1', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'active_days_per_device', 'geshui', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('2', 'active_days_per_device', 'minzhengtong', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('2', 'active_days_per_device', 'tielu12306', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('2', 'annual_mean', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_mean', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_mean', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_mean_change', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_mean_change', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_mean_change', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('2', 'annual_peak', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'annual_peak', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'annual_peak', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('2', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'dau_avg', 'geshui', 'all', 'all', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('2', 'dau_avg', 'minzhengtong', 'all', 'all', '416250.0000000000', '41656.244523688794', NULL, 'assumed', '', NULL),
('2', 'dau_avg', 'tielu12306', 'all', 'all', '138750.0000000000', '24052.64528716276', NULL, 'assumed', '', NULL),
('2', 'local_peak', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'local_peak', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'local_peak', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/1', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/10', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/11', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/12', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/13', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/14', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/15', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/16', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/17', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/18', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/19', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/2', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/20', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/21', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/22', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/3', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/4', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/5', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/6', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/7', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/8', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'local_peak', 'tielu12306', 'hour', 'ALL/9', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
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
('2', 'ratio_to_base', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'ratio_to_base', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'ratio_to_base', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'seasonal_index', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'seasonal_index', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'seasonal_index', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('2', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018766884289693378', NULL, 'assumed', '', NULL),
('2', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015323096857200898', NULL, 'assumed', '', NULL),
('2', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026540382285970946', NULL, 'assumed', '', NULL),
('2', 'share_change_pp', 'geshui', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'share_change_pp', 'minzhengtong', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'share_change_pp', 'tielu12306', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'stickiness', 'geshui', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('2', 'stickiness', 'minzhengtong', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('2', 'stickiness', 'tielu12306', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('2', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('2', 'tgi_change', 'geshui', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'tgi_change', 'minzhengtong', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'tgi_change', 'tielu12306', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('2', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('2', 'universe_devices', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('2', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('2', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('3', 'active_days_per_device', 'geshui', 'all', 'all', '5.2412504108', '1.136853616293492', '268', 'panel', '', NULL),
('3', 'active_days_per_device', 'minzhengtong', 'all', 'all', '7.0720197783', '1.086736869485744', '481', 'panel', '', NULL),
('3', 'active_days_per_device', 'tielu12306', 'all', 'all', '5.7354540950', '0.9269076018479733', '669', 'panel', '', NULL),
('3', 'annual_mean', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_mean', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_mean', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_mean_change', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_mean_change', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_mean_change', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'months_1,short_history', NULL),
('3', 'annual_peak', 'geshui', 'all', 'all', '1079398.2670225981', '148733.06048883882', '268', 'panel', '', '2023-12-01'),
('3', 'annual_peak', 'minzhengtong', 'all', 'all', '1471864.0576597576', '176246.5205299678', '481', 'panel', '', '2023-12-01'),
('3', 'annual_peak', 'tielu12306', 'all', 'all', '1020199.4231404177', '134670.9253603329', '669', 'panel', '', '2023-12-01'),
('3', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'dau_avg', 'geshui', 'all', 'all', '182496.6648522661', '21590.953301006582', '268', 'panel', '', NULL),
('3', 'dau_avg', 'minzhengtong', 'all', 'all', '335775.8621505814', '35409.50578241016', '481', 'panel', '', NULL),
('3', 'dau_avg', 'tielu12306', 'all', 'all', '188751.8373910443', '18759.111574793184', '669', 'panel', '', NULL),
('3', 'local_peak', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'local_peak', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'local_peak', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'minutes_per_device_day', 'geshui', 'all', 'all', '8.5855613045', '1.0312788114222529', '268', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'geshui', 'gender', '未知', '13.3952151466', '2.2123316660975636', '301', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'geshui', 'gender', '男', '9.4890556304', '1.741965637643982', '1072', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'all', 'all', '7.2188529074', '1.1085898057974863', '481', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'gender', '未知', '14.8443342964', '1.747798833269284', '318', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'minzhengtong', 'gender', '男', '15.9225301304', '2.739912062512554', '995', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'all', 'all', '8.7590468470', '1.4227373839426372', '669', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'gender', '未知', '15.3683428946', '2.2606100661385033', '680', 'panel', '', NULL),
('3', 'minutes_per_device_day', 'tielu12306', 'gender', '男', '10.8790030660', '1.6333167637072856', '325', 'panel', '', NULL),
('3', 'minutes_per_use', 'geshui', 'all', 'all', '1.7707786347', '0.27291993070277665', '268', 'panel', '', NULL),
('3', 'minutes_per_use', 'geshui', 'gender', '未知', '3.9972501311', '0.49920684417658706', '301', 'panel', '', NULL),
('3', 'minutes_per_use', 'geshui', 'gender', '男', '1.2206687446', '0.2633230324310965', '1072', 'panel', '', NULL),
('3', 'minutes_per_use', 'minzhengtong', 'all', 'all', '1.7158897966', '0.2222913615744264', '481', 'panel', '', NULL),
('3', 'minutes_per_use', 'minzhengtong', 'gender', '未知', '2.5950619880', '0.3404072455049483', '318', 'panel', '', NULL),
('3', 'minutes_per_use', 'minzhengtong', 'gender', '男', '4.9311747111', '0.6830071444997984', '995', 'panel', '', NULL),
('3', 'minutes_per_use', 'tielu12306', 'all', 'all', '1.8916192744', '0.365632392071507', '669', 'panel', '', NULL),
('3', 'minutes_per_use', 'tielu12306', 'gender', '未知', '3.6932391048', '0.6438538956644929', '680', 'panel', '', NULL),
('3', 'minutes_per_use', 'tielu12306', 'gender', '男', '4.3898101821', '0.7933812415742982', '325', 'panel', '', NULL),
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
('3', 'ratio_to_base', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'ratio_to_base', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'ratio_to_base', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'seasonal_index', 'geshui', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'seasonal_index', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'seasonal_index', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'panel', 'short_history', NULL),
('3', 'share', 'geshui', 'gender', '未知', '0.5428466439', '0.09822524907731267', '301', 'panel', '', NULL),
('3', 'share', 'geshui', 'gender', '男', '0.7764367623', '0.11983731968106152', '1072', 'panel', '', NULL),
('3', 'share', 'minzhengtong', 'gender', '未知', '1.0078580918', '0.14690006718723342', '318', 'panel', '', NULL),
('3', 'share', 'minzhengtong', 'gender', '男', '0.8276506233', '0.13679667787702368', '995', 'panel', '', NULL),
('3', 'share', 'tielu12306', 'gender', '未知', '1.3813463477', '0.2468319254789816', '680', 'panel', '', NULL),
('3', 'share', 'tielu12306', 'gender', '男', '1.0348367426', '0.211955073360992', '325', 'panel', '', NULL),
('3', 'share_change_pp', 'geshui', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'share_change_pp', 'geshui', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'share_change_pp', 'minzhengtong', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'share_change_pp', 'minzhengtong', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'share_change_pp', 'tielu12306', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'share_change_pp', 'tielu12306', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'stickiness', 'geshui', 'all', 'all', '0.1690725939', '0.03667269729979017', '268', 'panel', '', NULL),
('3', 'stickiness', 'minzhengtong', 'all', 'all', '0.2281296703', '0.03505602804792719', '481', 'panel', '', NULL),
('3', 'stickiness', 'tielu12306', 'all', 'all', '0.1850146482', '0.029900245220902327', '669', 'panel', '', NULL),
('3', 'tgi', 'geshui', 'gender', '未知', '103.9257753660', '28.485239626066047', '301', 'panel', '', NULL),
('3', 'tgi', 'geshui', 'gender', '男', '159.7334746939', '28.169619344696073', '1072', 'panel', '', NULL),
('3', 'tgi', 'minzhengtong', 'gender', '未知', '192.9503200087', '45.909042756450084', '318', 'panel', '', NULL),
('3', 'tgi', 'minzhengtong', 'gender', '男', '170.2695136412', '36.78379013890227', '995', 'panel', '', NULL),
('3', 'tgi', 'tielu12306', 'gender', '未知', '264.4531229070', '69.06140263206392', '680', 'panel', '', NULL),
('3', 'tgi', 'tielu12306', 'gender', '男', '212.8931506884', '54.08870905960404', '325', 'panel', '', NULL),
('3', 'tgi_change', 'geshui', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'tgi_change', 'geshui', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'tgi_change', 'minzhengtong', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'tgi_change', 'minzhengtong', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'tgi_change', 'tielu12306', 'gender', '未知', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'tgi_change', 'tielu12306', 'gender', '男', NULL, NULL, NULL, 'panel', 'no_base', NULL),
('3', 'top_share', 'geshui', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'top_share', 'minzhengtong', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'top_share', 'tielu12306', 'gender', 'TOP', NULL, NULL, NULL, 'panel', 'few_members', NULL),
('3', 'total_hours', 'geshui', 'all', 'all', '809532.0903801881', '93212.62295259321', '268', 'panel', '', NULL),
('3', 'total_hours', 'minzhengtong', 'all', 'all', '1252356.8886695800', '178560.4697896394', '481', 'panel', '', NULL),
('3', 'total_hours', 'tielu12306', 'all', 'all', '854197.8628532923', '116302.52341887062', '669', 'panel', '', NULL),
('3', 'universe_devices', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'panel', '', NULL),
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
('4', 'active_days_per_device', 'geshui', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('4', 'active_days_per_device', 'minzhengtong', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('4', 'active_days_per_device', 'tielu12306', 'all', 'all', '3.8750000000', NULL, NULL, 'assumed', '', NULL),
('4', 'annual_mean', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_mean', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_mean', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_mean_change', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_mean_change', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_mean_change', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'months_2,short_history', NULL),
('4', 'annual_peak', 'geshui', 'all', 'all', '2220000.0000000000', '96138.5188150994', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'annual_peak', 'minzhengtong', 'all', 'all', '3330000.0000000000', '117698.05988222039', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'annual_peak', 'tielu12306', 'all', 'all', '1110000.0000000000', '68007.37974647013', NULL, 'assumed', 'argmax_open', '2023-12-01'),
('4', 'cagr6', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'cagr6', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'cagr6', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'dau_avg', 'geshui', 'all', 'all', '277500.0000000000', '34013.87924429006', NULL, 'assumed', '', NULL),
('4', 'dau_avg', 'minzhengtong', 'all', 'all', '416250.0000000000', '41656.244523688794', NULL, 'assumed', '', NULL),
('4', 'dau_avg', 'tielu12306', 'all', 'all', '138750.0000000000', '24052.64528716276', NULL, 'assumed', '', NULL),
('4', 'local_peak', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'local_peak', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'local_peak', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/1', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/10', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/11', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/12', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/13', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/14', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/15', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/16', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/17', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/18', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/19', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/2', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/20', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/21', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/22', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/3', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/4', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/5', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/6', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/7', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/8', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'local_peak', 'tielu12306', 'hour', 'ALL/9', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
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
('4', 'ratio_to_base', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'ratio_to_base', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'ratio_to_base', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'record_high', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'record_high', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'record_high', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'seasonal_index', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'seasonal_index', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'seasonal_index', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'short_history', NULL),
('4', 'share', 'geshui', 'province', '山东', '0.2500000000', '0.018766884289693378', NULL, 'assumed', '', NULL),
('4', 'share', 'minzhengtong', 'province', '山东', '0.2500000000', '0.015323096857200898', NULL, 'assumed', '', NULL),
('4', 'share', 'tielu12306', 'province', '山东', '0.2500000000', '0.026540382285970946', NULL, 'assumed', '', NULL),
('4', 'share_change_pp', 'geshui', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'share_change_pp', 'minzhengtong', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'share_change_pp', 'tielu12306', 'province', '山东', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'stickiness', 'geshui', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('4', 'stickiness', 'minzhengtong', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('4', 'stickiness', 'tielu12306', 'all', 'all', '0.1250000000', NULL, NULL, 'assumed', '', NULL),
('4', 'tgi', 'geshui', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'tgi', 'minzhengtong', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'tgi', 'tielu12306', 'province', '山东', '121.5000000000', NULL, NULL, 'vendor', 'as_delivered', NULL),
('4', 'tgi_change', 'geshui', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'tgi_change', 'minzhengtong', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'tgi_change', 'tielu12306', 'province', '山东', '0.0000000000', NULL, NULL, 'vendor', '', NULL),
('4', 'top_share', 'geshui', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'top_share', 'minzhengtong', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'top_share', 'tielu12306', 'province', 'TOP', NULL, NULL, NULL, 'assumed', 'few_members', NULL),
('4', 'universe_devices', '*', 'all', 'all', '1390000000.0000000000', '0', NULL, 'assumed', '', NULL),
('4', 'yoy', 'geshui', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'yoy', 'minzhengtong', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL),
('4', 'yoy', 'tielu12306', 'all', 'all', NULL, NULL, NULL, 'assumed', 'no_base', NULL);
INSERT INTO judgement (judgement_id, month_start, inputs_hash, is_current, run_id, judged_at, rules, subjects, fired, expected, noise, not_evaluable, suppressed, data_hash, silences_at) VALUES
('1', '2023-09-01', '32381523e63197c929b67f793a8098bed0ae3a6fa902634fdbcc6fa4567f3346', '1', 'run-1', '2024-01-12 09:30:17', '22', '300', '0', '1', '0', '1', '0', '', '2024-01-12 09:30:18');
INSERT INTO message (message_id, channel, kind, month_start, subject, text, blocks, png, alt_text, content_hash, state, ts, file_state, attempts, last_error, attempted_at, judgement_id, created_at, sent_hash, edited_at, revision, attachment_name, attachment, attachment_state, broadcast, home, lost_ts, first_text, first_blocks, correction) VALUES
('1', 'C1', 'digest', '2023-09-01', '', '摘要', '[{"type":"divider"}]', NULL, '', '0bf474896363505e5ea5e5d6ace8ebfb13a760a409b1fb467d428fc716f9f284', 'pending', '', '', '0', '', NULL, '1', '2024-01-12 09:30:19', '', NULL, '0', '', NULL, '', '0', '', '', NULL, NULL, ''),
('2', 'C1', 'detail', '2023-09-01', 'holiday_peak rail', 'it''s "expected" \\ 🚄', '[]', NULL, '𠮷', '9c0211c51d04574fdaee6d51f53f41952570b0bf68a7219aaae01ce00fa6b8dd', 'pending', '', '', '0', '', NULL, '1', '2024-01-12 09:30:20', '', NULL, '0', '', NULL, '', '0', '', '', NULL, NULL, '');
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
INSERT INTO publication (publication_id, source, month_start, revision, extract_id, facts_id, basis, inputs_hash, code_version, run_id, published_at, superseded_at, reading, flags, results_hash, distant_hash) VALUES
('1', 'vendor', '2023-11-01', '1', '1', '1', 'assumed', 'f67528110351e3e4e124a8fa5185f39cca919a3234398ca933d62c8a7ae2553d', 'test', 'run-1', '2024-01-12 09:30:05', NULL, '1', '', '1c404df826dd47db8cd313d3f30ca4951018c9796275854818e92154c65d400a', 'dd0e9f9551027d5a80f8f2a3a4bb7c4d571176c3ec1ce331db66927ccd8b6ca7'),
('2', 'vendor', '2023-12-01', '1', '2', '2', 'assumed', '5e199b932c575463affa3b75df44e23e803b81aecef8acbafb0b90ca8c807c44', 'test', 'run-1', '2024-01-12 09:30:08', '2024-01-12 09:30:14', '1', '', '3f27cc3ee0e0072f5c8e89f65adf7cb2bc038212befa742302c9d2d41c02323b', '854ce56956b61718393c8e76b90a6368759a7f82bde6038bcf9ddcad06991a17'),
('3', 'panel', '2023-12-01', '1', '3', '3', 'panel', 'd1c7ac9f7dd00d8ce5f962085b42a732c866b7f6ef4994abbee6447f37d109d9', 'test', 'run-1', '2024-01-12 09:30:11', NULL, '1', '', 'd1bb3f1d350e3ea1de78c1ffbe67cc8af74eca69a977d2cb9f2e39461bdb148a', '9357867ff6ef4f2309d6a19ef864730c83107989e39453eca8a122ce271abf7b'),
('4', 'vendor', '2023-12-01', '2', '4', '4', 'assumed', '42b513a8501b19c99cd8bab159acb33f5e866f347efdf43b9526f86a486c4015', 'test', 'run-1', '2024-01-12 09:30:14', NULL, '1', '', '3f27cc3ee0e0072f5c8e89f65adf7cb2bc038212befa742302c9d2d41c02323b', '854ce56956b61718393c8e76b90a6368759a7f82bde6038bcf9ddcad06991a17');
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
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_all_sources AS
SELECT p.source, p.month_start, i.indicator, d.name_zh AS indicator_zh, d.unit,
       i.app_id, a.name_zh AS app_name, i.dimension, i.member,
       i.value, i.se, i.value - 1.96 * i.se AS ci_low, i.value + 1.96 * i.se AS ci_high,
       i.n_devices, i.basis, i.flags, i.at_month,
       p.revision, p.publication_id, e.synthetic,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN indicator i ON i.publication_id = p.publication_id
  JOIN dim_indicator d ON d.indicator = i.indicator
  JOIN (SELECT n.app_id, n.name_zh FROM dim_app n UNION ALL SELECT '*', '全网') a ON a.app_id = i.app_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator AS
SELECT v.source, v.month_start, v.indicator, v.indicator_zh, v.unit,
       v.app_id, v.app_name, v.dimension, v.member,
       v.value, v.se, v.ci_low, v.ci_high,
       v.n_devices, v.basis, v.flags, v.at_month,
       v.revision, v.publication_id, v.synthetic, v.trace_id
  FROM v_indicator_all_sources v
  JOIN primary_series s ON s.app_id = v.app_id AND s.source = v.source;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_history AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id,
       p.reading, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id
  LEFT JOIN primary_series s ON s.app_id = i.app_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_month AS
SELECT p.source, p.month_start, a.app_id, a.name_zh AS app_name,
       mud.value AS mud_devices, mud.se AS mud_se_devices,
       dau.value AS dau_avg_devices, dau.se AS dau_avg_se_devices,
       mom.value AS mom_ratio, mom.se AS mom_se_ratio,
       yoy.value AS yoy_ratio, yoy.se AS yoy_se_ratio,
       cagr6.value AS cagr6_ratio, cagr6.se AS cagr6_se_ratio,
       penetration.value AS penetration_all_ratio, penetration.se AS penetration_all_se_ratio,
       industry.value AS penetration_industry_ratio, industry.se AS penetration_industry_se_ratio,
       uses.value AS uses_per_device_day, uses.se AS uses_se_per_device_day,
       minutes.value AS minutes_per_device_day, minutes.se AS minutes_se_per_device_day,
       record.value AS is_record_high,
       peak.value AS annual_peak_devices, peak.se AS annual_peak_se_devices, peak.at_month AS annual_peak_month,
       mud.basis AS mud_basis,
       p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN primary_series s ON s.source = p.source
  JOIN dim_app a ON a.app_id = s.app_id
  LEFT JOIN indicator mud ON mud.publication_id = p.publication_id AND mud.indicator = 'mud'
   AND mud.app_id = a.app_id AND mud.dimension = 'all' AND mud.member = 'all'
  LEFT JOIN indicator dau ON dau.publication_id = p.publication_id AND dau.indicator = 'dau_avg'
   AND dau.app_id = a.app_id AND dau.dimension = 'all' AND dau.member = 'all'
  LEFT JOIN indicator mom ON mom.publication_id = p.publication_id AND mom.indicator = 'mom'
   AND mom.app_id = a.app_id AND mom.dimension = 'all' AND mom.member = 'all'
  LEFT JOIN indicator yoy ON yoy.publication_id = p.publication_id AND yoy.indicator = 'yoy'
   AND yoy.app_id = a.app_id AND yoy.dimension = 'all' AND yoy.member = 'all'
  LEFT JOIN indicator cagr6 ON cagr6.publication_id = p.publication_id AND cagr6.indicator = 'cagr6'
   AND cagr6.app_id = a.app_id AND cagr6.dimension = 'all' AND cagr6.member = 'all'
  LEFT JOIN indicator penetration ON penetration.publication_id = p.publication_id AND penetration.indicator = 'penetration_all'
   AND penetration.app_id = a.app_id AND penetration.dimension = 'all' AND penetration.member = 'all'
  LEFT JOIN indicator industry ON industry.publication_id = p.publication_id AND industry.indicator = 'penetration_industry'
   AND industry.app_id = a.app_id AND industry.dimension = 'all' AND industry.member = 'all'
  LEFT JOIN indicator uses ON uses.publication_id = p.publication_id AND uses.indicator = 'uses_per_device_day'
   AND uses.app_id = a.app_id AND uses.dimension = 'all' AND uses.member = 'all'
  LEFT JOIN indicator minutes ON minutes.publication_id = p.publication_id AND minutes.indicator = 'minutes_per_device_day'
   AND minutes.app_id = a.app_id AND minutes.dimension = 'all' AND minutes.member = 'all'
  LEFT JOIN indicator record ON record.publication_id = p.publication_id AND record.indicator = 'record_high'
   AND record.app_id = a.app_id AND record.dimension = 'all' AND record.member = 'all'
  LEFT JOIN indicator peak ON peak.publication_id = p.publication_id AND peak.indicator = 'annual_peak'
   AND peak.app_id = a.app_id AND peak.dimension = 'all' AND peak.member = 'all'
 WHERE COALESCE(mud.indicator, dau.indicator, uses.indicator, minutes.indicator) IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_app_segment AS
SELECT STRAIGHT_JOIN p.source, p.month_start, a.app_id, a.name_zh AS app_name, i.dimension, i.member,
       MAX(CASE WHEN i.indicator = 'mud' THEN i.value END) AS mud_devices,
       MAX(CASE WHEN i.indicator = 'mud' THEN i.se END) AS mud_se_devices,
       MAX(CASE WHEN i.indicator = 'share' THEN i.value END) AS share_ratio,
       MAX(CASE WHEN i.indicator = 'share' THEN i.se END) AS share_se_ratio,
       MAX(CASE WHEN i.indicator = 'tgi' THEN i.value END) AS tgi,
       MAX(CASE WHEN i.indicator = 'tgi' THEN i.se END) AS tgi_se,
       MAX(CASE WHEN i.indicator = 'uses_per_device_day' THEN i.value END) AS uses_per_device_day,
       MAX(CASE WHEN i.indicator = 'uses_per_device_day' THEN i.se END) AS uses_se_per_device_day,
       MAX(CASE WHEN i.indicator = 'minutes_per_device_day' THEN i.value END) AS minutes_per_device_day,
       MAX(CASE WHEN i.indicator = 'minutes_per_device_day' THEN i.se END) AS minutes_se_per_device_day,
       MAX(CASE WHEN i.indicator = 'top_share' THEN i.value END) AS top_share_ratio,
       MAX(CASE WHEN i.indicator = 'top_share' THEN i.se END) AS top_share_se_ratio,
       MAX(i.n_devices) AS n_devices, p.revision, e.synthetic
  FROM dim_app a
  JOIN primary_series s ON s.app_id = a.app_id
  JOIN publication p ON p.source = s.source
  JOIN current_publication c ON c.publication_id = p.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN dim_indicator d
  JOIN indicator i ON i.publication_id = p.publication_id AND i.indicator = d.indicator AND i.app_id = a.app_id
 WHERE i.dimension NOT IN ('all', 'period', 'hour')
   AND d.grain NOT IN ('month', 'month x app', 'year x app, in December')
 GROUP BY p.source, p.month_start, a.app_id, a.name_zh, i.dimension, i.member, p.revision, e.synthetic;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_rank AS
SELECT p.source, p.month_start, r.list_name, r.place, r.app_id, a.name_zh AS app_name, a.region,
       r.devices AS mud_devices, r.se_devices AS mud_se_devices,
       r.previous_place, r.place_change, r.state, r.is_in_list,
       p.revision, p.publication_id, e.synthetic,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'rank', r.app_id, 'list', r.list_name), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN ranking r ON r.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = r.app_id
  JOIN primary_series s ON s.app_id = r.app_id AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_top_list AS
SELECT r.month_start, r.list_name, r.place, r.app_name, r.region,
       ROUND(r.mud_devices / 10000, 1) AS mud_wan,
       ROUND(d.value / 10000, 1) AS dau_avg_wan,
       ROUND(g.value * 100, 1) AS cagr6_percent,
       r.mud_devices, r.mud_se_devices, d.value AS dau_avg_devices,
       g.value AS cagr6_ratio, g.se AS cagr6_se_ratio,
       r.previous_place, r.place_change, r.state, r.app_id, r.source, r.revision, r.synthetic, r.trace_id
  FROM v_rank r
  LEFT JOIN indicator d ON d.publication_id = r.publication_id AND d.indicator = 'dau_avg'
   AND d.app_id = r.app_id AND d.dimension = 'all' AND d.member = 'all'
  LEFT JOIN indicator g ON g.publication_id = r.publication_id AND g.indicator = 'cagr6'
   AND g.app_id = r.app_id AND g.dimension = 'all' AND g.member = 'all'
 WHERE r.is_in_list = 1;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_overlap AS
SELECT p.source, p.month_start, o.app_a, a.name_zh AS app_a_name, o.app_b, b.name_zh AS app_b_name,
       o.both_devices, o.se_both_devices, o.exclusive_a_ratio, o.se_exclusive_a_ratio,
       o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.overlap_of_a_ratio, o.overlap_of_union_ratio,
       o.n_devices, o.basis, o.flags, p.revision, e.synthetic, p.publication_id,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'overlap_devices', o.app_a, 'with', o.app_b), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN overlap o ON o.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = o.app_a
  JOIN dim_app b ON b.app_id = o.app_b
  JOIN primary_series s ON s.app_id = o.app_a AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_hourly AS
SELECT p.source, p.month_start, h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.revision, e.synthetic, p.publication_id,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'hourly_share', h.app_id, 'hour', CONCAT(h.network, '/', h.hour)), 256), 12)) AS trace_id
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  JOIN primary_series s ON s.app_id = h.app_id AND s.source = p.source;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_finding AS
SELECT j.month_start, f.seq, f.verdict, f.severity, f.rule, f.also, f.app_id,
       COALESCE(a.name_zh, NULLIF(f.list_name, ''), f.source) AS subject_name, f.list_name, f.dimension, f.member,
       f.value, f.se, f.expected, f.expected_low, f.expected_high, f.z, f.unit,
       f.reason, f.text_zh, f.text_en, j.judgement_id,
       f.indicator, f.trace_id, f.source
  FROM judgement j
  JOIN finding f ON f.judgement_id = j.judgement_id
  LEFT JOIN dim_app a ON a.app_id = f.app_id
 WHERE j.is_current = 1;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_device AS
SELECT d.source, d.month_start, d.device_id, d.weight, d.stratum, COALESCE(d.rep_group, 1 + CRC32(d.device_id) MOD 80) AS replicate_group,
       COALESCE(d.province, '未知') AS province, COALESCE(d.city, '未知') AS city, COALESCE(d.city_tier, '未知') AS city_tier,
       COALESCE(d.gender, '未知') AS gender, COALESCE(d.age_band, '未知') AS age_band, COALESCE(d.marital, '未知') AS marital,
       COALESCE(d.occupation_tags, '未知') AS occupation_tags,
       1 + CHAR_LENGTH(COALESCE(d.occupation_tags, '')) - CHAR_LENGTH(REPLACE(COALESCE(d.occupation_tags, ''), ';', '')) AS tags
  FROM panel_device d
 WHERE d.weight > 0
   AND COALESCE(d.rep_group, 1) BETWEEN 1 AND 80
   AND COALESCE(d.province, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'province')
   AND COALESCE(d.city_tier, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'city_tier')
   AND COALESCE(d.gender, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'gender')
   AND COALESCE(d.age_band, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'age_band')
   AND COALESCE(d.marital, '未知') IN (SELECT s.member FROM dim_segment s WHERE s.dimension = 'marital')
   AND NOT EXISTS (
         SELECT 1
           FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8) numbers
          WHERE SUBSTRING_INDEX(SUBSTRING_INDEX(COALESCE(d.occupation_tags, '未知'), ';', numbers.n), ';', -1) NOT IN (
                  SELECT s.member FROM dim_segment s WHERE s.dimension = 'occupation'));
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_usage AS
SELECT u.source, u.month_start, u.device_id, u.app_id, a.category, u.day, u.active_days, u.uses, u.seconds
  FROM panel_usage u
  JOIN dim_app a ON a.app_id = u.app_id
 WHERE u.day BETWEEN 0 AND DAY(LAST_DAY(u.month_start))
   AND u.active_days BETWEEN 1 AND CASE WHEN u.day = 0 THEN DAY(LAST_DAY(u.month_start)) ELSE 1 END
   AND u.uses >= CASE WHEN u.day = 0 THEN u.active_days ELSE 0 END
   AND u.seconds BETWEEN 0 AND 86400 * u.active_days;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_panel_estimate AS
SELECT p.source, p.month_start, x.app_id, a.name_zh AS app_name, x.dimension, x.member, x.replicate,
       x.devices, x.device_days, x.uses, x.seconds, x.n_devices, p.revision, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id
  JOIN panel_estimate x ON x.publication_id = p.facts_id
  JOIN (SELECT n.app_id, n.name_zh FROM dim_app n UNION ALL SELECT '*', '全网') a ON a.app_id = x.app_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_rank_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       r.list_name, r.place, r.app_id, a.name_zh AS app_name, a.region,
       r.devices AS mud_devices, r.se_devices AS mud_se_devices,
       r.previous_place, r.place_change, r.state, r.is_in_list,
       p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'rank', r.app_id, 'list', r.list_name), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN ranking r ON r.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = r.app_id
  LEFT JOIN primary_series s ON s.app_id = r.app_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_overlap_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       o.app_a, a.name_zh AS app_a_name, o.app_b, b.name_zh AS app_b_name,
       o.both_devices, o.se_both_devices, o.exclusive_a_ratio, o.se_exclusive_a_ratio,
       o.exclusive_b_ratio, o.se_exclusive_b_ratio, o.overlap_of_a_ratio, o.overlap_of_union_ratio,
       o.n_devices, o.basis, o.flags, p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'overlap_devices', o.app_a, 'with', o.app_b), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN overlap o ON o.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = o.app_a
  JOIN dim_app b ON b.app_id = o.app_b
  LEFT JOIN primary_series s ON s.app_id = o.app_a;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_hourly_history AS
SELECT p.source, p.month_start, p.revision, p.reading, p.published_at, p.superseded_at,
       h.app_id, a.name_zh AS app_name, h.network, h.hour, h.share_ratio, h.basis,
       p.publication_id, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', 'hourly_share', h.app_id, 'hour', CONCAT(h.network, '/', h.hour)), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN hourly h ON h.publication_id = p.publication_id
  JOIN dim_app a ON a.app_id = h.app_id
  LEFT JOIN primary_series s ON s.app_id = h.app_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_indicator_first AS
SELECT p.source, p.month_start, p.revision, p.published_at, p.superseded_at,
       i.indicator, i.app_id, i.dimension, i.member,
       i.value, i.se, i.n_devices, i.basis, i.flags, i.at_month, p.publication_id,
       p.reading, p.flags AS publication_flags,
       CONCAT(p.publication_id, '-', LEFT(SHA2(CONCAT_WS('|', i.indicator, i.app_id, i.dimension, i.member), 256), 12)) AS trace_id,
       CASE WHEN s.source = p.source THEN 1 ELSE 0 END AS is_primary
  FROM publication p
  JOIN indicator i ON i.publication_id = p.publication_id
  LEFT JOIN primary_series s ON s.app_id = i.app_id
  LEFT JOIN (publication q
             JOIN indicator j ON j.publication_id = q.publication_id)
    ON q.source = p.source AND q.month_start = p.month_start AND q.publication_id < p.publication_id
   AND j.indicator = i.indicator AND j.app_id = i.app_id AND j.dimension = i.dimension AND j.member = i.member
 WHERE q.publication_id IS NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_month_terms AS
SELECT p.source, p.month_start, p.revision, e.vendor, e.product, e.definitions_version, e.tier_list_year, e.tgi_base,
       e.universe_devices, e.panel_size, e.deff, e.delivered_at, p.publication_id, e.synthetic
  FROM current_publication c
  JOIN publication p ON p.publication_id = c.publication_id
  JOIN etl_extract e ON e.extract_id = p.extract_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_calendar AS
SELECT w.month_start, w.profile, w.kind, w.window_zh, w.window_en, w.first_day, w.last_day, w.share_ratio,
       w.first_off_day, w.off_days, w.first_sale_day, w.holiday_day, w.holiday_sale_day, w.is_confirmed,
       m.days AS month_days, m.off_days AS month_off_days
  FROM dim_month_window w
  JOIN dim_month m ON m.month_start = w.month_start;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_dictionary AS
SELECT d.position, d.indicator, d.name_zh, d.name_en, d.unit, d.formula, d.inputs, d.grain,
       d.edge_cases_zh, d.edge_cases_en, d.error_zh, d.error_en, d.source_zh, d.source_en, d.found_in
  FROM dim_indicator d
 WHERE d.inputs <> '';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e01 AS
SELECT v.month_start, v.value AS universe_devices, ROUND(v.value / 100000000, 1) AS universe_yi,
       CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version THEN v.value / b.value - 1 END AS mom_ratio, v.source, v.revision, v.synthetic
  FROM v_indicator v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
  LEFT JOIN v_indicator b ON b.indicator = 'universe_devices' AND b.app_id = '*' AND b.month_start = v.month_start - INTERVAL 1 MONTH
  LEFT JOIN v_month_terms u ON u.source = b.source AND u.month_start = b.month_start
 WHERE v.indicator = 'universe_devices' AND v.app_id = '*';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e02 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 100000000, 2) AS mud_yi,
       v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id IN ('tielu12306', 'jiaoguan12123');
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e03 AS
SELECT v.month_start, v.app_name, 'all' AS dimension, 'all' AS member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1) AS mud_wan, NULL AS share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id IN ('zhongyouhaoke', 'yijiejiayou')
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1), v.share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'wangshangguowang' AND v.dimension = 'province' AND v.mud_devices IS NOT NULL
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1), v.share_ratio, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'yijiejiayou' AND v.dimension = 'city_tier' AND v.mud_devices IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e04 AS
WITH peaks AS (
SELECT x.app_id, x.app_name, YEAR(x.month_start) AS of_year, x.penetration_all_ratio AS peak, x.penetration_all_se_ratio AS se,
       CONCAT_WS('|', t.vendor, t.definitions_version) AS terms, x.synthetic,
       COUNT(x.penetration_all_ratio) OVER (PARTITION BY x.app_id, YEAR(x.month_start)) AS months,
       ROW_NUMBER() OVER (PARTITION BY x.app_id, YEAR(x.month_start) ORDER BY x.penetration_all_ratio DESC, x.month_start) AS nth
  FROM v_app_month x
  JOIN v_month_terms t ON t.source = x.source AND t.month_start = x.month_start
 WHERE x.app_id IN ('geshui', 'minzhengtong'))
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       n.peak AS peak_penetration_ratio, n.se AS peak_penetration_se_ratio, ROUND(100 * n.peak, 1) AS peak_penetration_percent,
       ROUND(100 * (n.peak - b.peak), 1) AS change_on_three_years_pp, 100 * SQRT(n.se * n.se + b.se * b.se) AS change_on_three_years_se_pp,
       r.list_name, r.place, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN v_rank r ON r.app_id = v.app_id AND r.month_start = v.month_start AND r.list_name = '地方政务'
  LEFT JOIN peaks n ON n.app_id = v.app_id AND n.of_year = YEAR(v.month_start) AND n.nth = 1
  LEFT JOIN peaks b ON b.app_id = v.app_id AND b.of_year = n.of_year - 3 AND b.nth = 1 AND b.terms = n.terms
 WHERE v.app_id IN ('geshui', 'minzhengtong');
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e06 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.yoy_ratio, v.yoy_se_ratio, CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version THEN v.mud_devices / b.mud_devices END AS ratio_to_2020_01,
       CASE WHEN u.vendor = t.vendor AND u.definitions_version = t.definitions_version
            THEN v.mud_devices / b.mud_devices * SQRT(POW(v.mud_se_devices / v.mud_devices, 2) + POW(b.mud_se_devices / b.mud_devices, 2)) END
            AS ratio_to_2020_01_se,
       v.is_record_high, v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, v.source, v.revision, v.synthetic
  FROM v_app_month v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
  LEFT JOIN v_app_month b ON b.app_id = v.app_id AND b.month_start = '2020-01-01'
  LEFT JOIN v_month_terms u ON u.source = b.source AND u.month_start = b.month_start
 WHERE v.app_id = 'jiaoguan12123';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e08 AS
SELECT v.month_start, v.app_name, v.place, v.province, v.mud_devices, v.mud_se_devices,
       ROUND(v.mud_devices / 10000, 1) AS mud_wan, v.mud_devices > 10000000 AS is_above_1000_wan, v.share_ratio, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.share_ratio, s.source, s.revision, s.synthetic,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'jiaoguan12123' AND s.dimension = 'province' AND s.member <> '未知' AND s.mud_devices IS NOT NULL) v
 WHERE v.place <= 6;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e09 AS
SELECT v.month_start, v.app_name, v.dimension, g.position, v.member, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, v.tgi, v.tgi_se, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
 WHERE v.app_id = 'jiaoguan12123' AND v.dimension IN ('gender', 'age_band', 'marital') AND v.share_ratio IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e10 AS
WITH pooled AS (
SELECT YEAR(s.month_start) AS of_year, s.app_name, s.member AS city_tier, COUNT(*) AS months, MAX(s.synthetic) AS synthetic,
       MIN(CONCAT_WS('|', t.vendor, t.definitions_version, t.tier_list_year)) AS terms,
       CASE WHEN COUNT(DISTINCT t.vendor, t.definitions_version, t.tier_list_year) = 1
            THEN SUM(s.mud_devices) / SUM(m.mud_devices) END AS share_ratio,
       CASE WHEN COUNT(s.share_se_ratio) = COUNT(*)
            THEN CAST(SUM(CAST(m.mud_devices * s.share_se_ratio AS DECIMAL(30,6))) / SUM(m.mud_devices) AS DOUBLE) END AS share_se_ratio
  FROM v_app_segment s
  JOIN v_app_month m ON m.app_id = s.app_id AND m.month_start = s.month_start
  JOIN v_month_terms t ON t.source = s.source AND t.month_start = s.month_start
 WHERE s.app_id = 'jiaoguan12123' AND s.dimension = 'city_tier' AND s.mud_devices IS NOT NULL
 GROUP BY YEAR(s.month_start), s.app_name, s.member)
SELECT n.of_year, n.app_name, n.city_tier, n.share_ratio, n.share_se_ratio, ROUND(100 * n.share_ratio, 1) AS share_percent,
       n.share_ratio - b.share_ratio AS change_ratio, ROUND(100 * (n.share_ratio - b.share_ratio), 1) AS change_pp,
       100 * SQRT(n.share_se_ratio * n.share_se_ratio + b.share_se_ratio * b.share_se_ratio) AS change_se_pp,
       n.months, n.synthetic
  FROM pooled n
  LEFT JOIN pooled b ON b.of_year = n.of_year - 1 AND b.city_tier = n.city_tier AND b.months = n.months AND b.terms = n.terms;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e12 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       ROUND(v.mud_devices / 100000000, 2) AS mud_yi, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio,
       v.is_record_high, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'tielu12306';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e13 AS
SELECT v.month_start, v.app_name, v.member AS city, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       CASE WHEN v.before_month = v.month_start - INTERVAL 1 MONTH AND v.after_month = v.month_start + INTERVAL 1 MONTH
            THEN v.mud_devices > v.before_devices AND v.mud_devices > v.after_devices END AS is_local_peak, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member, s.mud_devices, s.mud_se_devices, s.source, s.revision, s.synthetic,
               LAG(s.month_start) OVER (PARTITION BY s.member ORDER BY s.month_start) AS before_month,
               LAG(s.mud_devices) OVER (PARTITION BY s.member ORDER BY s.month_start) AS before_devices,
               LEAD(s.month_start) OVER (PARTITION BY s.member ORDER BY s.month_start) AS after_month,
               LEAD(s.mud_devices) OVER (PARTITION BY s.member ORDER BY s.month_start) AS after_devices
          FROM v_app_segment s
         WHERE s.app_id = 'tielu12306' AND s.dimension = 'city' AND s.mud_devices IS NOT NULL) v;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e14 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mom_ratio, v.mom_se_ratio,
       CASE WHEN MIN(v.month_start) OVER around = v.month_start - INTERVAL 6 MONTH
             AND MAX(v.month_start) OVER around = v.month_start + INTERVAL 5 MONTH
             AND COUNT(*) OVER around = 12
             AND MIN(CONCAT_WS('|', t.vendor, t.definitions_version)) OVER around = MAX(CONCAT_WS('|', t.vendor, t.definitions_version)) OVER around
            THEN v.mud_devices / AVG(v.mud_devices) OVER around END AS season_ratio,
       RANK() OVER (PARTITION BY YEAR(v.month_start), MONTH(v.month_start) <= 6 ORDER BY v.mud_devices DESC) AS place_in_half_year,
       v.source, v.revision, v.synthetic
  FROM v_app_month v
  JOIN v_month_terms t ON t.source = v.source AND t.month_start = v.month_start
 WHERE v.app_id = 'wangshangguowang'
WINDOW around AS (ORDER BY v.month_start ROWS BETWEEN 6 PRECEDING AND 5 FOLLOWING);
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e15 AS
SELECT v.month_start, v.app_name, v.place, v.province, ROUND(v.mud_devices / 10000, 1) AS mud_wan, ROUND(v.tgi, 1) AS tgi_printed,
       v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se,
       v.top_share_ratio, ROUND(100 * v.top_share_ratio, 1) AS top_share_percent, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.tgi, s.tgi_se,
               s.source, s.revision, s.synthetic,
               MAX(s.top_share_ratio) OVER (PARTITION BY s.month_start) AS top_share_ratio,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'wangshangguowang' AND s.dimension = 'province' AND s.member <> '未知') v
 WHERE v.place <= 5 AND v.mud_devices IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e16 AS
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, ROUND(100 * v.share_ratio, 2) AS share_percent,
       k.value = 1 AS is_local_peak, v.source, v.revision, v.synthetic
  FROM v_hourly v
  LEFT JOIN indicator k ON k.publication_id = v.publication_id AND k.indicator = 'local_peak' AND k.app_id = v.app_id
                       AND k.dimension = 'hour' AND k.member = CONCAT(v.network, '/', v.hour)
 WHERE v.app_id = 'wangshangguowang' AND v.network = 'G';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e18 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mud_devices > 7000000 AS is_above_700_wan, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'zhongyouhaoke';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e20 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
 WHERE v.app_id = 'yijiejiayou';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e21 AS
SELECT v.month_start, v.app_name, g.position, v.member AS city_tier, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, ROUND(c.value, 1) AS change_pp, c.se AS change_se_pp, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
  LEFT JOIN v_indicator c ON c.indicator = 'share_change_pp' AND c.app_id = v.app_id AND c.dimension = v.dimension AND c.member = v.member
   AND c.month_start = v.month_start
 WHERE v.app_id = 'yijiejiayou' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e23 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       ROUND(v.mud_devices / 100000000, 1) AS mud_yi, v.mom_ratio, v.mom_se_ratio, v.yoy_ratio, v.yoy_se_ratio, v.is_record_high,
       v.annual_peak_devices, v.annual_peak_se_devices, v.annual_peak_month, y.value AS annual_mean_devices, y.se AS annual_mean_se_devices,
       c.value AS annual_mean_change_ratio, c.se AS annual_mean_change_se_ratio, v.source, v.revision, v.synthetic
  FROM v_app_month v
  LEFT JOIN v_indicator y ON y.indicator = 'annual_mean' AND y.app_id = v.app_id AND y.dimension = 'all' AND y.member = 'all'
   AND y.month_start = CAST(CONCAT(YEAR(v.month_start), '-12-01') AS DATE)
  LEFT JOIN v_indicator c ON c.indicator = 'annual_mean_change' AND c.app_id = v.app_id AND c.dimension = 'all' AND c.member = 'all'
   AND c.month_start = CAST(CONCAT(YEAR(v.month_start), '-12-01') AS DATE)
 WHERE v.app_id = 'geshui';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e24 AS
WITH peaks AS (
SELECT x.app_id, x.app_name, YEAR(x.month_start) AS of_year, x.penetration_all_ratio AS peak, x.penetration_all_se_ratio AS se,
       CONCAT_WS('|', t.vendor, t.definitions_version) AS terms, x.synthetic,
       COUNT(x.penetration_all_ratio) OVER (PARTITION BY x.app_id, YEAR(x.month_start)) AS months,
       ROW_NUMBER() OVER (PARTITION BY x.app_id, YEAR(x.month_start) ORDER BY x.penetration_all_ratio DESC, x.month_start) AS nth
  FROM v_app_month x
  JOIN v_month_terms t ON t.source = x.source AND t.month_start = x.month_start
 WHERE x.app_id IN ('geshui'))
SELECT CAST(CONCAT(n.of_year, '-12-01') AS DATE) AS month_start, n.app_name, 'all' AS dimension, 'all' AS member, 'peak_penetration' AS measure,
       n.peak AS ratio, n.se AS se_ratio, ROUND(100 * n.peak, 1) AS percent, ROUND(100 * (n.peak - b.peak), 1) AS change_on_three_years_pp,
       100 * SQRT(n.se * n.se + b.se * b.se) AS change_on_three_years_se_pp, n.synthetic
  FROM peaks n
  LEFT JOIN peaks b ON b.of_year = n.of_year - 3 AND b.nth = 1 AND b.months = 12 AND b.terms = n.terms
 WHERE n.nth = 1 AND n.months = 12
 UNION ALL
SELECT v.month_start, v.app_name, v.dimension, v.member, 'share',
       v.share_ratio, v.share_se_ratio, ROUND(100 * v.share_ratio, 1), NULL, NULL, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'geshui' AND v.dimension = 'city_tier' AND v.share_ratio IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e25 AS
SELECT v.month_start, v.app_name, v.dimension, g.position, v.member, v.share_ratio, v.share_se_ratio,
       ROUND(100 * v.share_ratio, 1) AS share_percent, v.tgi, v.tgi_se, v.source, v.revision, v.synthetic
  FROM v_app_segment v
  JOIN dim_segment g ON g.dimension = v.dimension AND g.member = v.member
 WHERE v.app_id = 'geshui' AND v.dimension IN ('gender', 'age_band', 'marital') AND v.share_ratio IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e27 AS
SELECT v.month_start, v.place, v.app_name, v.region, v.mud_wan, v.dau_avg_wan, v.cagr6_percent,
       v.mud_devices, v.mud_se_devices, v.dau_avg_devices, v.dau_avg_devices / v.mud_devices AS stickiness_ratio,
       v.cagr6_ratio, v.cagr6_se_ratio, v.previous_place, v.place_change, v.state, v.app_id, v.source, v.revision, v.synthetic
  FROM v_top_list v
 WHERE v.list_name = '地方政务';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e28 AS
SELECT v.month_start, v.app_name, v.value AS penetration_industry_ratio, v.se AS penetration_industry_se_ratio,
       ROUND(100 * v.value, 1) AS penetration_industry_percent, v.source, v.revision, v.synthetic
  FROM v_indicator v
 WHERE v.app_id = 'yunshanfu' AND v.indicator = 'penetration_industry' AND v.dimension = 'all';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e29 AS
SELECT v.month_start, v.app_a_name, v.app_b_name, a.mud_devices AS a_devices, b.mud_devices AS b_devices, v.both_devices, v.se_both_devices,
       ROUND(v.both_devices / 10000, 1) AS both_wan,
       v.exclusive_a_ratio, v.se_exclusive_a_ratio, ROUND(100 * v.exclusive_a_ratio, 1) AS exclusive_a_percent,
       v.exclusive_b_ratio, v.se_exclusive_b_ratio, ROUND(100 * v.exclusive_b_ratio, 1) AS exclusive_b_percent,
       v.overlap_of_union_ratio, v.source, v.revision, v.synthetic
  FROM v_overlap v
  LEFT JOIN v_app_month a ON a.app_id = v.app_a AND a.month_start = v.month_start
  LEFT JOIN v_app_month b ON b.app_id = v.app_b AND b.month_start = v.month_start
 WHERE v.app_a = 'yunshanfu' AND v.app_b = 'zhifubao';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e30 AS
SELECT v.month_start, v.app_name, RANK() OVER (PARTITION BY v.month_start ORDER BY v.share_ratio DESC) AS place,
       v.member AS occupation, v.share_ratio, v.share_se_ratio, ROUND(100 * v.share_ratio, 1) AS share_percent, v.tgi, v.tgi_se, v.source, v.revision, v.synthetic
  FROM v_app_segment v
 WHERE v.app_id = 'yunshanfu' AND v.dimension = 'occupation' AND v.member <> 'TOP' AND v.share_ratio IS NOT NULL;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e31 AS
SELECT v.month_start, v.app_name, v.place, v.province, ROUND(v.mud_devices / 10000, 1) AS mud_wan, ROUND(v.tgi, 1) AS tgi_printed,
       ROUND(v.uses_per_device_day, 1) AS uses_printed, ROUND(v.minutes_per_device_day, 1) AS minutes_printed,
       v.mud_devices, v.mud_se_devices, v.tgi, v.tgi_se, v.uses_per_device_day, v.minutes_per_device_day, v.source, v.revision, v.synthetic
  FROM (SELECT s.month_start, s.app_name, s.member AS province, s.mud_devices, s.mud_se_devices, s.tgi, s.tgi_se,
               s.uses_per_device_day, s.minutes_per_device_day, s.source, s.revision, s.synthetic,
               ROW_NUMBER() OVER (PARTITION BY s.month_start ORDER BY s.mud_devices DESC, s.member) AS place
          FROM v_app_segment s
         WHERE s.app_id = 'yunshanfu' AND s.dimension = 'province' AND s.member <> '未知' AND s.mud_devices IS NOT NULL) v
 WHERE v.place <= 15;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e33 AS
SELECT v.month_start, v.app_name, v.mud_devices, v.mud_se_devices, ROUND(v.mud_devices / 10000, 1) AS mud_wan,
       v.yoy_ratio, v.yoy_se_ratio, r.place, v.source, v.revision, v.synthetic
  FROM v_rank r
  JOIN v_app_month v ON v.app_id = r.app_id AND v.month_start = r.month_start
 WHERE r.list_name = '国有大行';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_exhibit_e34 AS
SELECT v.month_start, v.app_name, v.network, v.hour, v.share_ratio, ROUND(100 * v.share_ratio, 2) AS share_percent,
       k.value = 1 AS is_local_peak, v.source, v.revision, v.synthetic
  FROM v_hourly v
  LEFT JOIN indicator k ON k.publication_id = v.publication_id AND k.indicator = 'local_peak' AND k.app_id = v.app_id
                       AND k.dimension = 'hour' AND k.member = CONCAT(v.network, '/', v.hour)
 WHERE v.app_id IN ('abc', 'icbc', 'ccb', 'boc') AND v.network = 'G';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_column AS
SELECT d.object_name, d.kind, d.position, d.column_name, d.data_type, d.comment_zh, d.comment_en
  FROM dim_column d;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_contract AS
SELECT 1 AS version, CAST('2026-11-23' AS DATE) AS since, '首个版本' AS changes_zh, 'the first version' AS changes_en;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_finding_state AS
SELECT f.month_start, f.rule, f.also, f.app_id, f.subject_name, f.list_name, f.dimension, f.member, f.source, f.severity,
       COALESCE(x.state, CASE WHEN f.month_start = (SELECT MAX(n.month_start) FROM judgement n WHERE n.is_current = 1)
                              THEN 'new' ELSE 'not_followed' END) AS state,
       COALESCE(x.state_month, f.month_start) AS state_month,
       f.text_zh, f.text_en, x.text_zh AS state_text_zh, x.text_en AS state_text_en, f.judgement_id, f.seq
  FROM v_finding f
  JOIN finding g ON g.judgement_id = f.judgement_id AND g.seq = f.seq
  LEFT JOIN (SELECT u.told_month, u.rule, u.app_id, u.other_app_id, u.list_name, u.dimension, u.member, u.source,
                    u.state, u.text_zh, u.text_en, j.month_start AS state_month,
                    ROW_NUMBER() OVER (PARTITION BY u.told_month, u.rule, u.app_id, u.other_app_id, u.list_name, u.dimension, u.member, u.source
                                       ORDER BY j.month_start DESC) AS newest
               FROM judgement j
               JOIN finding_followup u ON u.judgement_id = j.judgement_id
              WHERE j.is_current = 1) x
    ON x.newest = 1 AND x.told_month = f.month_start AND x.rule = f.rule AND x.app_id = f.app_id AND x.other_app_id = g.other_app_id
   AND x.list_name = f.list_name AND x.dimension = f.dimension AND x.member = f.member AND x.source = f.source
 WHERE f.verdict = 'fired';
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_response AS
SELECT m.month_start, m.channel, m.ts, m.kind AS message_kind, m.subject, r.kind AS response_kind, r.user_id, r.via, r.emoji,
       r.first_at, r.lifted_at, m.judgement_id
  FROM response r
  JOIN message m ON m.message_id = r.message_id;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_rule_response AS
SELECT s.rule, COUNT(s.message_id) AS messages,
       CAST(SUM(s.n_ack > 0) AS SIGNED) AS acknowledged,
       CAST(SUM(s.n_mute > 0) AS SIGNED) AS muted,
       CAST(SUM(s.n_false > 0) AS SIGNED) AS false_alarms
  FROM (SELECT m.message_id, CAST(SUBSTRING_INDEX(SUBSTRING(m.subject, CASE m.home WHEN '' THEN 1 ELSE CHAR_LENGTH(m.home) + 2 END), ' ', 1) AS CHAR(64)) AS rule,
               SUM(CASE WHEN r.kind = 'ack' THEN 1 ELSE 0 END) AS n_ack,
               SUM(CASE WHEN r.kind = 'mute' THEN 1 ELSE 0 END) AS n_mute,
               SUM(CASE WHEN r.kind = 'false_alarm' THEN 1 ELSE 0 END) AS n_false
          FROM message m
          LEFT JOIN response r ON r.message_id = m.message_id AND r.lifted_at IS NULL
         WHERE m.kind = 'detail' AND m.ts <> ''
         GROUP BY m.message_id, m.subject, m.home) s
 GROUP BY s.rule;
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_silence AS
SELECT s.silence_id, s.rule, s.app, s.list, s.category, s.dimension, s.member, s.source, s.from_month, s.to_month, s.holiday,
       s.reason, s.author, s.until_day, s.created_at, s.expired_at, s.expired_by,
       CASE WHEN s.expired_at IS NULL AND s.until_day >= CAST(UTC_TIMESTAMP() AS DATE) THEN 1 ELSE 0 END AS is_standing
  FROM silence s;
