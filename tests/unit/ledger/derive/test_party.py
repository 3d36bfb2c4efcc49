from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xjk.ledger.derive.names import normal_name
from xjk.ledger.derive.party import derive_party
from xjk.ledger.store import Store
from xjk.models.identifiers import organisation_check_character, uscc_check_character

Tables = Mapping[str, Sequence[Mapping[str, str]]]
Ledger = Callable[[Tables], AbstractContextManager[Store]]


class _Party(NamedTuple):
    key: object
    normal: object
    kind: object
    unit_code: object
    uscc: object


def _uscc(number: int, category: str = "91") -> str:
    inner = f"{number:08d}"
    body = f"{category}110000{inner}{organisation_check_character(inner)}"
    return body + uscc_check_character(body)


def _parties(store: Store) -> dict[object, _Party]:
    derive_party(store)
    rows = store.query("SELECT name, party_key, normal_name, kind, unit_code, uscc FROM party")
    return {row[0]: _Party(*row[1:]) for row in rows}


def _paid(*names: str) -> Tables:
    return {"payment": [{"payee_name": name} for name in names]}


def test_names_of_every_party_column_have_one_row_each(ledger: Ledger) -> None:
    tables = {
        "payment": [{"payee_name": "甲有限公司"}, {"payee_name": "甲有限公司"}],
        "invoice": [{"seller_name": "乙有限公司", "drawer": "王小明"}],
        "attendance": [{"person_name": "李小红"}],
        "unit": [{"unit_code": "U1", "name": "东阳县财政局"}],
    }
    with ledger(tables) as store:
        derive_party(store)
        names = [row[0] for row in store.query("SELECT name FROM party ORDER BY name")]

    assert len(names) == len(set(names))
    assert {"甲有限公司", "乙有限公司", "王小明", "李小红", "东阳县财政局"} <= set(names)


def test_spellings_of_one_party_share_key_and_kind(ledger: Ledger) -> None:
    spellings = [
        "东阳（城关）建设有限公司",
        "东阳(城关) 建设有限责任公司",
        "东阳【城关】建设有限公司 ",
        "东阳城关建设有限公司",
    ]
    with ledger(_paid(*spellings)) as store:
        parties = _parties(store)

    assert {(party.key, party.kind) for party in parties.values()} == {
        ("name:东阳城关建设有限公司", "company")
    }


def test_a_valid_credit_code_is_the_key_and_joins_former_names(ledger: Ledger) -> None:
    code = _uscc(1)
    tables = {
        "enterprise": [{"uscc": code, "name": "新阳建设有限公司", "kind": "company"}],
        "invoice": [{"seller_name": "旧阳建设有限公司", "seller_tax_id": code, "buyer_name": "别家有限公司"}],
        "payment": [{"payee_name": "新阳建设有限责任公司"}],
    }
    with ledger(tables) as store:
        parties = _parties(store)

    assert parties["旧阳建设有限公司"].key == parties["新阳建设有限责任公司"].key == f"uscc:{code}"
    assert parties["旧阳建设有限公司"].uscc == code
    assert parties["别家有限公司"].key == "name:别家有限公司"


def test_a_credit_code_that_fails_its_check_is_not_used(ledger: Ledger) -> None:
    wrong = _uscc(1)[:-1] + ("0" if _uscc(1)[-1] != "0" else "1")
    with ledger({"invoice": [{"seller_name": "甲有限公司", "seller_tax_id": wrong}]}) as store:
        assert _parties(store)["甲有限公司"].key == "name:甲有限公司"


def test_a_name_with_two_credit_codes_is_told_by_its_name(ledger: Ledger) -> None:
    tables = {
        "enterprise": [{"uscc": _uscc(n), "name": "便民超市", "kind": "sole_trader"} for n in (1, 2)],
        "invoice": [{"seller_name": "便民超市", "seller_tax_id": _uscc(1)}],
    }
    with ledger(tables) as store:
        party = _parties(store)["便民超市"]

    assert (party.key, party.uscc, party.kind) == ("name:便民超市", None, "sole_trader")


def test_the_registry_is_believed_before_an_invoice(ledger: Ledger) -> None:
    tables = {
        "enterprise": [{"uscc": _uscc(1), "name": "甲有限公司"}],
        "invoice": [{"seller_name": "甲有限公司", "seller_tax_id": _uscc(2)}],
    }
    with ledger(tables) as store:
        assert _parties(store)["甲有限公司"].uscc == _uscc(1)


def test_a_unit_is_known_by_name_and_by_credit_code(ledger: Ledger) -> None:
    tables = {
        "unit": [
            {"unit_code": "U1", "name": "东阳县财政局", "kind": "administrative"},
            {"unit_code": "U2", "name": "东阳县招待所", "kind": "public_institution", "uscc": _uscc(2, "12")},
        ],
        "payment": [{"payee_name": "东阳县 财政局"}],
        "invoice": [{"seller_name": "东阳县人民政府招待所", "seller_tax_id": _uscc(2, "12")}],
    }
    with ledger(tables) as store:
        parties = _parties(store)

    assert parties["东阳县 财政局"][:1] + parties["东阳县 财政局"][2:] == (
        "unit:U1",
        "public_body",
        "U1",
        None,
    )
    assert parties["东阳县人民政府招待所"].unit_code == "U2"
    assert parties["东阳县人民政府招待所"].kind == "public_body"


