"""Generated files: JSON Schemas and the data dictionary (``schemas/``), and the reference (``docs/reference/``)."""

from __future__ import annotations

from xjk.schema.reference import check_reference, write_reference
from xjk.schema.schemas import check, write

__all__ = ["check", "check_reference", "write", "write_reference"]
