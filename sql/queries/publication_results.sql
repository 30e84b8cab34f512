UPDATE publication SET results_hash = ?, distant_hash = ? WHERE publication_id = ?
