WITH meeting AS (
  SELECT *, (attendees + $staff_besides * coalesce(staff_members, 0)) * (ends_on - starts_on + 1 + $travel_days)
            * CASE coalesce(grade, 1) WHEN 1 THEN 76000 WHEN 2 THEN 65000 WHEN 3 THEN 55000 WHEN 4 THEN 55000 END
              AS ceiling_fen
  FROM event
  WHERE kind = 'meeting' AND attendees > 0 AND ends_on >= starts_on
)
SELECT unit_code, event_id, cost_fen - ceiling_fen
FROM meeting
WHERE cost_fen - ceiling_fen >= $min_excess_fen
