SELECT e.unit_code, a.event_id || '|' || b.event_id,
       sum(CASE WHEN e.kind = 'meeting'
             THEN CASE e.grade WHEN 1 THEN 76000 WHEN 2 THEN 65000 ELSE 55000 END
             ELSE CASE e.grade WHEN 1 THEN 76000 WHEN 2 THEN 65000 ELSE 55000 END
           END)
FROM attendance a
JOIN attendance b ON b.person_name = a.person_name AND b.day = a.day AND b.event_id > a.event_id
JOIN event e ON e.event_id = a.event_id
JOIN event o ON o.event_id = b.event_id
WHERE e.venue <> o.venue
  AND (a.id_no = b.id_no OR ((a.id_no IS NULL OR b.id_no IS NULL) AND e.unit_code = o.unit_code))
GROUP BY a.event_id, b.event_id
HAVING count(DISTINCT a.person_name) >= :min_people
