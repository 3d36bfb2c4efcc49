"""The rules as lazy queries of Polars over scanned files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from by_hand.parameters import Hit, Parameters
from by_hand.standards import (
    ADVANCE_ACCOUNTS,
    FISCAL_KINDS,
    MEETING_DAY_FEN,
    PERSON,
    SHOP_ENDINGS,
    TAX_FREE_FEN,
    TRAINING_DAY_FEN,
    UNTAXED_KINDS,
    VAT_RATES_MICRO,
)
from by_hand.tables import AMOUNTS, COLUMNS, DATES, tables_of

Frame = Any
"""A lazy frame; the packages of the group ``bench`` are not installed where types are checked."""

Values = Mapping[str, int]

TYPES: Mapping[str, Any] = {
    **dict.fromkeys(DATES, pl.Date),
    **dict.fromkeys(("grade", "attendees", "staff_members", "voided"), pl.Int64),
    **dict.fromkeys((*AMOUNTS, "tax_rate"), pl.Float64),
}
"""Types of columns as they are read; all others are text."""

DAY = ("unit_code", "voucher_no", "voucher_date")
"""What identifies a voucher."""


def find(folder: Path, rules: Parameters) -> list[Hit]:
    """Return what the rules find in the files of a folder; all queries are collected together."""
    tables = {table: _scan(folder, table) for table in tables_of(rules)}
    queries = [
        RULES[code](tables, values).select(unit=pl.nth(0), subject=pl.nth(1), amount=pl.nth(2).cast(pl.Int64))
        for code, values in rules.items()
    ]
    found = pl.collect_all(queries)
    return [(code, *row) for code, frame in zip(rules, found, strict=True) for row in frame.iter_rows()]


def _scan(folder: Path, table: str) -> Frame:
    """Return the wanted columns of a file, money as whole fen."""
    wanted = COLUMNS[table]
    parquet = folder / f"{table}.parquet"
    if parquet.exists():
        frame = pl.scan_parquet(parquet)
    else:
        csv = folder / f"{table}.csv"
        with csv.open(encoding="utf-8") as text:
            names = text.readline().strip().split(",")
        frame = pl.scan_csv(csv, schema={name: TYPES.get(name, pl.String) for name in names})
    return frame.select(map(_column, wanted))


def _column(name: str) -> Any:
    if name in AMOUNTS:
        return (pl.col(name).cast(pl.Float64) * 100).round().cast(pl.Int64).alias(AMOUNTS[name])
    if name == "tax_rate":
        return (pl.col(name).cast(pl.Float64) * 1_000_000).round().cast(pl.Int64).alias("rate_micro")
    return pl.col(name).cast(pl.Int64) if name == "voided" else pl.col(name)


def _days(start: str, end: str) -> Any:
    """Return the number of days from one column to another."""
    return (pl.col(end) - pl.col(start)).dt.total_days()


def round_payment_to_person(tables: Mapping[str, Frame], values: Values) -> Frame:
    """EXA101: round payments to people."""
    name = pl.col("payee_name")
    amount = pl.col("amount_fen")
    round_ones = tables["payment"].filter(
        (amount >= values["min_amount_fen"]) & (amount % values["round_to_fen"] == 0)
    )
    roll = tables["person"].select(payee_name="name", on_roll=True).unique()
    is_person = name.str.contains(PERSON) & ~name.str.contains(f"[{SHOP_ENDINGS}]$")
    return (
        round_ones.join(roll, on="payee_name", how="left")
        .filter(pl.col("on_roll").is_not_null() | is_person)
        .select("unit_code", "payment_id", "amount_fen")
    )


def meeting_above_standard(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK301: meetings that cost more than their class allows."""
    people = pl.col("attendees") + values["staff_besides"] * pl.col("staff_members").fill_null(0)
    days = _days("starts_on", "ends_on") + 1 + values["travel_days"]
    each = pl.col("grade").fill_null(1).replace_strict(MEETING_DAY_FEN, default=None, return_dtype=pl.Int64)
    return (
        tables["event"]
        .filter(
            (pl.col("kind") == "meeting")
            & (pl.col("attendees") > 0)
            & (pl.col("ends_on") >= pl.col("starts_on"))
        )
        .select("unit_code", "event_id", excess=pl.col("cost_fen") - people * days * each)
        .filter(pl.col("excess") >= values["min_excess_fen"])
    )


