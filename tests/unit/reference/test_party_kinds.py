"""What kind of party a name belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.reference.party_kinds import PartyClassifier, PartyKind, party_markers

CLASSIFIER = PartyClassifier(party_markers())


def test_every_entry_names_its_source_and_surnames_are_single_characters_once() -> None:
    for entry in party_markers():
        assert entry.source
        assert len(set(entry.surnames)) == len(entry.surnames)
        assert all(len(name) == 2 for name in entry.compound_surnames)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("王小明", "person"),
        ("欧阳明月", "person"),
        ("买买提·艾山", "person"),
        ("李大力先生", "person"),
        ("水电费", "other"),
        ("单位", "other"),
        ("苏州", "other"),
        ("甲建设有限公司", "company"),
        ("甲建设有限公司第三项目部", "company"),
        ("某市律师事务所", "company"),
        ("城关镇工会酒店", "company"),
        ("甲管理咨询（普通合伙）", "company"),
        ("老王打印部", "sole_trader"),
        ("某某商行（个体工商户）", "sole_trader"),
        ("红旗农民专业合作社", "cooperative"),
        ("某银行股份有限公司", "bank"),
        ("某银行股份有限公司城关支行", "bank"),
        ("城关镇农村信用合作联社", "bank"),
        ("中国人民银行某中心支行", "public_body"),
        ("某县财政局", "public_body"),
        ("某县人民政府办公室", "public_body"),
        ("某县人民医院", "public_body"),
        ("某县第一小学", "public_body"),
        ("某县残疾人联合会", "public_body"),
        ("某县书法家协会", "association"),
        ("某县教育基金会", "foundation"),
        ("某县总工会", "union"),
        ("甲建设有限公司工会委员会", "union"),
        ("某县财政局机关食堂", "canteen"),
        ("某县人民政府机关食堂", "canteen"),
        ("李家村村民委员会", "village"),
        ("城东社区居委会", "village"),
        ("", "other"),
        ("***", "other"),
        ("ACME LTD", "company"),
        ("Smith & Co.", "company"),
        ("Barclays Bank PLC", "bank"),
        ("Bank Street Limited", "company"),
        ("Oxford City Council", "public_body"),
        ("University Hospitals NHS Trust", "public_body"),
        ("The Reading Trust", "foundation"),
        ("Oxford Housing Association Ltd", "company"),
        ("Mr J Smith", "person"),
        ("Joe Bloggs T/A Joe's Cafe", "sole_trader"),
    ],
)
def test_a_name_is_of_the_kind_a_reader_would_say(name: str, kind: PartyKind) -> None:
    assert CLASSIFIER.kind_of(name) == kind


@given(
    st.sampled_from(["甲有限公司", "某县财政局", "王小明", "某县总工会"]), st.sampled_from([" ", "　", "  "])
)
def test_surrounding_space_and_width_make_no_difference(name: str, space: str) -> None:
    assert CLASSIFIER.kind_of(space + name + space) == CLASSIFIER.kind_of(name)


@given(st.text(max_size=60))
def test_any_text_has_a_kind(name: str) -> None:
    assert CLASSIFIER.kind_of(name)


def test_markers_of_a_pack_are_tried_first(tmp_path: Path) -> None:
    (tmp_path / "party_kinds.yaml").write_text(
        "party_kinds:\n  - {kind: canteen, endings: [饮食服务中心], source: 测试, confidence: M}\n",
        encoding="utf-8",
    )
    name = "机关饮食服务中心"
    assert CLASSIFIER.kind_of(name) == "public_body"
    assert PartyClassifier(party_markers([tmp_path])).kind_of(name) == "canteen"
