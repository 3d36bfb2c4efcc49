"""Every example in the prose documentation runs, and prints what its page shows.

The blocks of one page run from top to bottom in one empty folder with copies of ``examples/`` and of the example
pack. What a block is follows from its first line:

- ``python``: run; all blocks of a page share their names. A ``text`` block right after it is what it prints.
- ``console``: commands after ``$``, run by the shell, each followed by what it prints.
- ``yaml xjk.yaml`` and the like, a language and a path: the block is written to that file; with ``+`` before the
  path it is added to its end.

Paths below the folder are shown from there, so that no page depends on a machine. ``pip install -e FOLDER`` makes the
pack in that folder an installed one for the commands after it; nothing is fetched.

A line with nothing but ``…`` stands for lines left out. ``python tests/docs/test_blocks.py --write`` runs every page
and puts the present output into it; ``… --write docs/tutorial/check-a-ledger.md`` does one page.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        ROOT / "docs" / "index.md",
        *(page for folder in ("tutorial", "how-to", "explanation") for page in (ROOT / "docs" / folder).rglob("*.md")),
    ]
)  # fmt: skip
LONG = frozenset(
    {
        "README.zh-CN.md",
        "docs/how-to/accept-a-finding.md",
        "docs/how-to/check-on-spark.md",
        "docs/how-to/publish-a-pack.md",
        "docs/how-to/simulate-a-district.md",
        "docs/how-to/test-a-rule-with-your-own-properties.md",
        "docs/how-to/write-a-rule.md",
        "docs/tutorial/check-a-ledger.zh-CN.md",
        "docs/tutorial/write-and-test-a-rule.zh-CN.md",
    }
)
"""Pages that take long, or that another language has as well; ``make docs`` runs them."""

RUN = [
    page for page in PAGES if os.environ.get("XJK_ALL_PAGES") or page.relative_to(ROOT).as_posix() not in LONG
]
"""Pages whose blocks are run."""

NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

FEWEST_PYTHON_BLOCKS = 31
FEWEST_COMMANDS = 100

COMMANDS = ("xjk", "cat", "cp", "echo", "grep", "head", "ls", "mkdir", "pytest", "rm", "sed")
"""Programs that console blocks run."""

NOT_RUN = ("cd", "git", "make", "pip", "python", "uv")
"""Programs that console blocks only show: they set up a machine, or take as long as the tests themselves."""

DATA = ("csv", "json", "markdown", "sql", "toml", "yaml")
"""Languages of blocks that are files; each names its file, so that nothing on a page is mere decoration."""

_EDITABLE = "pip install -e "
_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<text>.+?)\s*$", re.MULTILINE)
_LEFT_OUT = "…"
_MACHINE = re.compile(r"\bsqlite [0-9]+(?:\.[0-9]+)+|\bin [0-9]+\.[0-9]{2}s\b")
"""What depends on the machine; one text of it is as good as another."""


@dataclass(frozen=True)
class Block:
    """Be one fenced block of a page: its first line, its text, and where the text stands."""

    language: str
    file: str
    body: str
    start: int
    end: int

    @property
    def commands(self) -> list[str]:
        return [line[2:] for line in self.body.splitlines() if line.startswith("$ ")]


@dataclass
class Runner:
    """Run the blocks of one page in a folder, and keep what they print."""

    folder: Path
    page: str
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "page"})
    status: int = 0
    installed: list[str] = field(default_factory=list)

    def python(self, code: str, line: int) -> str:
        """Run a block where the page has it, so that errors name the page and its line."""
        printed = io.StringIO()
        program = compile("\n" * (line - 1) + code, self.page, "exec")
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            sys.path.insert(0, str(self.folder))
            try:
                exec(program, self.names)  # noqa: S102 - the documentation's own code
            finally:
                sys.path.remove(str(self.folder))
        return printed.getvalue()

    def command(self, command: str) -> str:
        """Run one command as a reader would type it; returns what both its streams show."""
        program = command.split(maxsplit=1)[0]
        if program not in COMMANDS:
            raise AssertionError(f"{self.page}: “{program}” is neither in COMMANDS nor in NOT_RUN")
        # pytest writes longer lines where it sees a continuous integration; a reader's terminal is none.
        foreign = ("XJK_", "PYTEST_", "CI", "BUILD_NUMBER")
        given = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        fixed = {
            "PATH": path,
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "100",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join(self.installed),
            # Fewer drawn books than a reader draws; what a page shows is the same.
            "PYTEST_ADDOPTS": "--xjk-examples=3",
        }
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],
            cwd=self.folder,
            env=given | fixed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        self.status = done.returncode
        return done.stdout.decode().replace(f"{self.folder}/", "")

    def install(self, project: str) -> None:
        """Do what ``pip install -e`` does with a pack: its metadata, its entry point, and its sources as they stand."""
        source = self.folder / project
        declared = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
        name, version = declared["name"], declared["version"]
        site = self.folder / ".site"
        metadata = site / f"{name.replace('-', '_')}-{version}.dist-info"
        metadata.mkdir(parents=True, exist_ok=True)
        (metadata / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8"
        )
        points = "".join(f"{key} = {module}\n" for key, module in declared["entry-points"]["xjk"].items())
        (metadata / "entry_points.txt").write_text(f"[xjk]\n{points}", "utf-8")
        self.installed = [str(site), str(source / "src")]


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    found = []
    for match in _BLOCK.finditer(text):
        language, _, file = match["info"].strip().partition(" ")
        found.append(Block(language, file.strip(), match["body"], match.start("body"), match.end("body")))
    return found


def rewritten(page: Path, folder: Path) -> str:
    """Run a page and return its text with the present outputs in it; the same text when nothing changed."""
    text = page.read_text("utf-8")
    furnish(text, folder)
    runner = Runner(folder, page.relative_to(ROOT).as_posix())
    parts: list[str] = []
    position, printed = 0, ""
    before: Block | None = None
    for block in blocks(text):
        body = block.body
        if block.file:
            target = folder / block.file.removeprefix("+")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("a" if block.file.startswith("+") else "w", encoding="utf-8") as file:
                file.write(body)
        elif block.language == "python":
            printed = runner.python(body, text.count("\n", 0, block.start) + 1)
        elif block.language == "console":
            body = "".join(f"{line}\n" for line in _transcript(runner, body))
        elif block.language == "text" and before is not None and before.language == "python":
            between = text[before.end + 3 : block.start].partition("```")[0]
            if not between.strip():
                body = "".join(f"{line}\n" for line in shown(body.splitlines(), _lines(printed)))
        if str(folder) in body:
            raise AssertionError(f"{runner.page} shows a path of this machine:\n{body}")
        parts += [text[position : block.start], body]
        position, before = block.end, block
    return "".join(parts) + text[position:]


def furnish(text: str, folder: Path) -> None:
    """Copy what the page mentions, so that nothing it does reaches the repository."""
    for name in ("examples/district", "examples/oxford", "plugins/xjk-example"):
        if name in text:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def _transcript(runner: Runner, body: str) -> Iterator[str]:
    """Yield a console block with each command followed by its present output."""
    command, old = "", list[str]()
    for line in [*body.splitlines(), "$ "]:
        if not line.startswith("$ "):
            old.append(line)
            continue
        if command:
            yield f"$ {command}"
            if command.startswith(_EDITABLE):
                runner.install(command.removeprefix(_EDITABLE))
                yield from old
            elif command.split(maxsplit=1)[0] in NOT_RUN:
                yield from old
            else:
                printed = runner.command(command)
                if "Traceback" in printed or (runner.status not in (0, 1) and line != "$ echo $?"):
                    raise AssertionError(f"{runner.page}: $ {command} ended with {runner.status}:\n{printed}")
                yield from shown(old, _lines(printed))
        command, old = line[2:], []


def _lines(printed: str) -> list[str]:
    """Return the lines of an output as a page shows them: no byte-order mark, nothing behind the last word."""
    printed = printed.replace("\ufeff", "")
    return [line.rstrip() for line in printed.rstrip().splitlines()]


def shown(old: Sequence[str], actual: Sequence[str]) -> list[str]:
    """Return what a page shows of an output: what it shows already when that fits, else the same excerpt of it."""
    if _fits(old, actual):
        return list(old)
    if _LEFT_OUT not in old:
        return list(actual)
    head = old.index(_LEFT_OUT)
    tail = list(reversed(old)).index(_LEFT_OUT)
    if head + tail >= len(actual):
        return list(actual)
    middle = list(old[head + 1 : len(old) - tail - 1])
    kept = [line for line in middle if line in actual]
    excerpt = [
        *actual[:head],
        _LEFT_OUT,
        *kept,
        *([_LEFT_OUT] if kept else []),
        *actual[len(actual) - tail :],
    ]
    return excerpt if _fits(excerpt, actual) else [*actual[:head], _LEFT_OUT, *actual[len(actual) - tail :]]


def _fits(pattern: Sequence[str], actual: Sequence[str]) -> bool:
    """Tell whether an output is as shown, where a lone ellipsis stands for one line or more."""
    wanted = [_MACHINE.sub("sqlite", line) for line in pattern]
    printed = "".join(f"{_MACHINE.sub('sqlite', line)}\n" for line in actual)
    regex = "".join(r"(?:.*\n)+?" if line == _LEFT_OUT else re.escape(line) + r"\n" for line in wanted)
    return re.fullmatch(regex, printed) is not None


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page as GitHub makes them."""
    found: set[str] = set()
    for match in _HEADING.finditer(_BLOCK.sub("", page.read_text("utf-8"))):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", match["text"])
        found.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_its_blocks_do(page: Path, tmp_path: Path) -> None:
    now = rewritten(page, tmp_path)
    assert page.read_text("utf-8") == now, "run: python tests/docs/test_blocks.py --write"


