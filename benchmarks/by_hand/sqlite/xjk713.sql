WITH claimed AS (
  SELECT u.unit_code, i.invoice_id, i.issued_on, julianday(i.issued_on) AS day, i.seller_name, i.seller_tax_id,
         sum(u.claimed_fen) AS claimed_fen
  FROM invoice i
  JOIN invoice_use u ON u.invoice_id = i.invoice_id
  WHERE i.total_fen < :limit_amount_fen AND i.total_fen * 100 >= :limit_amount_fen * :near_pct
  GROUP BY u.unit_code, i.invoice_id
  HAVING sum(u.claimed_fen) > 0
),
windowed AS (
  SELECT *, count(*) OVER (PARTITION BY unit_code, seller_tax_id ORDER BY day
                           RANGE BETWEEN :within_days PRECEDING AND CURRENT ROW) AS before
  FROM claimed
),
clustered AS (
  SELECT *, max(before) OVER (PARTITION BY unit_code, seller_tax_id ORDER BY day
                              RANGE BETWEEN CURRENT ROW AND :within_days FOLLOWING) AS together
  FROM windowed
)
SELECT unit_code, seller_tax_id, sum(claimed_fen)
FROM clustered k
WHERE together >= :min_invoices
  AND NOT EXISTS (
    SELECT 1 FROM contract o
    WHERE o.unit_code = k.unit_code AND o.amount_fen >= :limit_amount_fen
      AND (o.party_uscc = k.seller_tax_id OR o.party_name = k.seller_name)
      AND coalesce(o.signed_on, o.starts_on, k.issued_on) <= k.issued_on
      AND date(coalesce(o.ends_on, k.issued_on), '+' || :after_contract_days || ' days') >= k.issued_on)
GROUP BY unit_code, seller_tax_id
HAVING count(*) >= :min_invoices
