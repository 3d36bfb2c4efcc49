WITH numbered AS (
  SELECT invoice_id, invoice_code IS NULL AS digital, strftime(issued_on, '%y') AS issue_year,
         CASE WHEN invoice_code IS NULL AND length(invoice_number) = 20 THEN invoice_number[1:2]
              WHEN length(invoice_code) = 10 THEN invoice_code[5:6]
              WHEN length(invoice_code) = 12 AND invoice_code[1:1] = '0' THEN invoice_code[6:7] END AS inner_year
  FROM invoice
  WHERE total_fen > 0 AND issued_on >= DATE '2000-01-01' AND coalesce(kind, 'digital') NOT IN ('fiscal', 'other')
)
SELECT u.unit_code, u.invoice_id, sum(u.claimed_fen)
FROM numbered n
JOIN invoice_use u USING (invoice_id)
WHERE inner_year BETWEEN '00' AND '99' AND ((digital AND inner_year <> issue_year) OR inner_year > issue_year)
GROUP BY u.unit_code, u.invoice_id
HAVING sum(u.claimed_fen) >= $min_amount_fen
