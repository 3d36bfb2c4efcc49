"""The process behind RC11: what a rule may do in it, and what it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

import pytest
from tests.unit.testing.contract import zoo

from xjk import catalogue_of
from xjk.errors import RuleError
from xjk.models.rule import Rule
from xjk.rules.folder import read_rule
from xjk.testing.contract.checks.isolation import deterministic
from xjk.testing.contract.subject import Breach, Subject

PACKS = catalogue_of({"zoo": zoo})
CASE = """  {name}:
    payment: |
      payment_id,unit_code,paid_on,amount,payee_name,purpose
      P1,U1,2024-09-10,{amount},甲,{name}
"""
FINDINGS = """    findings: [{unit_code: U1, subject: P1, amount: "5.00", evidence: ["payment:P1"]}]
"""
QUIET = """    why: {zh: 无, en: nothing}
"""
RULE = """from pathlib import Path

from xjk import EvidenceKey, Hit


def detect(ledger, params):
    for row in ledger.query("select unit_code, payment_id, amount_fen, purpose from payment where amount_fen > 0"):
        yield Hit(
            unit_code=row["unit_code"],
            subject=row["payment_id"],
            amount_fen=row["amount_fen"],
            evidence=(EvidenceKey("payment", row["payment_id"]),),
            facts={"seen": str(globals()[row["purpose"]](ledger))},
        )
