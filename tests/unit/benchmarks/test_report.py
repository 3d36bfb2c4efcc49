"""The page on performance says what was measured, and whether it is enough."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import report
from figures import Results, Session, read
from goals import Goal, goals
from plot import plot

SVG = "http://www.w3.org/2000/svg"


def session(series: str, lines: int, seconds: Mapping[str, Sequence[float]], **more: Any) -> Session:
    measured = {
        name: [{"seconds": each, "peak_mb": 100.0, **more} for each in times]
        for name, times in seconds.items()
    }
    return Session(series, lines, 3, None, {}, measured)


def judged(*sessions: Session) -> dict[str, Goal]:
    results = Results({}, {}, {}, sessions)
    return {goal.what: goal for goal in goals(results)}


def test_a_ratio_is_taken_turn_by_turn_so_that_a_slow_turn_counts_for_both() -> None:
    made = session("rules", 1_000_000, {"a": [2, 20, 3], "b": [4, 10, 4]})
    assert made.ratio("a", "b") == 0.75
    assert made.value("a") == 3


def test_a_goal_is_met_at_its_bound_and_missed_beyond_it() -> None:
    what = "Twelve rules, CSV: xjk on DuckDB against pandas"
    assert (
        judged(session("rules", 10, {"xjk on DuckDB, CSV": [0.35], "pandas, CSV": [1]}))[what].verdict
        == "yes"
    )
    assert (
        judged(session("rules", 10, {"xjk on DuckDB, CSV": [0.36], "pandas, CSV": [1]}))[what].verdict
        == "**no**"
    )


def test_a_goal_is_judged_at_the_largest_size() -> None:
    small = session("rules", 1_000, {"xjk on DuckDB, CSV": [0.1], "pandas, CSV": [1]})
    large = session("rules", 9_000, {"xjk on DuckDB, CSV": [5], "pandas, CSV": [1]})
    goal = judged(large, small)["Twelve rules, CSV: xjk on DuckDB against pandas"]
    assert (goal.measured, goal.where, goal.verdict) == ("5.00×", "9,000 lines", "**no**")


def test_a_goal_for_ten_million_lines_is_not_judged_at_one_million() -> None:
    what = "Reading and validating, DuckDB"
    stages = {"stages": {"read and validate": 1.0, "check across rows": 1.0}}
    small = session("engines", 1_000_000, {"DuckDB, CSV": [3]}, **stages)
    large = session("engines", 10_000_000, {"DuckDB, CSV": [30]}, **stages)
    assert judged(small)[what].measured == "500,000 lines/s"
    assert judged(small)[what].verdict == "not measured at that size"
    assert judged(large)[what].verdict == "yes"
    assert judged()[what].verdict == "not measured"


def test_reading_faster_than_a_bare_load_needs_no_excuse_and_slower_has_a_bound() -> None:
    what = "Reading and validating into SQLite against csv and executemany"

    def overhead(seconds: float) -> Goal:
        stages = {"stages": {"read and validate": seconds}}
        ours = session("engines", 1_000_000, {"SQLite, CSV": [9], "csv and executemany": [2]}, **stages)
        return judged(ours)[what]

    assert (overhead(6).measured, overhead(6).verdict) == ("3.00×", "yes")
    assert (overhead(6.1).measured, overhead(6.1).verdict) == ("3.05×", "**no**")


def texts(drawn: str) -> list[tuple[str, float]]:
    """Return the texts of a plot and how far down they stand."""
    document = ET.fromstring(drawn)  # noqa: S314 - drawn by ourselves
    return [(str(each.text), float(each.attrib["y"])) for each in document.iter(f"{{{SVG}}}text")]


def test_the_plot_is_well_formed_and_names_every_curve() -> None:
    drawn = plot({"left": {"a & b": [(1e6, 1), (1e7, 10)]}, "right": {"c": [(1e6, 5)], "a & b": [(1e6, 5)]}})
    assert {"left", "right", "a & b", "c", "1 M", "10 M"} <= {text for text, _ in texts(drawn)}


def test_labels_of_equal_curves_do_not_cover_each_other() -> None:
    names = ("a", "b", "c", "d", "e", "f")
    drawn = plot({"panel": {name: [(1e6, 5), (1e7, 50)] for name in names}})
    places = sorted(y for text, y in texts(drawn) if text in names)
    assert len(places) == len(names)
    assert all(below - above >= 14 for above, below in pairwise(places))


def test_the_page_has_every_table_and_shows_the_committed_figures() -> None:
    page = report.PAGE.read_text(encoding="utf-8")
    found = dict(re.findall(r"<!-- figures: ([a-z ]+) -->\n\n(.*?)\n\n<!-- end -->", page, re.DOTALL))
    results = read(report.RESULTS)
    assert found == {name: table(results) for name, table in report.SECTIONS.items()}
    assert report.PLOT.read_text(encoding="utf-8") == plot(report._panels(results))


def test_the_committed_figures_are_medians_of_several_runs() -> None:
    document = json.loads(report.RESULTS.read_text(encoding="utf-8"))
    assert all(made["runs"] >= 3 for made in document["sessions"])
