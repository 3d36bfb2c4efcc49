WITH claim AS (
  SELECT i.invoice_id, i.total_fen, u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, u.invoice_id AS used
  FROM invoice_use u
  JOIN invoice i ON i.invoice_id = u.invoice_id
  WHERE i.total_fen > 0
  UNION ALL
  SELECT i.invoice_id, i.total_fen, u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, u.invoice_id
  FROM invoice r
  JOIN invoice i ON i.invoice_id = r.red_of
  JOIN invoice_use u ON u.invoice_id = r.invoice_id
  WHERE r.red_of IS NOT NULL AND u.claimed_fen < 0 AND i.total_fen > 0
),
suspect AS MATERIALIZED (
  SELECT invoice_id FROM claim WHERE claimed_fen > 0
  GROUP BY invoice_id
  HAVING sum(claimed_fen) - max(total_fen) >= :min_excess_fen
),
live AS MATERIALIZED (
  SELECT c.*
  FROM claim c
  WHERE c.invoice_id IN (SELECT invoice_id FROM suspect)
    AND NOT EXISTS (
      SELECT 1 FROM voucher_line v
      WHERE v.unit_code = c.unit_code AND v.voucher_no = c.voucher_no AND v.voucher_date = c.voucher_date
        AND v.voided)
),
running AS (
  SELECT l.*, sum(claimed_fen) OVER (PARTITION BY invoice_id) - total_fen AS excess_fen,
         sum(claimed_fen) OVER (PARTITION BY invoice_id ORDER BY voucher_date, unit_code, voucher_no, used
                                ROWS UNBOUNDED PRECEDING) - total_fen AS beyond_fen
  FROM live l
)
SELECT unit_code, invoice_id, min(sum(min(beyond_fen, claimed_fen)), max(excess_fen))
FROM running
WHERE claimed_fen > 0 AND beyond_fen > 0 AND excess_fen >= :min_excess_fen
GROUP BY invoice_id, unit_code
