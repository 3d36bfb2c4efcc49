SELECT unit_code, payment_id, amount_fen
FROM payment
WHERE amount_fen >= $min_amount_fen
  AND amount_fen % $round_to_fen = 0
  AND (payee_name IN (SELECT name FROM person)
       OR (regexp_full_match(payee_name, '[\x{4e00}-\x{9fff}]{2,3}')
           AND NOT contains('店铺行轩阁坊部馆厅社站场', right(payee_name, 1))))