def test_enough_examples_run() -> None:
    found = [block for page in PAGES for block in blocks(page.read_text("utf-8"))]
    run = [command for block in found if block.language == "console" for command in block.commands]
    assert sum(block.language == "python" and not block.file for block in found) >= FEWEST_PYTHON_BLOCKS
    assert sum(command.split()[0] not in NOT_RUN for command in run) >= FEWEST_COMMANDS


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_blocks_are_code_that_runs_or_files_that_are_written(page: Path) -> None:
    for block in blocks(page.read_text("utf-8")):
        assert block.language in ("python", "console", "text", *DATA), f"what is ```{block.language}?"
        assert block.file or block.language not in DATA, f"```{block.language} names no file"
        assert block.language in (*DATA, "python") or not block.file, f"```{block.language} {block.file}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for match in _LINK.finditer(_BLOCK.sub("", page.read_text("utf-8"))):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (page.parent / target).resolve() if target else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(match["target"])
    assert lost == []


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {
        (index.parent / match["target"].partition("#")[0]).resolve()
        for match in _LINK.finditer(index.read_text("utf-8"))
    }
    assert [name for page, name in zip(PAGES, NAMES, strict=True) if name.startswith("docs/") and page != index
            and page not in linked] == []  # fmt: skip


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *(
            name
            for group in project["dependency-groups"].values()
            for name in group
            if not name.startswith("xjk")
        ),
        *project["build-system"]["requires"],
    ]
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text("utf-8").lower()
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in wanted}
    assert sorted(name for name in names if f"`{name}`" not in page) == []


