-- Nothing that readers see changes: the same results follow from these inputs too.
UPDATE publication SET inputs_hash = ?, distant_hash = ? WHERE publication_id = ?
