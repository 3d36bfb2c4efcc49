WITH present AS (
  SELECT event_id, count(DISTINCT person_name || '|' || coalesce(id_no, '')) AS signed
  FROM attendance
  GROUP BY event_id
),
held AS (
  SELECT e.*, p.signed + coalesce(e.staff_members, 0) AS people,
         CASE WHEN kind = 'meeting'
           THEN CASE coalesce(grade, 1) WHEN 1 THEN 76000 WHEN 2 THEN 65000 WHEN 3 THEN 55000 WHEN 4 THEN 55000 END
           ELSE CASE coalesce(grade, 1) WHEN 1 THEN 76000 WHEN 2 THEN 65000 WHEN 3 THEN 55000 END
         END * CAST(julianday(ends_on) - julianday(starts_on) + 1 + :travel_days AS INTEGER) AS each_fen
  FROM event e
  JOIN present p ON p.event_id = e.event_id
  WHERE ends_on >= starts_on
)
SELECT unit_code, event_id, cost_fen - each_fen * people
FROM held
WHERE attendees - people >= :min_missing
  AND (attendees - people) * 100 >= attendees * :min_missing_pct
  AND cost_fen - each_fen * people >= :min_excess_fen
