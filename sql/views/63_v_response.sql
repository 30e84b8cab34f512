-- zh: 对消息的回应：知悉、静音、误报
-- en: What people answered to messages: seen, muted, a false alarm
-- One row for each answer; one that was taken back has lifted_at.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW v_response AS
SELECT m.month_start, m.channel, m.ts, m.kind AS message_kind, m.subject, r.kind AS response_kind, r.user_id, r.via, r.emoji,
       r.first_at, r.lifted_at, m.judgement_id
  FROM response r
  JOIN message m ON m.message_id = r.message_id;
