"""Find the data files of one subject: the library's own first, then those of packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from xjk.errors import YamlError
from xjk.reference.yaml_file import read_yaml

Folder = Path | Traversable
"""A folder of data files: of the library, or one a pack names through the hook ``xjk_data``."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One YAML file and the name errors call it by."""

    path: Folder
    name: str

    def read(self) -> object:
        """Read the file, anew only when it changed; raises YamlError. What it returns is shared: do not change it."""
        if not isinstance(self.path, Path) or not self.path.is_file():
            return read_yaml(self.path, name=self.name)
        state = self.path.stat()
        return _read(self.path, self.name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, name: str, changed_at: int, size: int) -> object:  # noqa: ARG001 - they tell one state from another
    """Read a file in one of its states: every load needs the library's own data, 170 kB of YAML."""
    return read_yaml(path, name=name)


def core_folder() -> Traversable:
    """Return the folder of the library's own data."""
    return files("xjk.reference").joinpath("data")


def core_files(subject: str) -> tuple[DataFile, ...]:
    """Return the library's own files of a subject, sorted by name."""
    return tuple(_files_in(core_folder(), subject, "xjk/reference/data"))


def pack_files(subject: str, folders: Sequence[Folder]) -> tuple[DataFile, ...]:
    """Return the files of a subject in the folders of packs, in the order of the folders.

    A folder need not hold every subject. Raises YamlError if a folder does not exist.
    """
    found: list[DataFile] = []
    for folder in folders:
        if not folder.is_dir():
            raise YamlError(
                zh="数据文件夹不存在。",
                en="The data folder does not exist.",
                where=str(folder),
                hint_zh="检查规则包给出的路径。",
                hint_en="Check the path the pack gives.",
            )
        found += _files_in(folder, subject, str(folder))
    return tuple(found)


def _files_in(folder: Folder, subject: str, shown: str) -> Iterator[DataFile]:
    """Yield ``subject.yaml`` and ``subject_*.yaml``, then what lies in the folder ``subject``."""
    for child in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if child.name == f"{subject}.yaml" or (
            child.name.startswith(f"{subject}_") and child.name.endswith(".yaml")
        ):
            yield DataFile(child, f"{shown}/{child.name}")
    inner = folder.joinpath(subject)
    if inner.is_dir():
        for child in sorted(inner.iterdir(), key=lambda entry: entry.name):
            if child.name.endswith(".yaml"):
                yield DataFile(child, f"{shown}/{subject}/{child.name}")
