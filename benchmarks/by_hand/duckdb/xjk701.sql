WITH claim AS (
  SELECT i.invoice_id, i.total_fen, u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, u.invoice_id AS used
  FROM invoice i
  JOIN invoice_use u USING (invoice_id)
  WHERE i.total_fen > 0
  UNION ALL
  SELECT i.invoice_id, i.total_fen, u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, u.invoice_id
  FROM invoice r
  JOIN invoice i ON i.invoice_id = r.red_of
  JOIN invoice_use u ON u.invoice_id = r.invoice_id
  WHERE u.claimed_fen < 0 AND i.total_fen > 0
),
live AS (
  SELECT * FROM claim ANTI JOIN voided USING (unit_code, voucher_no, voucher_date)
),
beyond AS (
  SELECT invoice_id, sum(claimed_fen) - any_value(total_fen) AS excess_fen
  FROM live
  GROUP BY invoice_id
  HAVING sum(claimed_fen) - any_value(total_fen) >= $min_excess_fen
),
running AS (
  SELECT l.*, b.excess_fen,
         sum(claimed_fen) OVER (PARTITION BY invoice_id ORDER BY voucher_date, unit_code, voucher_no, used
                                ROWS UNBOUNDED PRECEDING) - total_fen AS beyond_fen
  FROM live l
  JOIN beyond b USING (invoice_id)
)
SELECT unit_code, invoice_id, least(sum(least(beyond_fen, claimed_fen)), any_value(excess_fen))
FROM running
WHERE claimed_fen > 0 AND beyond_fen > 0
GROUP BY invoice_id, unit_code
