"""The pack keeps the rule contract, and the installed distribution says the same as the pack."""

from __future__ import annotations

from contextlib import closing
from importlib.metadata import version

from xjk import catalogue, load
from xjk.testing import pack_contract

PACK = "xjk_example"

test_pack = pack_contract(PACK)


def test_the_pack_has_the_version_of_its_distribution() -> None:
    (pack,) = catalogue([PACK]).packs
    assert pack.version == version("xjk-example")


def test_words_of_the_pack_are_found_in_texts() -> None:
    payment = {
        "payment_id": "p1", "unit_code": "U1", "paid_on": "2024-03-01", "amount": "1.00", "payee_name": "甲公司",
        "purpose": "取暖费",
    }  # fmt: skip
    with (
        load({"payment": [payment]}, packs=catalogue([PACK])) as ledger,
        closing(ledger.session()) as session,
    ):
        tags = {str(tag) for (tag,) in session.query("select tag from text_tag")}
    assert "example_heating" in tags
