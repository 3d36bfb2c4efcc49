"""Economic classes of expenditure."""

from __future__ import annotations

from xjk.reference.classes import class_of, economic_classes


def test_codes_are_unique_and_every_parent_exists() -> None:
    classes = economic_classes()
    codes = [entry.code for entry in classes]
    assert len(set(codes)) == len(codes)
    for entry in classes:
        assert entry.parent in {"", entry.code[:3]}
        assert (entry.parent == "") == (len(entry.code) == 3)
        assert entry.parent == "" or entry.parent in codes


def test_the_first_digit_tells_the_table() -> None:
    for entry in economic_classes():
        assert entry.table == {"3": "department", "5": "government"}[entry.code[0]]


def test_ten_departmental_classes_of_the_first_level() -> None:
    tops = [e.code for e in economic_classes() if e.table == "department" and not e.parent]
    assert tops == ["301", "302", "303", "307", "309", "310", "311", "312", "313", "399"]


def test_class_302_has_27_classes_and_neither_30210_nor_30230() -> None:
    inner = [entry.code for entry in economic_classes() if entry.parent == "302"]
    assert len(inner) == 27
    assert not {"30210", "30230"} & set(inner)


def test_every_departmental_class_a_government_class_counts_exists_once() -> None:
    codes = {entry.code for entry in economic_classes() if entry.table == "department"}
    counted = [code for entry in economic_classes() for code in entry.departments]
    assert set(counted) <= codes
    assert len(set(counted)) == len(counted)


def test_a_local_sub_class_is_found_by_its_first_five_digits() -> None:
    found = class_of("3021501")
    assert found is not None
    assert (found.code, found.name) == ("30215", "会议费")


def test_an_unknown_inner_code_falls_back_to_its_class() -> None:
    found = class_of("30298")
    assert found is not None
    assert found.code == "302"
    assert class_of("999") is None
