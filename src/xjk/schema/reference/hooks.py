"""The page of the hooks packs implement."""

from __future__ import annotations

from xjk.hooks import specs
from xjk.models.pack import EngineInfo, PackInfo, ReaderInfo, ReporterInfo
from xjk.schema.reference.docstrings import docstring, signature
from xjk.schema.reference.fields import fields_table
from xjk.schema.reference.markdown import anchor, code, fenced, page


def hooks_page() -> str:
    """Return the page of every hook and of what the hooks return."""
    return page(
        "钩子 Hooks",
        f"钩子接口版本 Hook interface: {code(specs.HOOK_API)}。入口点组 Entry point group: {code(specs.GROUP)}。",
        "规则包用这些函数说明自己。钩子不带参数，只返回说明，看不到任何账套数据。\n" + docstring(specs),
        *(
            "\n\n".join(
                [
                    f"{anchor(spec.__name__)}\n\n## {spec.__name__}",
                    fenced(f"@hookimpl\n{signature(spec)}: ...", "python"),
                    docstring(spec),
                ]
            )
            for spec in specs.SPECS
        ),
        "## 返回的说明 What hooks return",
        *(
            f"{anchor(model.__name__)}\n\n### {model.__name__}\n\n{docstring(model)}\n\n{fields_table(model)}"
            for model in (PackInfo, ReaderInfo, EngineInfo, ReporterInfo)
        ),
    )
