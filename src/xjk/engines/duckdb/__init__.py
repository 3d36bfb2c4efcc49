"""The engine for large books on one machine: DuckDB, with the extra ``duckdb``."""
