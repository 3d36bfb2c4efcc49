from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from tests.unit.rules.samples import CASES, SQL, write_rule

from xjk.cli import rules_mutate
from xjk.cli.console import Console
from xjk.hooks.catalogue import Catalogue
from xjk.rules.folder import read_rule

LOOSE = CASES.replace("999.99", "900.00")
SURVIVOR = "shift-down p.amount_fen >= :min_amount_fen"


def waiver(about: str) -> str:
    return f"waivers:\n  - check: RC05\n    about: {about}\n    why: {{zh: 分以下没有数据, en: Nothing is smaller}}\n"


class Mutate:
    """Runs the verb on one rule that is installed for the test."""

    def __init__(
        self, parent: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.parent, self.monkeypatch, self.capsys = parent, monkeypatch, capsys

    def __call__(self, lang: str = "en", waivers: str = "", **files: str | None) -> tuple[int, str]:
        folder = write_rule(self.parent, **files)  # type: ignore[arg-type]
        if waivers:
            (folder / "waivers.yaml").write_text(waivers, "utf-8")
        packs = Catalogue(rules=(read_rule(folder, "acme"),))
        self.monkeypatch.setattr(rules_mutate, "catalogue", lambda: packs)
        code = rules_mutate.run(Namespace(codes=["ACM101"], engine="sqlite"), Console(lang))  # type: ignore[arg-type]
        return code, self.capsys.readouterr().out


@pytest.fixture
def mutate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mutate:
    return Mutate(tmp_path, monkeypatch, capsys)


def test_a_rule_whose_cases_notice_everything_passes(mutate: Mutate) -> None:
    code, out = mutate()
    assert code == 0
    assert "3 changes: 3 noticed by a case, 0 waived, 0 unnoticed" in out


def test_a_survivor_is_told_with_line_change_and_remedy(mutate: Mutate) -> None:
    code, out = mutate(cases=LOOSE)
    assert code == 1
    assert (
        "rule.sql:4  p.amount_fen >= :min_amount_fen - 1 in place of p.amount_fen >= :min_amount_fen" in out
    )
    assert "needs a case one step beyond the bound" in out
    assert f'about: "{SURVIVOR}"' in out


def test_the_report_is_in_chinese_too(mutate: Mutate) -> None:
    _, out = mutate("zh", cases=LOOSE)
    assert "3 处改动，案例发现 2 处，豁免 0 处，未发现 1 处" in out
    assert "需要：一个刚好越过界限一步的案例" in out


def test_a_name_stands_in_a_waiver_as_it_is(mutate: Mutate) -> None:
    code, out = mutate(cases=LOOSE, waivers=waiver(SURVIVOR))
    assert code == 0
    assert "1 waived, 0 unnoticed" in out


def test_a_waiver_that_nothing_needs_is_told(mutate: Mutate) -> None:
    code, out = mutate(waivers=waiver(SURVIVOR))
    assert code == 1
    assert "is not needed any more" in out


def test_cases_that_do_not_hold_come_first(mutate: Mutate) -> None:
    code, out = mutate(cases=CASES.replace("p1,1000.00", "p1,1000.01", 1))
    assert code == 1
    assert "at_the_threshold does not hold" in " ".join(out.split())


def test_a_query_that_is_not_valid_costs_only_its_rule(mutate: Mutate) -> None:
    code, out = mutate(sql=SQL + "limit 1\n")
    assert code == 1
    assert "XJK-E303" in out


def test_a_rule_in_python_has_nothing_to_mutate(mutate: Mutate) -> None:
    code, out = mutate(sql=None, python="def detect(ledger, params):\n    return iter(())\n")
    assert code == 0
    assert "no SQL to mutate" in out