def test_a_name_two_units_bear_is_neither(ledger: Ledger) -> None:
    units = [{"unit_code": code, "name": "财政所", "kind": "administrative"} for code in ("U1", "U2")]
    with ledger({"unit": units}) as store:
        party = _parties(store)["财政所"]

    assert (party.key, party.unit_code) == ("name:财政所", None)


def test_the_registered_kind_goes_before_what_the_name_looks_like(ledger: Ledger) -> None:
    tables = {
        "enterprise": [
            {"uscc": _uscc(1), "name": "城关大酒店", "kind": "sole_trader"},
            {"uscc": _uscc(2), "name": "金来喜", "kind": "company"},
            {"uscc": _uscc(3), "name": "东阳农村商业银行", "kind": "company"},
            {"uscc": _uscc(4), "name": "城关职业学校", "kind": "other"},
        ]
    }
    with ledger(tables) as store:
        kinds = {name: party.kind for name, party in _parties(store).items()}

    assert kinds["城关大酒店"] == "sole_trader"
    assert kinds["金来喜"] == "company"
    assert kinds["东阳农村商业银行"] == "bank"
    assert kinds["城关职业学校"] == "public_body"


def test_staff_are_persons_even_when_a_shop_bears_their_name(ledger: Ledger) -> None:
    tables = {
        "person": [{"name": "王小明"}],
        "enterprise": [{"uscc": _uscc(1, "92"), "name": "王小明", "kind": "sole_trader"}],
        "payment": [{"payee_name": "王 小明"}],
    }
    with ledger(tables) as store:
        party = _parties(store)["王 小明"]

    assert (party.key, party.kind, party.uscc) == ("person:王小明", "person", None)


def test_a_rare_name_in_a_column_of_people_is_a_person(ledger: Ledger) -> None:
    with ledger({"attendance": [{"person_name": "乜奇"}, {"person_name": "城关建设有限公司"}]}) as store:
        parties = _parties(store)

    assert parties["乜奇"].kind == "person"
    assert parties["城关建设有限公司"].kind == "company"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("欧阳小明", "person"),
        ("张*明", "person"),
        ("阿里木·买买提", "person"),
        ("Mr J Smith", "person"),
        ("Ms. A. Jones", "person"),
        ("东阳建设股份有限公司", "company"),
        ("Acme Building Ltd", "company"),
        ("城关便民超市（个体工商户）", "sole_trader"),
        ("红光种植专业合作社", "cooperative"),
        ("东阳县教育局", "public_body"),
        ("Oxford City Council", "public_body"),
        ("中国工商银行东阳支行", "bank"),
        ("东阳县会计学会", "association"),
        ("东阳县慈善基金会", "foundation"),
        ("东阳县财政局工会委员会", "union"),
        ("东阳县财政局机关食堂", "canteen"),
        ("城关镇红光村村民委员会", "village"),
        ("待查", "other"),
    ],
)
def test_a_name_tells_the_kind_of_party(ledger: Ledger, name: str, kind: str) -> None:
    with ledger(_paid(name)) as store:
        party = _parties(store)[name]

    assert party.kind == kind
    assert str(party.key).startswith("person:" if kind == "person" else "name:")


def test_the_remark_of_one_spelling_tells_the_kind_of_all(ledger: Ledger) -> None:
    with ledger(_paid("老街小憩", "老街小憩（个体工商户）")) as store:
        assert {party.kind for party in _parties(store).values()} == {"sole_trader"}


_NAMES = st.lists(
    st.sampled_from(["甲公司", "甲 公司", "甲（公司）", "甲公司（个体工商户）", "王小明", "王 小明", "Mr J Smith", "J SMITH", "财政局",
                     "乙有限公司", "乙有限责任公司", "某某银行", "——", "…"]),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(names=_NAMES, codes=st.lists(st.integers(1, 3), min_size=8, max_size=8), seed=st.randoms())
def test_the_order_of_rows_does_not_matter(
    ledger: Ledger, names: list[str], codes: list[int], seed: object
) -> None:
    invoices = [
        {"invoice_id": str(place), "seller_name": name, "seller_tax_id": _uscc(code)}
        for place, (name, code) in enumerate(zip(names, codes, strict=False))
    ]
    shuffled = sorted(invoices, key=lambda row: hash((str(seed), row["invoice_id"])))
    with ledger({"invoice": invoices}) as one, ledger({"invoice": shuffled}) as other:
        assert _parties(one) == _parties(other)


@settings(max_examples=25, deadline=None)
@given(names=_NAMES)
def test_without_credit_codes_keys_are_equal_exactly_when_normal_names_are(
    ledger: Ledger, names: list[str]
) -> None:
    with ledger(_paid(*names)) as store:
        parties = _parties(store)

    for one in names:
        for other in names:
            same = normal_name(one) == normal_name(other)
            assert (parties[one].key == parties[other].key) == same
            assert not same or parties[one].kind == parties[other].kind
