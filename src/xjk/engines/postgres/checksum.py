"""The checksum of a relation, added up on the PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable

from xjk.ledger.checksum import SEPARATOR, Checksum, row_values
from xjk.ledger.relations import Relation
from xjk.ledger.store import Rows


def server_checksum(query: Callable[[str], Rows], relation: Relation) -> Checksum:
    """Add up the digests of a relation's rows; see ``xjk.ledger.checksum``. PostgreSQL reads 64 bits as signed."""
    halves = ", ".join(
        f"coalesce(sum(mod(('x' || substr(digest, {start}, 16))::bit(64)::bigint::numeric + 18446744073709551616, "
        "18446744073709551616)), 0)"
        for start in (1, 17)
    )
    text = f"concat_ws('{SEPARATOR}', {', '.join(row_values(relation, 'text'))})"
    digests = f"SELECT encode(sha256(convert_to({text}, 'UTF8')), 'hex') AS digest FROM {relation.name}"
    ((count, first, second),) = query(f"SELECT count(*), {halves} FROM ({digests}) AS digests")
    return Checksum(int(count or 0), int(first or 0), int(second or 0))
