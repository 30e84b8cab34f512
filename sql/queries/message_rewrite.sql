UPDATE message
   SET text = ?, blocks = ?, png = ?, alt_text = ?, content_hash = ?, revision = ?,
       attachment_name = ?, attachment = ?, file_state = ?, attachment_state = ?, broadcast = ?, judgement_id = ?
 WHERE message_id = ?
