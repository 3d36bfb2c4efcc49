WITH late AS MATERIALIZED (
  SELECT u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, i.invoice_id
  FROM invoice_use u
  JOIN invoice i ON i.invoice_id = u.invoice_id
  WHERE i.issued_on > u.voucher_date AND julianday(i.issued_on) - julianday(u.voucher_date) >= :min_days
    AND i.total_fen > 0 AND u.claimed_fen >= :min_amount_fen
    AND NOT EXISTS (
      SELECT 1 FROM invoice r
      WHERE r.seller_name = i.seller_name AND r.total_fen = -i.total_fen AND r.issued_on <= i.issued_on)
)
SELECT l.unit_code, l.invoice_id || ':' || l.voucher_no, max(l.claimed_fen)
FROM late l
JOIN voucher_line v ON v.unit_code = l.unit_code AND v.voucher_no = l.voucher_no AND v.voucher_date = l.voucher_date
GROUP BY l.unit_code, l.voucher_no, l.voucher_date, l.invoice_id
HAVING max(coalesce(v.voided, 0)) = 0
   AND max(v.debit_fen > 0 AND substr(v.account_code, 1, 4) IN ('1212', '1214', '1218', '1401', '1613')) = 0
