"""A run says what it found and what did not run; one bad rule costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.rules.samples import FRONT
from tests.unit.runner.books import packs, payment, payments, rule

from xjk import Ledger, RunResult, check, load
from xjk.errors import ConfigError, UnknownRuleError
from xjk.models.masking import mask
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.runner.config import Config, Limits
from xjk.runner.evidence import TRACES

BOOKS = payments(payment("p1", "1000.00"), payment("p2", "999.99"), payment("p3", "5000.00", unit="U2"))
NEVER_ENDS = """
with a as (select p.amount_fen as n from payment p), b as (select x.n from a x, a y, a z, a u, a v, a w),
c as (select x.n from b x, b y, b z)
select 'U1' as unit_code, 'x' as subject, sum(x.n + y.n) as amount_fen, max(p.payment_key) as payment_key
from c x, c y, payment p where p.amount_fen >= :min_amount_fen
"""


def run(ledger: Ledger, *rules: Rule, **options: object) -> RunResult:
    return check(ledger, packs=packs(*rules), **options)  # type: ignore[arg-type]


def test_findings_are_complete_and_ordered(tmp_path: Path) -> None:
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path))
    assert [(f.unit_code, f.subject, f.amount, f.unit_name) for f in result.findings] == [
        ("U1", "p1", "1000.00", "甲局"),
        ("U2", "p3", "5000.00", "乙局"),
    ]
    first = result.findings[0]
    assert first.message == "支付1000.00元，请核实。"
    assert first.params == {"min_amount": "1000.00"}
    assert first.basis[0].title
    assert [(e.table, e.key, e.source.row if e.source else 0) for e in first.evidence] == [
        ("payment", "p1", 1)
    ]
    assert result.run.as_of == "2024-03-01"
    assert result.exit_code() == 1
    assert result.exit_code("serious") == 0


@pytest.mark.parametrize(
    ("sql", "python", "says"),
    [
        ("selekt 1", None, "rule.sql"),
        (
            "select unit_code, payment_id as subject, amount_fen, payment_key from no_such where :min_amount_fen > 0",
            None,
            "no_such",
        ),
        (
            None,
            "def detect(ledger, params):\n    raise ValueError('broken rule')\n    yield\n",
            "broken rule",
        ),
        (None, "def detect(ledger, params):\n    yield 1\n", "Hit"),
        (None, "def detect(ledger, params)\n    pass\n", "rule.py:1"),
        (None, "import no_such_module_here\n", "no_such_module_here"),
        (
            None,
            "def detect(ledger, params):\n    ledger.query('delete from payment')\n    yield\n",
            "not allowed",
        ),
        (
            None,
            "def detect(ledger, params):\n    ledger.query(\"attach 'x.db' as x\")\n    yield\n",
            "not allowed",
        ),
        (
            None,
            "def detect(ledger, params):\n    ledger.query('pragma user_version = 3')\n    yield\n",
            "not allowed",
        ),
        (
            None,
            "def detect(ledger, params):\n    ledger.query('select 1; select 2')\n    yield\n",
            "not allowed",
        ),
    ],
)
def test_a_bad_rule_fails_alone_and_makes_the_run_incomplete(
    tmp_path: Path, sql: str | None, python: str | None, says: str
) -> None:
    good = rule(tmp_path / "good")
    bad = rule(tmp_path / "bad", "ACM102", sql=sql, python=python)
    with load(BOOKS) as ledger:
        result = run(ledger, good, bad)
        again = run(ledger, good)
    assert {r.rule_id: r.status for r in result.coverage.rules} == {"ACM101": "ran", "ACM102": "failed"}
    failed = result.coverage.of("failed")[0]
    assert failed.error is not None
    assert says in failed.error.en
    assert "acm102_round_payment" in failed.error.en
    assert result.exit_code() == 3
    assert result.findings == again.findings


def test_a_rule_that_never_ends_is_stopped_and_the_others_go_on(tmp_path: Path) -> None:
    endless = rule(tmp_path / "bad", "ACM100", sql=NEVER_ENDS)
    books = payments(*(payment(f"p{number}", "1000.00") for number in range(60)))
    with load(books) as ledger:
        result = run(ledger, endless, rule(tmp_path / "good"), config=Config(limits=Limits(seconds=0.2)))
    assert [r.status for r in result.coverage.rules] == ["failed", "ran"]
    assert "0.2" in (result.coverage.rules[0].error or pytest.fail("no error")).zh
    assert len(result.findings) == 60


def test_a_python_rule_that_never_ends_is_stopped_too(tmp_path: Path) -> None:
    endless = rule(
        tmp_path / "bad",
        "ACM100",
        python="def detect(ledger, params):\n    while True:\n        pass\n    yield\n",
    )
    with load(BOOKS) as ledger:
        result = run(ledger, endless, rule(tmp_path / "good"), config=Config(limits=Limits(seconds=0.2)))
    assert [r.status for r in result.coverage.rules] == ["failed", "ran"]
    assert "0.2" in str(result.coverage.rules[0].error)


def test_a_parameter_takes_the_standard_of_the_region_and_the_users_own(tmp_path: Path) -> None:
    front = FRONT.replace('    default: "1000.00"\n', "    standard: labour_tax_free\n")
    chosen = rule(tmp_path, front=front)
    with load(BOOKS) as ledger:
        assert run(ledger, chosen).findings[0].params == {"min_amount": "800.00"}
    with load(BOOKS, standards={"labour_tax_free": "2000.00"}) as ledger:
        assert run(ledger, chosen).findings[0].params == {"min_amount": "2000.00"}


def test_a_rule_with_too_many_findings_has_failed(tmp_path: Path) -> None:
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path), config=Config(limits=Limits(findings=1)))
    assert [r.status for r in result.coverage.rules] == ["failed"]
    assert result.findings == ()


def test_a_rule_without_its_table_or_column_is_skipped_and_named(tmp_path: Path) -> None:
    needs = FRONT.replace(
        "payment: [unit_code, amount, payee_name]", "payment: [purpose]\n  invoice: [seller_name]"
    )
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path, front=needs))
    (told,) = result.coverage.rules
    assert told.status == "skipped"
    assert told.missing == ("payment.purpose", "invoice")
    assert result.exit_code() == 0
    assert result.exit_code(strict=True) == 3


def test_a_message_naming_a_fact_that_is_not_returned_fails_the_rule(tmp_path: Path) -> None:
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path, front=FRONT.replace("支付{amount}元", "支付{no_such}元")))
    assert "no_such" in str(result.coverage.rules[0].error)


def test_parameters_come_from_the_configuration_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    chosen = rule(tmp_path)
    with load(BOOKS) as ledger:
        tight = run(ledger, chosen, config=Config(rules={"ACM101": {"min_amount": "1000.01"}}))
        assert [f.subject for f in tight.findings] == ["p3"]
        refused: tuple[dict[str, dict[str, str]], ...] = (
            {"ACM101": {"min_amont": "1"}},
            {"ACM101": {"min_amount": "0.50"}},
            {"ACM999": {}},
        )
        for wrong in refused:
            with pytest.raises(ConfigError):
                run(ledger, chosen, config=Config(rules=wrong))
        with pytest.raises(UnknownRuleError):
            run(ledger, chosen, select=["ACM9"])


def test_same_input_gives_the_same_bytes_whatever_the_row_order(tmp_path: Path) -> None:
    chosen = rule(tmp_path)
    dumps = []
    for rows in (BOOKS["payment"], BOOKS["payment"][::-1]):
        with load({"payment": rows, "unit": BOOKS["unit"]}) as ledger:
            result = run(ledger, chosen)
            stripped = [f.model_copy(update={"evidence": ()}) for f in result.findings]
            dumps.append((result.run.data_hash, stripped))
    assert dumps[0] == dumps[1]


def test_a_run_result_survives_json(tmp_path: Path) -> None:
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path))
    assert RunResult.model_validate_json(result.model_dump_json()) == result


def test_personal_data_is_masked_unless_asked_for(tmp_path: Path) -> None:
    card, number = "6222021234567890128", "11010519491231002X"
    books = payments(payment("p1", "2000.00", payee_account=card, purpose=f"劳务 {number}"))
    sql = """select p.unit_code, p.payee_account as subject, p.amount_fen, p.purpose as purpose, p.payment_key
    from payment p where p.amount_fen >= :min_amount_fen"""
    with load(books) as ledger:
        masked = run(ledger, rule(tmp_path, sql=sql)).findings[0]
        clear = run(ledger, rule(tmp_path / "again", sql=sql), unmask=True).findings[0]
    assert card not in masked.model_dump_json()
    assert number not in masked.model_dump_json()
    assert (clear.subject, clear.facts["purpose"]) == (card, f"劳务 {number}")
    assert masked.finding_id == clear.finding_id
    (row,) = clear.evidence
    assert (row.day, row.amount, row.party, row.account) == ("2024-03-01", "2000.00", "丙公司", card)
    assert masked.evidence[0].account == mask(card)


def test_every_table_with_a_trace_names_columns_it_has() -> None:
    for table, trace in TRACES.items():
        assert TABLES[table].columns()[trace.day].name == "date"
        assert all(TABLES[table].columns()[amount].name == "money" for amount in trace.amounts)
        assert {trace.party, trace.account} - {""} <= set(TABLES[table].columns())


def test_english_runs_are_in_english(tmp_path: Path) -> None:
    with load(BOOKS) as ledger:
        result = run(ledger, rule(tmp_path), lang="en")
    assert result.findings[0].title == "Round payment"
    assert result.findings[0].message == "1000.00 yuan were paid. To be verified."
