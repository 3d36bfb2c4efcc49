from __future__ import annotations

import string

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.rules.samples import PAGE

from xjk.models.rule import RuleMeta
from xjk.models.tables import TABLES
from xjk.rules.frontmatter import read_front_matter, split

plain = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
    | st.sampled_from("\n\t:#-'\"是"),
    min_size=1,
    max_size=30,
).filter(str.strip)
# Titles and messages may hold no verdict word and no brace; letters that make none are enough here.
neutral = st.text("abdgjk会议支付，。:#'\"- \n", min_size=1, max_size=30).filter(str.strip)
words = st.builds(lambda zh, en: {"zh": zh, "en": en}, plain, plain)
neutral_words = st.builds(lambda zh, en: {"zh": zh, "en": en}, neutral, neutral)
names = st.from_regex(r"q[a-z0-9]{1,8}(_[a-z0-9]{1,5}){0,2}", fullmatch=True)
money = st.integers(0, 10**12).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
params = st.fixed_dictionaries(
    {
        "type": st.just("money"),
        "doc": words,
        "default": money,
        "tightens": st.sampled_from(["up", "down", "none"]),
    }
) | st.fixed_dictionaries(
    {"type": st.just("bool"), "doc": words, "default": st.sampled_from(["是", "0", "true"])},
    optional={"standard": names},
)
tables = st.dictionaries(st.sampled_from(sorted(TABLES)), st.just([]), min_size=1, max_size=3).map(
    lambda chosen: {table: sorted(TABLES[table].model_fields)[:2] for table in chosen}
)


@st.composite
def metas(draw: st.DrawFn) -> RuleMeta:
    return RuleMeta.model_validate(
        {
            "code": draw(st.from_regex(r"[A-Z]{3,8}[0-9]{3,4}", fullmatch=True)),
            "name": draw(names),
            "title": draw(neutral_words),
            "form": draw(st.from_regex(r"F[1-9][0-9]?", fullmatch=True)),
            "nature": draw(st.sampled_from(["off_book", "on_book", "outside", "to_verify"])),
            "severity": draw(st.sampled_from(["serious", "warning", "notice"])),
            "status": draw(st.sampled_from(["preview", "stable", "deprecated", "removed"])),
            "since": draw(st.from_regex(r"[0-9]{1,2}\.[0-9]\.[0-9]", fullmatch=True)),
            "revision": draw(st.integers(1, 99)),
            "scope": draw(st.sampled_from(["record", "unit", "group", "all"])),
            "requires": draw(tables),
            "basis": [
                {
                    "instrument": draw(st.text(string.ascii_lowercase, min_size=1)),
                    "article": draw(plain),
                    "version": draw(st.dates()).isoformat(),
                }
            ],
            "params": draw(st.dictionaries(names, params, max_size=3)),
            "message": draw(neutral_words),
            "verify": {"zh": draw(st.lists(plain, min_size=1)), "en": draw(st.lists(plain, min_size=1))},
            "references": draw(st.lists(plain)),
            "authors": draw(st.lists(plain, min_size=1)),
            "tags": draw(st.lists(plain)),
        }
    )


@settings(max_examples=60, deadline=None)
@given(metas(), st.sampled_from(['"', "'", None]))
def test_front_matter_reads_back_what_was_written(meta: RuleMeta, style: str | None) -> None:
    content = meta.model_dump(mode="json", exclude_none=True) | {"revision": str(meta.revision)}
    front = yaml.safe_dump(content, allow_unicode=True, default_style=style, sort_keys=False)
    text = split(f"---\n{front}---\n{PAGE}", "rule.md")
    assert read_front_matter(text) == meta
