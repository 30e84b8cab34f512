-- zh: 各规则发出的消息与收到的回应，供规则负责人调整
-- en: Messages of each rule and the answers to them, for whoever tunes it
-- Messages that somebody answered so, and did not take it back.
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
