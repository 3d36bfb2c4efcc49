WITH signed AS (
  SELECT a.person_name, a.day, a.id_no, e.event_id, e.unit_code, e.venue,
         CASE WHEN e.kind = 'meeting'
           THEN CASE e.grade WHEN 1 THEN 76000 WHEN 2 THEN 65000 ELSE 55000 END
           ELSE CASE e.grade WHEN 1 THEN 76000 WHEN 2 THEN 65000 ELSE 55000 END
         END AS day_fen
  FROM attendance a
  JOIN event e USING (event_id)
)
SELECT first(a.unit_code), a.event_id || '|' || b.event_id, sum(a.day_fen)
FROM signed a
JOIN signed b ON b.person_name = a.person_name AND b.day = a.day AND b.event_id > a.event_id
WHERE a.venue <> b.venue
  AND (a.id_no = b.id_no OR ((a.id_no IS NULL OR b.id_no IS NULL) AND a.unit_code = b.unit_code))
GROUP BY a.event_id, b.event_id
HAVING count(DISTINCT a.person_name) >= $min_people
