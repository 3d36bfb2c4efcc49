WITH late AS (
  SELECT u.unit_code, u.voucher_no, u.voucher_date, u.claimed_fen, i.invoice_id
  FROM invoice i
  JOIN invoice_use u USING (invoice_id)
  WHERE i.issued_on - u.voucher_date >= $min_days AND i.total_fen > 0 AND u.claimed_fen >= $min_amount_fen
    AND NOT EXISTS (FROM invoice r WHERE r.seller_name = i.seller_name AND r.total_fen = -i.total_fen
                                     AND r.issued_on <= i.issued_on)
)
SELECT unit_code, invoice_id || ':' || voucher_no, any_value(claimed_fen)
FROM late
JOIN voucher_line v USING (unit_code, voucher_no, voucher_date)
GROUP BY unit_code, voucher_no, voucher_date, invoice_id
HAVING NOT bool_or(coalesce(v.voided, false))
   AND NOT bool_or(v.debit_fen > 0 AND v.account_code[1:4] IN ('1212', '1214', '1218', '1401', '1613'))
