"""``xjk baseline``: accept the findings of a run, so that the next one shows what is new."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xjk.cli.console import Console
from xjk.cli.results import read_findings
from xjk.errors import UserError
from xjk.runner.baseline import write_baseline


def run(args: Namespace, console: Console) -> int:
    """Write a baseline of the findings in a result."""
    path = Path(args.output)
    if not args.reason.strip():
        raise UserError(zh="理由为空。", en="The reason is empty.", hint_zh="请写明。", hint_en="Say why.")
    findings = read_findings(Path(args.result))
    baseline = write_baseline(findings, path, reason=args.reason, by=args.by, until=args.until)
    count = len(baseline.accepted)
    console.note(f"{path} 现接受 {count} 个疑点", f"{path} now accepts {count} findings")
    return 0
