SELECT f.unit_code, p.person_id, sum(f.amount_fen)
FROM service_fee f
JOIN person p ON p.name = f.payee_name AND p.unit_code = f.unit_code
WHERE (f.id_no = p.id_no OR (f.account_no = p.account_no AND (f.id_no IS NULL OR p.id_no IS NULL)))
  AND (f.kind <> 'lecture' OR :include_lectures = 1)
  AND (coalesce(p.status, 'active') = 'active'
       OR (p.status IN ('retired', 'left', 'deceased') AND p.status_on > f.paid_on))
GROUP BY f.unit_code, p.person_id
HAVING sum(f.amount_fen) >= :min_total_fen
