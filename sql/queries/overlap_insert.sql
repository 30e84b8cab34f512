INSERT INTO overlap (publication_id, app_a, app_b, both_devices, se_both_devices,
  exclusive_a_ratio, se_exclusive_a_ratio, exclusive_b_ratio, se_exclusive_b_ratio,
  overlap_of_a_ratio, overlap_of_union_ratio, n_devices, basis, flags)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
