WITH near AS (
  SELECT unit_code, payee_name, paid_on - DATE '1970-01-01' AS day, amount_fen, coalesce(id_no, payee_name) AS person,
         date_trunc('month', paid_on) AS month
  FROM service_fee
  WHERE amount_fen <= 80000 AND amount_fen * 100 >= 80000 * $near_pct AND coalesce(tax_withheld_fen, 0) = 0
),
counted AS (
  SELECT *, count(*) OVER (PARTITION BY unit_code, person, month) AS in_month,
         count(*) OVER (PARTITION BY unit_code, person ORDER BY day
                        RANGE BETWEEN $window_days PRECEDING AND CURRENT ROW) AS in_window
  FROM near
)
SELECT unit_code, min(payee_name), sum(amount_fen)
FROM counted
GROUP BY unit_code, person
HAVING sum(amount_fen) >= $min_total_fen
   AND (max(in_month) >= $min_in_month
        OR (max(in_window) >= $min_in_window AND min(amount_fen) < max(amount_fen)))
