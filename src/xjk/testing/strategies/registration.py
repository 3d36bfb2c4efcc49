"""What Hypothesis runs when it is imported, so that ``st.from_type(VoucherLine)`` works.

Every process that imports Hypothesis pays for this module, so it imports no model. Classes are registered when the
module that defines them is imported, and strategies are built when one is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_MODELS = "xjk.models."


def register() -> None:
    """Register the models that are already imported, and the others as soon as they are."""
    if any(isinstance(finder, _Watch) for finder in sys.meta_path):
        return
    for name, module in tuple(sys.modules.items()):
        if name.startswith(_MODELS):
            _register_classes(module)
    sys.meta_path.insert(0, _Watch())


class _Watch(MetaPathFinder):
    """Notice when a module of models is imported; finding it is left to the other finders."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what the others find, with a loader that registers the classes of the module."""
        if not name.startswith(_MODELS):
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        found = next((spec for other in others if (spec := other.find_spec(name, path, target))), None)
        if found is not None and found.loader is not None:
            found.loader = _Registering(found.loader)
        return found


class _Registering(Loader):
    """Load a module as its own loader does, then register its classes."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Create the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its own loader back, run it and register its classes."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _register_classes(module)


def _register_classes(module: ModuleType) -> None:
    """Register the public classes that a module defines."""
    import xjk.models

    for name, found in tuple(vars(module).items()):
        if isinstance(found, type) and found.__module__ == module.__name__ and name in xjk.models.__all__:
            _register(found)


def _register(kind: type) -> None:
    from hypothesis import strategies as st

    def drawn(asked: type) -> st.SearchStrategy[object]:
        from xjk.testing.strategies.instances import models

        return models(asked)

    st.register_type_strategy(kind, drawn)