@pytest.mark.parametrize(
    ("old", "actual", "expected"),
    [
        (["a", "…", "z"], ["a", "b", "z"], ["a", "…", "z"]),
        (["a", "…", "z"], ["b", "c", "d", "y"], ["b", "…", "y"]),
        (["a", "…", "k", "…", "z"], ["b", "c", "k", "d", "y"], ["b", "…", "k", "…", "y"]),
        (["a", "…", "k", "…", "z"], ["b", "c", "d", "y"], ["b", "…", "y"]),
        (["a", "…", "z"], ["b", "y"], ["b", "y"]),
        (["old"], ["new", "lines"], ["new", "lines"]),
        ([], ["new"], ["new"]),
        (["…"], ["x", "y"], ["…"]),
        (["a", "…"], ["b", "c"], ["b", "…"]),
        (["on sqlite 3.40.1", "…"], ["on sqlite 3.51.0", "c"], ["on sqlite 3.40.1", "…"]),
    ],
)
def test_an_excerpt_stays_an_excerpt_when_it_is_written_anew(
    old: list[str], actual: list[str], expected: list[str]
) -> None:
    assert expected == shown(old, actual)


def write(names: Sequence[str]) -> None:
    """Put the present outputs into pages; all pages when none is named."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        raise SystemExit(f"not a page: {', '.join(unknown)}")
    for page, name in zip(PAGES, NAMES, strict=True):
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory(prefix="xjk-docs-") as folder:
            now = rewritten(page, Path(folder))
        if now != page.read_text("utf-8"):
            page.write_text(now, "utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    if sys.argv[1:2] != ["--write"]:
        raise SystemExit("usage: python tests/docs/test_blocks.py --write [PAGE ...]")
    write(sys.argv[2:])
