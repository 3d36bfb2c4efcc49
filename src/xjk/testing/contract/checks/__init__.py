"""The checks of the rule contract, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xjk.hooks.catalogue import Catalogue
from xjk.models.words import Words
from xjk.testing.contract.checks.case_checks import both_sides_of_thresholds, cases_hold
from xjk.testing.contract.checks.declared_data import declared_data
from xjk.testing.contract.checks.emptiness import nothing_in_nothing
from xjk.testing.contract.checks.evidence import evidence_exists
from xjk.testing.contract.checks.honest import silent_on_honest_books
from xjk.testing.contract.checks.identity import stable_fingerprints
from xjk.testing.contract.checks.imports import light_pack, light_rule
from xjk.testing.contract.checks.isolation import deterministic
from xjk.testing.contract.checks.labels import relabelled
from xjk.testing.contract.checks.metadata import admitted_whole, basis_in_force, complete_page, known_metadata
from xjk.testing.contract.checks.mutants import is_sql, mutants_killed
from xjk.testing.contract.checks.neighbours import looks_at_one_unit, other_units
from xjk.testing.contract.checks.order import any_order
from xjk.testing.contract.checks.parameters import has_params, parameters_tighten
from xjk.testing.contract.checks.portable import portable_queries
from xjk.testing.contract.subject import Breach, Check

CHECKS: tuple[Check, ...] = (
    Check(
        "RC01",
        Words(zh="说明齐全、编码归属清楚", en="Metadata is complete and known"),
        Words(
            zh="写错的形式、标准或编码会让规则悄悄不运行。",
            en="A misspelt form, standard or code makes a rule disappear without a word.",
        ),
        known_metadata,
    ),
    Check(
        "RC02",
        Words(zh="规则页完整", en="The page is complete"),
        Words(
            zh="看不懂的疑点没有人会去核实。",
            en="Nobody verifies a clue whose page leaves questions open or passes a verdict.",
        ),
        complete_page,
    ),
    Check(
        "RC03",
        Words(zh="每个阈值两侧都有案例", en="A case stands on each side of every threshold"),
        Words(
            zh="差一分钱、差一天的错误只有恰在阈值的案例能发现。",
            en="Off by a fen or a day shows only in a case that stands at the threshold.",
        ),
        both_sides_of_thresholds,
        engines=True,
    ),
    Check(
        "RC04",
        Words(zh="案例全部成立", en="Every case holds"),
        Words(
            zh="案例是规则的承诺：标出什么、放过什么。",
            en="Cases are what a rule promises: what it flags and what it leaves alone.",
        ),
        cases_hold,
        engines=True,
    ),
    Check(
        "RC05",
        Words(zh="改动查询的任何一处都会被案例发现", en="A case notices every change of the query"),
        Words(
            zh="没有案例守护的条件可以被删掉而无人察觉。",
            en="A condition that no case guards can be lost without anybody noticing.",
        ),
        mutants_killed,
        engines=True,
        applies=is_sql,
    ),
    Check(
        "RC06",
        Words(zh="空账套和一行的账套不出错", en="Empty books and single rows are no trouble"),
        Words(
            zh="小单位的账就是空的或只有一行。",
            en="Small units do have empty tables and tables of one row.",
        ),
        nothing_in_nothing,
        engines=True,
    ),
    Check(
        "RC07",
        Words(zh="行的次序无关", en="The order of rows does not matter"),
        Words(
            zh="换一种导出次序就变的疑点无法复核。",
            en="A finding that changes with the order of an export cannot be checked again.",
        ),
        any_order,
        engines=True,
    ),
    Check(
        "RC08",
        Words(zh="换一套编号，疑点不变", en="Other labels give the same findings"),
        Words(
            zh="把几列拼成一个键会把不同的事混为一谈。",
            en="Columns glued into one key make one matter of two.",
        ),
        relabelled,
        engines=True,
    ),
    Check(
        "RC09",
        Words(zh="其他单位的行不影响本单位", en="Rows of other units change nothing"),
        Words(
            zh="单位自查和全区检查应得到同一结果。",
            en="A unit that checks itself and the bureau that checks all must see the same.",
        ),
        other_units,
        engines=True,
        applies=looks_at_one_unit,
    ),
    Check(
        "RC10",
        Words(zh="证据存在，金额有据", en="Evidence exists and bears out the amount"),
        Words(
            zh="核实的人先看证据行；找不到的行使整条疑点失信。",
            en="Who verifies looks at the evidence first; a row that is not there discredits the finding.",
        ),
        evidence_exists,
        engines=True,
    ),
    Check(
        "RC11",
        Words(zh="结果可重现，不读时钟、文件和网络", en="Results repeat, without clock, files or network"),
        Words(
            zh="同样的数据在另一台机器上必须给出同样的疑点。",
            en="The same data must give the same findings on another machine and another day.",
        ),
        deterministic,
        engines=True,
    ),
    Check(
        "RC12",
        Words(
            zh="参数有用、在界内、按所写方向收紧",
            en="Parameters are used, in bounds, and tighten as they say",
        ),
        Words(
            zh="调严参数反而多出疑点，使用者就无从调整。",
            en="A setting that should give fewer findings and gives more cannot be tuned.",
        ),
        parameters_tighten,
        engines=True,
        applies=has_params,
    ),
    Check(
        "RC13",
        Words(zh="所需数据如实列出", en="Needed data is declared"),
        Words(
            zh="缺了数据却不说，看起来就像没有疑点。",
            en="A rule that lacks data and does not say so looks like a rule that found nothing.",
        ),
        declared_data,
        engines=True,
    ),
    Check(
        "RC14",
        Words(zh="疑点的标识稳定", en="Findings keep their identity"),
        Words(
            zh="标识变了，已核实的疑点就会再次出现。",
            en="When the identity changes, a finding that was accepted comes back as new.",
        ),
        stable_fingerprints,
        engines=True,
    ),
    Check(
        "RC15",
        Words(zh="查询在各引擎上含义相同", en="Queries mean the same on every engine"),
        Words(
            zh="一种引擎容忍的写法，另一种会拒绝或答得不同。",
            en="What one engine forgives another refuses, or answers otherwise.",
        ),
        portable_queries,
    ),
    Check(
        "RC16",
        Words(zh="法律依据现行有效", en="The legal basis is in force"),
        Words(
            zh="引用已废止的条款，疑点就站不住。",
            en="A finding that rests on a lapsed article falls with it.",
        ),
        basis_in_force,
    ),
    Check(
        "RC17",
        Words(zh="在清白的账上不报", en="It is silent on honest books"),
        Words(
            zh="一个区清白的账远多于有问题的账。",
            en="A district has few funds and many honest books.",
        ),
        silent_on_honest_books,
        engines=True,
    ),
    Check(
        "RC18",
        Words(zh="导入轻便，只用公开名称", en="Imports are light and public"),
        Words(
            zh="内部名称一改，规则包就坏。",
            en="A pack that uses internal names breaks with the next version.",
        ),
        light_rule,
        applies=lambda rule: rule.kind == "python",
    ),
)
"""All checks."""

PACK_CHECKS: Mapping[str, Callable[[Catalogue], Iterator[Breach]]] = {
    "RC01": admitted_whole,
    "RC18": light_pack,
}
"""What the checks ask of a pack as a whole."""
