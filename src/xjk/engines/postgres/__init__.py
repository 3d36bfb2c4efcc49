"""The engine of the extra ``postgres``: a ledger on a PostgreSQL server, or a finance system's own tables in place."""
