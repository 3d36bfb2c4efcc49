WITH wrong AS (
  SELECT invoice_id
  FROM invoice
  WHERE total_fen >= $min_amount_fen AND coalesce(kind, 'digital') NOT IN ('fiscal', 'toll', 'other')
    AND ((rate_micro < 1000000
          AND rate_micro NOT IN (0, 5000, 10000, 15000, 20000, 30000, 50000, 60000, 90000, 130000))
         OR abs(net_fen + tax_fen - total_fen) >= $min_difference_fen
         OR tax_fen * 1000000 - net_fen * 130000 >= $min_difference_fen * 1000000)
)
SELECT u.unit_code, u.invoice_id, sum(u.claimed_fen)
FROM wrong
JOIN invoice_use u USING (invoice_id)
WHERE u.claimed_fen > 0
GROUP BY u.unit_code, u.invoice_id