def attendance_below_claimed(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK302: events that far fewer people signed for than were claimed."""
    who = pl.struct("person_name", pl.col("id_no").fill_null(""))
    present = tables["attendance"].group_by("event_id").agg(signed=who.n_unique())
    grade = pl.col("grade").fill_null(1)
    meeting = grade.replace_strict(MEETING_DAY_FEN, default=None, return_dtype=pl.Int64)
    training = grade.replace_strict(TRAINING_DAY_FEN, default=None, return_dtype=pl.Int64)
    each = pl.when(pl.col("kind") == "meeting").then(meeting).otherwise(training)
    missing = pl.col("attendees") - pl.col("people")
    return (
        tables["event"]
        .filter(pl.col("ends_on") >= pl.col("starts_on"))
        .join(present, on="event_id")
        .with_columns(
            people=pl.col("signed") + pl.col("staff_members").fill_null(0),
            each=each * (_days("starts_on", "ends_on") + 1 + values["travel_days"]),
        )
        .filter(
            (missing >= values["min_missing"])
            & (missing * 100 >= pl.col("attendees") * values["min_missing_pct"])
        )
        .select("unit_code", "event_id", excess=pl.col("cost_fen") - pl.col("each") * pl.col("people"))
        .filter(pl.col("excess") >= values["min_excess_fen"])
    )


def fees_kept_below_tax_free(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK306: people with many fees just below the tax-free amount."""
    amount = pl.col("amount_fen")
    near = (
        tables["service_fee"]
        .filter(
            (amount <= TAX_FREE_FEN)
            & (amount * 100 >= TAX_FREE_FEN * values["near_pct"])
            & (pl.col("tax_withheld_fen").fill_null(0) == 0)
        )
        .with_columns(person=pl.coalesce("id_no", "payee_name"), month=pl.col("paid_on").dt.truncate("1mo"))
    )
    person = ["unit_code", "person"]
    in_month = near.group_by(*person, "month").len().group_by(person).agg(in_month=pl.col("len").max())
    in_window = (
        near.sort("paid_on")
        .rolling("paid_on", period=f"{values['window_days']}d", closed="both", group_by=person)
        .agg(pl.len())
        .group_by(person)
        .agg(in_window=pl.col("len").max())
    )
    return (
        near.group_by(person)
        .agg(payee=pl.col("payee_name").min(), total=amount.sum(), least=amount.min(), most=amount.max())
        .join(in_month, on=person)
        .join(in_window, on=person)
        .filter(
            (pl.col("total") >= values["min_total_fen"])
            & (
                (pl.col("in_month") >= values["min_in_month"])
                | ((pl.col("in_window") >= values["min_in_window"]) & (pl.col("least") < pl.col("most")))
            )
        )
        .select("unit_code", "payee", "total")
    )


def person_in_two_places(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK307: people who signed at two places on one day."""
    grade = pl.col("grade").cast(pl.Int64)
    each = pl.when(grade == 1).then(76_000).when(grade == 2).then(65_000).otherwise(55_000)
    held = tables["event"].select("event_id", "unit_code", "venue", each=each)
    signed = tables["attendance"].join(held, on="event_id")
    return (
        signed.join(signed, on=["person_name", "day"], suffix="_other")
        .filter(
            (pl.col("event_id_other") > pl.col("event_id"))
            & (pl.col("venue") != pl.col("venue_other"))
            & (
                (pl.col("id_no") == pl.col("id_no_other")).fill_null(value=False)
                | (
                    (pl.col("id_no").is_null() | pl.col("id_no_other").is_null())
                    & (pl.col("unit_code") == pl.col("unit_code_other"))
                )
            )
        )
        .group_by("event_id", "event_id_other")
        .agg(
            unit=pl.col("unit_code").first(),
            people=pl.col("person_name").n_unique(),
            total=pl.col("each").sum(),
        )
        .filter(pl.col("people") >= values["min_people"])
        .select("unit", pl.concat_str("event_id", "event_id_other", separator="|").alias("subject"), "total")
    )


def staff_paid_service_fee(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK308: fees to people on the payroll of the unit that pays."""
    same_number = (pl.col("id_no") == pl.col("id_no_right")).fill_null(value=False)
    same_account = (pl.col("account_no") == pl.col("account_no_right")).fill_null(value=False)
    no_number = pl.col("id_no").is_null() | pl.col("id_no_right").is_null()
    gone_later = pl.col("status").is_in(["retired", "left", "deceased"]) & (
        pl.col("status_on") > pl.col("paid_on")
    )
    return (
        tables["service_fee"]
        .filter((pl.col("kind") != "lecture") | bool(values["include_lectures"]))
        .join(tables["person"], left_on=["payee_name", "unit_code"], right_on=["name", "unit_code"])
        .filter(same_number | (same_account & no_number))
        .filter((pl.col("status").fill_null("active") == "active") | gone_later)
        .group_by("unit_code", "person_id")
        .agg(total=pl.col("amount_fen").sum())
        .filter(pl.col("total") >= values["min_total_fen"])
    )


def _voided(tables: Mapping[str, Frame]) -> Frame:
    return tables["voucher_line"].filter(pl.col("voided") == 1).select(DAY).unique()


def invoice_claimed_beyond_total(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK701: invoices of which more was claimed than they say."""
    totals = tables["invoice"].filter(pl.col("total_fen") > 0).select("invoice_id", "total_fen")
    uses = tables["invoice_use"].with_columns(used="invoice_id")
    red = tables["invoice"].filter(pl.col("red_of").is_not_null()).select("invoice_id", "red_of")
    taken_back = (
        uses.filter(pl.col("claimed_fen") < 0)
        .join(red, on="invoice_id")
        .with_columns(invoice_id="red_of")
        .drop("red_of")
    )
    live = (
        pl.concat([uses, taken_back], how="diagonal")
        .join(totals, on="invoice_id")
        .join(_voided(tables), on=DAY, how="anti")
    )
    beyond = (
        live.group_by("invoice_id")
        .agg(excess=pl.col("claimed_fen").sum() - pl.col("total_fen").first())
        .filter(pl.col("excess") >= values["min_excess_fen"])
    )
    return (
        live.join(beyond, on="invoice_id")
        .sort("voucher_date", "unit_code", "voucher_no", "used")
        .with_columns(beyond=pl.col("claimed_fen").cum_sum().over("invoice_id") - pl.col("total_fen"))
        .filter((pl.col("claimed_fen") > 0) & (pl.col("beyond") > 0))
        .group_by("unit_code", "invoice_id")
        .agg(amount=pl.min_horizontal("beyond", "claimed_fen").sum(), excess=pl.col("excess").first())
        .select("unit_code", "invoice_id", pl.min_horizontal("amount", "excess").alias("amount"))
    )


def seller_not_in_business(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK703: invoices from before their seller was founded or after it was deregistered."""
    too_early = _days("issued_on", "founded_on") >= values["min_days_before"]
    too_late = _days("cancelled_on", "issued_on") >= values["min_days_after"]
    return (
        tables["invoice"]
        .filter(pl.col("total_fen") > 0)
        .join(tables["enterprise"], left_on="seller_tax_id", right_on="uscc")
        .filter(too_early.fill_null(value=False) | too_late.fill_null(value=False))
        .select("invoice_id", "seller_tax_id")
        .join(tables["invoice_use"], on="invoice_id")
        .join(_voided(tables), on=DAY, how="anti")
        .group_by("unit_code", "seller_tax_id")
        .agg(total=pl.col("claimed_fen").sum())
        .filter(pl.col("total") >= values["min_amount_fen"])
    )


def invoice_number_contradicts_date(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK706: invoices whose number names another year than their date."""
    code, number = pl.col("invoice_code"), pl.col("invoice_number")
    digital = code.is_null()
    year = (
        pl.when(digital & (number.str.len_bytes() == 20))
        .then(number.str.slice(0, 2))
        .when(code.str.len_bytes() == 10)
        .then(code.str.slice(4, 2))
        .when((code.str.len_bytes() == 12) & code.str.starts_with("0"))
        .then(code.str.slice(5, 2))
        .cast(pl.Int64, strict=False)
    )
    issued = pl.col("issued_on").dt.year() % 100
    return (
        tables["invoice"]
        .filter(
            (pl.col("total_fen") > 0)
            & (pl.col("issued_on") >= pl.date(2000, 1, 1))
            & ~pl.col("kind").fill_null("digital").is_in(FISCAL_KINDS)
            & ((digital & (year != issued)) | (year > issued))
        )
        .select("invoice_id")
        .join(tables["invoice_use"], on="invoice_id")
        .group_by("unit_code", "invoice_id")
        .agg(total=pl.col("claimed_fen").sum())
        .filter(pl.col("total") >= values["min_amount_fen"])
    )


def invoice_dated_after_voucher(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK711: expenses booked long before their invoice was issued."""
    invoice = tables["invoice"].select("invoice_id", "issued_on", "seller_name", "total_fen")
    late = (
        tables["invoice_use"]
        .filter(pl.col("claimed_fen") >= values["min_amount_fen"])
        .join(invoice.filter(pl.col("total_fen") > 0), on="invoice_id")
        .filter(_days("voucher_date", "issued_on") >= values["min_days"])
    )
    cancelled = (
        invoice.filter(pl.col("total_fen") < 0)
        .select("seller_name", total_fen=-pl.col("total_fen"), cancelled_on="issued_on")
        .group_by("seller_name", "total_fen")
        .agg(pl.col("cancelled_on").min())
    )
    advance = (pl.col("debit_fen") > 0) & pl.col("account_code").str.slice(0, 4).is_in(ADVANCE_ACCOUNTS)
    return (
        late.join(cancelled, on=["seller_name", "total_fen"], how="left")
        .filter(pl.col("cancelled_on").is_null() | (pl.col("cancelled_on") > pl.col("issued_on")))
        .join(tables["voucher_line"], on=DAY)
        .group_by(*DAY, "invoice_id")
        .agg(
            claimed=pl.col("claimed_fen").first(),
            voided=(pl.col("voided").fill_null(0) == 1).any(),
            advance=advance.any(),
        )
        .filter(~pl.col("voided") & ~pl.col("advance"))
        .select(
            "unit_code", pl.concat_str("invoice_id", "voucher_no", separator=":").alias("subject"), "claimed"
        )
    )


def impossible_tax_on_invoice(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK712: rates that were not in force, sums that do not agree, more tax than the highest rate gives."""
    rate, net, tax, total = (pl.col(name) for name in ("rate_micro", "net_fen", "tax_fen", "total_fen"))
    difference = values["min_difference_fen"]
    wrong = (
        ((rate < 1_000_000) & ~rate.is_in(VAT_RATES_MICRO))
        | ((net + tax - total).abs() >= difference)
        | (tax * 1_000_000 - net * max(VAT_RATES_MICRO) >= difference * 1_000_000)
    )
    return (
        tables["invoice"]
        .filter(
            (total >= values["min_amount_fen"])
            & ~pl.col("kind").fill_null("digital").is_in(UNTAXED_KINDS)
            & wrong
        )
        .select("invoice_id")
        .join(tables["invoice_use"].filter(pl.col("claimed_fen") > 0), on="invoice_id")
        .group_by("unit_code", "invoice_id")
        .agg(total=pl.col("claimed_fen").sum())
    )


def invoices_just_below_limit(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK713: several invoices of one seller within days, each just below a limit."""
    limit, within = values["limit_amount_fen"], values["within_days"]
    seller = ["unit_code", "seller_tax_id"]
    total = pl.col("total_fen")
    claimed = (
        tables["invoice"]
        .filter((total < limit) & (total * 100 >= limit * values["near_pct"]))
        .select("invoice_id", "issued_on", "seller_name", "seller_tax_id")
        .join(tables["invoice_use"], on="invoice_id")
        .group_by(*seller, "invoice_id", "issued_on", "seller_name")
        .agg(pl.col("claimed_fen").sum())
        .filter(pl.col("claimed_fen") > 0)
    )
    before = (
        claimed.sort("issued_on")
        .rolling("issued_on", period=f"{within}d", closed="both", group_by=seller)
        .agg(before=pl.len())
        .unique()
    )
    together = (
        before.sort("issued_on")
        .rolling("issued_on", period=f"{within}d", offset="0d", closed="both", group_by=seller)
        .agg(together=pl.col("before").max())
    )
    dear = tables["contract"].filter(pl.col("amount_fen") >= limit).drop("amount_fen")
    ordered = (
        claimed.join(dear, on="unit_code")
        .filter(
            (
                (pl.col("party_uscc") == pl.col("seller_tax_id")).fill_null(value=False)
                | (pl.col("party_name") == pl.col("seller_name"))
            )
            & (pl.coalesce("signed_on", "starts_on", "issued_on") <= pl.col("issued_on"))
            & (
                pl.coalesce("ends_on", "issued_on") + pl.duration(days=values["after_contract_days"])
                >= pl.col("issued_on")
            )
        )
        .select("unit_code", "invoice_id")
        .unique()
    )
    return (
        claimed.join(together, on=[*seller, "issued_on"])
        .filter(pl.col("together") >= values["min_invoices"])
        .join(ordered, on=["unit_code", "invoice_id"], how="anti")
        .group_by(seller)
        .agg(total=pl.col("claimed_fen").sum(), invoices=pl.len())
        .filter(pl.col("invoices") >= values["min_invoices"])
        .select("unit_code", "seller_tax_id", "total")
    )


RULES: Mapping[str, Callable[[Mapping[str, Frame], Values], Frame]] = {
    "EXA101": round_payment_to_person,
    "XJK301": meeting_above_standard,
    "XJK302": attendance_below_claimed,
    "XJK306": fees_kept_below_tax_free,
    "XJK307": person_in_two_places,
    "XJK308": staff_paid_service_fee,
    "XJK701": invoice_claimed_beyond_total,
    "XJK703": seller_not_in_business,
    "XJK706": invoice_number_contradicts_date,
    "XJK711": invoice_dated_after_voucher,
    "XJK712": impossible_tax_on_invoice,
    "XJK713": invoices_just_below_limit,
}
