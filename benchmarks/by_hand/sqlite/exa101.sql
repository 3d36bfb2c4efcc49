SELECT unit_code, payment_id, amount_fen
FROM payment
WHERE amount_fen >= :min_amount_fen
  AND amount_fen % :round_to_fen = 0
  AND (payee_name IN (SELECT name FROM person)
       OR (length(payee_name) IN (2, 3) AND payee_name NOT GLOB '*[^一-鿿]*'
           AND payee_name NOT GLOB '*[店铺行轩阁坊部馆厅社站场]'))
