"""Find circles of payments among units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk import EvidenceKey, Hit, LedgerView, Params

# The largest payment speaks for its leg; ties are settled by the key, so every engine picks the same one.
LEGS = """
with paid as (
  select payment.unit_code as payer, party.unit_code as payee, payment.payment_key, payment.amount_fen
  from payment
  join party on party.name = payment.payee_name
  where party.unit_code <> payment.unit_code
),
ranked as (
  select payer, payee, payment_key,
    sum(amount_fen) over (partition by payer, payee) as total_fen,
    row_number() over (partition by payer, payee order by amount_fen desc, payment_key) as place
  from paid
)
select payer, payee, total_fen, payment_key
from ranked
where place = 1 and total_fen >= :min_amount_fen
order by payer, payee
"""

Graph = Mapping[str, Mapping[str, tuple[int, str]]]


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one Hit per circle, named from the unit whose code sorts first."""
    graph: dict[str, dict[str, tuple[int, str]]] = {}
    for row in ledger.query(LEGS, min_amount_fen=params.min_amount):
        leg = (int(row["total_fen"] or 0), str(row["payment_key"]))
        graph.setdefault(str(row["payer"]), {})[str(row["payee"])] = leg
    for start in graph:
        for route in circles(graph, (start,), params.max_units):
            legs = [graph[payer][payee] for payer, payee in zip(route, (*route[1:], start), strict=True)]
            circle = ">".join((*route, start))
            yield Hit(
                unit_code=start,
                subject=circle,
                amount_fen=min(total for total, _ in legs),
                evidence=tuple(EvidenceKey("payment", key, "leg") for _, key in legs),
                facts={"route": circle},
            )


def circles(graph: Graph, route: tuple[str, ...], longest: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways on from `route` that lead back to its first unit; that unit sorts first in its circle."""
    for payee in graph.get(route[-1], {}):
        if payee == route[0] and len(route) >= 3:
            yield route
        elif payee > route[0] and payee not in route and len(route) < longest:
            yield from circles(graph, (*route, payee), longest)
