UPDATE publication SET facts_id = publication_id WHERE publication_id = ?
