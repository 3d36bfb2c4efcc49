SELECT u.unit_code, e.uscc, sum(u.claimed_fen)
FROM invoice i
JOIN enterprise e ON e.uscc = i.seller_tax_id
JOIN invoice_use u ON u.invoice_id = i.invoice_id
WHERE i.total_fen > 0
  AND (julianday(e.founded_on) - julianday(i.issued_on) >= :min_days_before
       OR julianday(i.issued_on) - julianday(e.cancelled_on) >= :min_days_after)
  AND NOT EXISTS (
    SELECT 1 FROM voucher_line v
    WHERE v.unit_code = u.unit_code AND v.voucher_no = u.voucher_no AND v.voucher_date = u.voucher_date AND v.voided)
GROUP BY u.unit_code, e.uscc
HAVING sum(u.claimed_fen) >= :min_amount_fen
