SELECT u.unit_code, e.uscc, sum(u.claimed_fen)
FROM invoice i
JOIN enterprise e ON e.uscc = i.seller_tax_id
JOIN invoice_use u USING (invoice_id)
ANTI JOIN voided v ON v.unit_code = u.unit_code AND v.voucher_no = u.voucher_no AND v.voucher_date = u.voucher_date
WHERE i.total_fen > 0
  AND (e.founded_on - i.issued_on >= $min_days_before OR i.issued_on - e.cancelled_on >= $min_days_after)
GROUP BY u.unit_code, e.uscc
HAVING sum(u.claimed_fen) >= $min_amount_fen
