"""The page of the files users write: configuration, mapping, baseline, exclusions, cases, waivers."""

from __future__ import annotations

from xjk.readers.mapping import document
from xjk.readers.shaping.units import UNITS
from xjk.runner.config import FILE_NAME
from xjk.schema.documents import documents
from xjk.schema.reference.docstrings import markdown
from xjk.schema.reference.fields import keys_table
from xjk.schema.reference.markdown import anchor, codes, fenced, page

_CONFIG = """\
select: [F3, XJK701]          # 规则编码、前缀、规则包、表现形式、标签或名称 codes, prefixes, packs, forms, tags, names
ignore: [XJK706]
lang: zh
fail_level: warning
region: CN
standards:
  meeting_daily_max_3: "480.00"
rules:
  XJK301:
    min_excess: "1000.00"
mapping: mapping.yaml
baseline: baseline.json
exclusions: exclusions.yaml
limits:
  seconds: 120
"""

_EXCLUSIONS = """\
exclusions:
  - id: shared-venue
    reason: 全县共用一个会议中心，统一结算
    rules: [XJK301]
    units: ["101001"]
    until: "2026-12-31"
"""

_BASELINE = """\
{
  "version": 1,
  "accepted": [
    {
      "finding_id": "fp1:00000000000000000000000000000000",
      "evidence_hash": "…",
      "rule_id": "XJK301",
      "unit_code": "101001",
      "reason": "已核实，见工作底稿 12",
      "by": "张三",
      "until": "2026-12-31"
    }
  ]
}
"""


def settings_page() -> str:
    """Return the page of every key users may write."""
    known = {document.name: document for document in documents()}
    intro, _, example = (document.__doc__ or "").partition("```yaml")
    return page(
        "配置与其他文件 Settings and other files",
        "YAML 文件的每个值都按文字读取，再按类型理解；不认识的键是错误。数据格式见 `schemas/`。\n"
        "Every scalar of a YAML file is read as text and then by its type; unknown keys are errors. The schemas are in\n"
        "`schemas/`.",
        f"{anchor('config-file')}\n\n## {FILE_NAME}",
        "从当前目录向上查找，取最近的一个。命令行参数优先于文件，文件优先于规则的缺省值。\n"
        "Looked for from the current folder upwards; the nearest counts. Arguments go before the file, the file before the\n"
        "defaults of rules.",
        fenced(_CONFIG, "yaml"),
        keys_table(known["config"]),
        "### limits",
        keys_table(known["config"], "Limits", prefix="limits."),
        f"{anchor('mapping-file')}\n\n## 映射文件 Mapping",
        markdown(intro.strip()),
        fenced(example.partition("```")[0], "yaml"),
        f"单位 Units: {codes(UNITS)}",
        keys_table(known["mapping"], prefix="mapping."),
        "### sources",
        keys_table(known["mapping"], "Source", prefix="sources."),
        "### tables",
        keys_table(known["mapping"], "TableTarget", prefix="tables."),
        "### columns",
        "一个表头名称，或多个（取文件中先找到的），或下列各键。A header, several of which the first found is used, or:",
        keys_table(known["mapping"], "ColumnSource", prefix="columns."),
        f"{anchor('baseline-file')}\n\n## 基线 Baseline",
        "用 `xjk baseline write` 生成。Written by `xjk baseline write`.",
        fenced(_BASELINE, "json"),
        keys_table(known["baseline"], prefix="baseline."),
        "### accepted",
        keys_table(known["baseline"], "Accepted", prefix="accepted."),
        f"{anchor('exclusions-file')}\n\n## 排除 Exclusions",
        fenced(_EXCLUSIONS, "yaml"),
        keys_table(known["exclusions"], prefix="exclusions."),
        "### exclusions",
        keys_table(known["exclusions"], "Exclusion", prefix="exclusion."),
        f"{anchor('cases-file')}\n\n## 规则案例 cases.yaml",
        "每个表写成 CSV 文字，列名在首行。Each table is CSV text under its name, columns in the first line.",
        keys_table(known["cases"], prefix="cases."),
        "### must_flag",
        keys_table(known["cases"], "FlagCase", prefix="must_flag."),
        "### must_not_flag",
        keys_table(known["cases"], "SilentCase", prefix="must_not_flag."),
        "### findings",
        keys_table(known["cases"], "WrittenFinding", prefix="findings."),
        f"{anchor('waivers-file')}\n\n## 豁免 waivers.yaml",
        "放在规则文件夹中；每条写明一项[规则检查](checks.md)和理由。\n"
        "In the rule folder; each entry excuses what one [check](checks.md) reports, and says why.",
        keys_table(known["waivers"], "Waiver", prefix="waivers."),
    )
