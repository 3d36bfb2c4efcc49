SELECT u.unit_code, u.invoice_id, sum(u.claimed_fen)
FROM invoice i
JOIN invoice_use u ON u.invoice_id = i.invoice_id
WHERE i.total_fen >= :min_amount_fen AND coalesce(i.kind, 'digital') NOT IN ('fiscal', 'toll', 'other')
  AND ((i.rate_micro < 1000000
        AND i.rate_micro NOT IN (0, 5000, 10000, 15000, 20000, 30000, 50000, 60000, 90000, 130000))
       OR abs(i.net_fen + i.tax_fen - i.total_fen) >= :min_difference_fen
       OR i.tax_fen * 1000000 - i.net_fen * 130000 >= :min_difference_fen * 1000000)
  AND u.claimed_fen > 0
GROUP BY u.unit_code, u.invoice_id
