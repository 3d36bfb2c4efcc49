"""Write large voucher files for measuring: seeded, streamed, and shaped like a real ledger."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HEADER = (
    "line_id", "unit_code", "fiscal_year", "voucher_no", "line_no", "voucher_date", "book", "summary", "account_code",
    "account_name", "debit", "credit", "counterparty_name", "counterparty_account", "project_code", "econ_class",
    "settlement", "attachments", "prepared_by", "approved_by", "voided",
)  # fmt: skip


def write_vouchers(path: Path, lines: int, seed: int = 1) -> None:
    """Write balanced vouchers of four lines, two in each book, over 300 units; every column of the table is there."""
    draw = random.Random(seed)
    summaries = [f"支付{place}号办公费及印刷费" for place in range(20_000)]
    parties = [f"清河商贸{place}有限公司" for place in range(3_000)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for voucher in range(lines // 4):
            amount = f"{draw.randint(100, 9_999_999) / 100:.2f}"
            day = f"2024-{voucher * 48 // lines + 1:02d}-{draw.randint(1, 28):02d}"
            summary, party = draw.choice(summaries), draw.choice(parties)
            unit = 100 + voucher % 300
            for line, (account, name, book, debit) in enumerate(_LINES, start=1):
                writer.writerow(
                    (
                        f"L{voucher * 4 + line}", unit, 2024, f"记-{voucher}", line, day, book, summary, account, name,
                        amount if debit else "", "" if debit else amount, party, "", f"P{unit % 50}", "30201",
                        "transfer", 2, "张三", "李四", 0,
                    )
                )  # fmt: skip


_LINES = (
    ("50010201", "业务活动费用-办公费", "financial", True),
    ("1002", "银行存款", "financial", False),
    ("71010201", "行政支出-办公费", "budget", True),
    ("80010101", "资金结存-货币资金", "budget", False),
)
