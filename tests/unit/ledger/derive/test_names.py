from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.ledger.derive.names import normal_name, says_sole_trader

_PARTS = st.sampled_from(
    ["甲", "公司", "有限", "责任", "有限责任公司", "股份有限公司", "个体工商户", "个体户", "（", "）", "(", "【", "】", " ", "　", "·", ".",
     "＆", "&", "Lim", "ited", "LTD", "Ltd.", "Co", "mpany", "PLC", "inc", "orporated", "public", "ＡＢ", "é", "*", "\ue000", "-"]
)  # fmt: skip
_NAMES = st.one_of(st.text(max_size=20), st.lists(_PARTS, max_size=8).map("".join))


@given(_NAMES)
def test_normalising_twice_is_normalising_once(name: str) -> None:
    assert normal_name(normal_name(name)) == normal_name(name)


@given(_NAMES.filter(lambda name: not name.isspace() and name != ""))
def test_a_name_is_never_normalised_away(name: str) -> None:
    assert normal_name(name)


@given(st.lists(st.sampled_from("甲乙丙(）有限 a公司"), min_size=1, max_size=12), st.data())
def test_width_spaces_and_brackets_make_no_difference(chars: list[str], data: st.DataObject) -> None:
    spellings = {"(": "(（[【〔", "）": ")）]】〕", " ": ["", "　", "  "], "a": "aAａＡ"}
    retyped = [data.draw(st.sampled_from(list(spellings.get(char, char)))) for char in chars]
    if any(char not in "(） " for char in chars):
        assert normal_name("".join(retyped)) == normal_name("".join(chars))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东阳建设有限责任公司", "东阳建设有限公司"),
        ("东阳（集团）有限公司", "东阳[集团]有限公司 "),
        ("城关便民超市（个体工商户）", "城关便民超市"),
        ("Acme Building Company Limited", "ACME BUILDING CO. LTD."),
        ("Smith & Sons Public Limited Company", "Smith and Sons plc"),
        ("阿里木·买买提", "阿里木•买买提"),
        ("⾼小明", "高小明"),
        ("Müller GmbH", "MULLER GMBH"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东阳股份有限公司", "东阳有限公司"),
        ("张*", "张"),
        ("张*明", "张明"),
        ("王\ue863", "王\ue864"),
        ("Acme Ltd", "Acme plc"),
        ("——", "…"),
    ],
)
def test_names_of_different_parties_stay_different(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


def test_a_sole_trader_is_known_by_the_remark_at_the_end() -> None:
    assert says_sole_trader("城关便民超市（个体工商户）")
    assert says_sole_trader("城关便民超市 〔个体户〕")
    assert not says_sole_trader("个体工商户协会")
    assert not says_sole_trader("个体工商户")
