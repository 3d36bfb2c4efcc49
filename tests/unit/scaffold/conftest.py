"""A created pack, and a way to load it as the library does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.scaffold.pack import new_pack


@pytest.fixture(scope="session")
def installed() -> Catalogue:
    """Return what is installed."""
    return catalogue()


@pytest.fixture
def pack(tmp_path: Path, installed: Catalogue) -> Iterator[Path]:
    """Return the folder of a new pack named city."""
    yield new_pack("city", tmp_path, installed=installed)
