-- One row per payment to a person whose amount is round and not small.
select
  payment.unit_code,
  payment.payment_id as subject,
  payment.amount_fen,
  payment.paid_on_day as from_day,
  payment.paid_on_day as to_day,
  payment.payment_key,
  payment.payee_name as payee_name,
  coalesce(payment.purpose, '') as purpose
from payment
join party on party.name = payment.payee_name
where party.kind = 'person'
  and payment.amount_fen >= :min_amount_fen
  and payment.amount_fen % :round_to_fen = 0