"""

ALLOWED = {
    "a module of the standard library not loaded yet": "import colorsys; return colorsys.rgb_to_hsv(1, 0, 0)",
    "a package of the standard library not loaded yet": "import wsgiref.util; return wsgiref.util.guess_scheme({})",
    "a compiled module": "import unicodedata; return unicodedata.name('甲')",
    "a library that reads the clock when it is imported": "import sqlglot.executor; return 0",
    "its own folder": "return len(Path(__file__).read_text('utf-8'))",
    "measuring how long it takes": "import time; time.perf_counter(); time.monotonic(); return 0",
    "converting a given time": "import time; return time.strftime('%Y', time.gmtime(0)) + time.asctime(time.gmtime(5))",
    "dates that are given": "from datetime import date, datetime; return [date(2024, 1, 1), date.fromisoformat('2024-01-01'), isinstance(ledger.as_of, date), datetime(2024, 1, 1).date() == date(2024, 1, 1)]",
    "seeded draws": "import random; return random.Random(1).random()",
    "sorted sets": "return sorted({'甲', '乙', '丙'})",
}

REFUSED = {
    "today": ("from datetime import date; date.today()", "clock"),
    "today by the module": ("import datetime; datetime.datetime.today()", "clock"),
    "now": ("from datetime import datetime, UTC; datetime.now(UTC)", "clock"),
    "the time": ("from time import time; time()", "clock"),
    "the time in nanoseconds": ("import time; time.time_ns()", "clock"),
    "the local time": ("import time; time.localtime()", "clock"),
    "the date as text": ("import time; time.strftime('%Y')", "clock"),
    "the time through the standard library": ("from email.utils import formatdate; formatdate()", "clock"),
    "a file to read": ("open('/etc/hostname')", "files: /etc/hostname"),
    "a file beside its folder": ("(Path(__file__).parent.parent / 'list.txt').read_text()", "files"),
    "a file through its folder": ("(Path(__file__).parent / '..' / 'list.txt').read_text()", "files"),
    "a file of a folder whose name begins alike": ("Path(str(Path(__file__).parent) + '_more', 'list.txt').read_text()", "files"),
    "a file to write in its own folder": ("(Path(__file__).parent / 'log.txt').write_text('x')", "files"),
    "a temporary file": ("import tempfile; tempfile.mkdtemp()", "ledger"),
    "a folder": ("import os; os.listdir('/')", "ledger: os.listdir"),
    "a socket": ("import socket; socket.socket()", "ledger: socket"),
    "a name of a machine": ("import socket; socket.getaddrinfo('localhost', 1)", "ledger: socket"),
    "a process": ("import subprocess; subprocess.run(['true'])", "ledger: subprocess"),
    "a shell": ("import os; os.system('true')", "ledger: os.system"),
    "another database": ("import sqlite3; sqlite3.connect(':memory:')", "ledger: sqlite3.connect"),
}  # fmt: skip


DIFFERENT = {
    "the order of a set": "return list({'甲', '乙', '丙', '丁', '戊', '己'})",
    "chance": "import random; return random.random()",
    "a random identifier": "import uuid; return uuid.uuid4()",
    "a hash": "return hash('甲')",
    "the time zone of the machine": "from datetime import datetime; return datetime.fromtimestamp(0).hour",
}

FAILING = {"an error": "return {}[1]"}


def rule_that(folder: Path, bodies: Mapping[str, str], top: str = "") -> Rule:
    """Write a rule with a must-flag case for each function body, by the name of case and function."""
    known = next(known for known in PACKS.rules if known.code == "ZOO091")
    there = folder / Path(known.folder).name
    there.mkdir()
    (there / "rule.md").write_text((Path(known.folder) / "rule.md").read_text("utf-8"), "utf-8")
    flagged = "".join(CASE.format(name=name, amount="5.00") + FINDINGS for name in bodies)
    quiet = "".join(CASE.format(name=name, amount="0.00") + QUIET for name in ("quiet_one", "quiet_two"))
    (there / "cases.yaml").write_text(f"must_flag:\n{flagged}must_not_flag:\n{quiet}", "utf-8")
    functions = "".join(f"\n\ndef {name}(ledger):\n{indent(body, '    ')}\n" for name, body in bodies.items())
    (there / "rule.py").write_text(top + RULE + functions, "utf-8")
    return read_rule(there, "zoo")


def told(rule: Rule) -> tuple[Breach, ...]:
    return tuple(deterministic(Subject(rule, PACKS)))


def name_of(trick: str) -> str:
    return f"try_{trick.replace(' ', '_').replace('-', '_')}"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rule, Mapping[str, Breach]]:
    """Try everything at once, since each rule takes two processes: the rule, and its breaches by case."""
    bodies = {
        **{
            trick: f"try:\n    {code}\nexcept Exception:\n    return 0"
            for trick, (code, _) in REFUSED.items()
        },
        **ALLOWED,
        **DIFFERENT,
        **FAILING,
    }
    rule = rule_that(
        tmp_path_factory.mktemp("tried"), {name_of(trick): body for trick, body in bodies.items()}
    )
    return rule, {breach.where: breach for breach in told(rule)}


Tried = tuple[Rule, Mapping[str, Breach]]


@pytest.mark.parametrize("trick", ALLOWED)
def test_a_rule_may_use(tried: Tried, trick: str) -> None:
    assert tried[1].get(name_of(trick)) is None


@pytest.mark.parametrize("trick", REFUSED)
def test_a_rule_is_refused_even_when_it_catches_the_error(tried: Tried, trick: str) -> None:
    rule, breaches = tried
    code, wanted = REFUSED[trick]
    lines = (Path(rule.folder) / "rule.py").read_text("utf-8").splitlines()
    breach = breaches[name_of(trick)]
    assert wanted in breach.what.en
    assert "不得" in breach.what.zh
    assert f"{rule.folder}/rule.py:{lines.index(f'        {code}') + 1} " in breach.what.en


@pytest.mark.parametrize("trick", DIFFERENT)
def test_what_differs_between_processes_is_found(tried: Tried, trick: str) -> None:
    breach = tried[1][name_of(trick)]
    assert "Two processes" in breach.what.en
    assert "两个进程" in breach.what.zh


def test_an_error_of_the_rule_is_told_with_its_line(tried: Tried) -> None:
    rule, breaches = tried
    breach = breaches[name_of("an error")]
    assert "KeyError" in breach.what.en
    assert f"{rule.folder}/rule.py:" in breach.what.zh


def test_what_is_read_while_the_rule_is_imported_is_refused_too(tmp_path: Path) -> None:
    rule = rule_that(
        tmp_path, {"see": "return TODAY"}, top="from datetime import date\n\nTODAY = date.today()\n"
    )
    (breach,) = told(rule)
    assert "clock" in breach.what.en
    assert f"{rule.folder}/rule.py:3 " in breach.what.en


def test_a_rule_that_ends_the_process_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="ended early"):
        told(rule_that(tmp_path, {"leave": "import os; os._exit(3)"}))
