"""The rules with pandas, on columns of Arrow read by Arrow's own readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
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
"""A data frame; the packages of the group ``bench`` are not installed where types are checked."""

Values = Mapping[str, int]

TEXT = pd.ArrowDtype(pa.string())

NUMBERS = (*AMOUNTS, "tax_rate", "grade", "attendees", "staff_members", "voided")
"""Columns with numbers; those without a date hold text."""

DAY = ["unit_code", "voucher_no", "voucher_date"]
"""What identifies a voucher."""


def find(folder: Path, rules: Parameters) -> list[Hit]:
    """Return what the rules find in the files of a folder."""
    tables = {table: _read(folder, table) for table in tables_of(rules)}
    return [
        (code, unit, subject, int(amount))
        for code, values in rules.items()
        for unit, subject, amount in RULES[code](tables, values).itertuples(index=False)
    ]


def _read(folder: Path, table: str) -> Frame:
    """Return the wanted columns of a file, money as whole fen."""
    wanted = list(COLUMNS[table])
    parquet = folder / f"{table}.parquet"
    if parquet.exists():
        frame = pd.read_parquet(parquet, columns=wanted, dtype_backend="pyarrow")
    else:
        texts = {name: TEXT for name in wanted if name not in DATES and name not in NUMBERS}
        csv = folder / f"{table}.csv"
        frame = pd.read_csv(csv, engine="pyarrow", dtype_backend="pyarrow", usecols=wanted, dtype=texts)
    for name in wanted:
        if name in DATES:
            frame[name] = frame[name].astype("datetime64[s]")
        elif name in NUMBERS:
            scale = 100 if name in AMOUNTS else 1_000_000 if name == "tax_rate" else 1
            frame[name] = (frame[name].astype("float64") * scale).round()
    return frame.rename(columns={**AMOUNTS, "tax_rate": "rate_micro"})


def _days(start: Any, end: Any) -> Any:
    """Return the number of days from one column to another."""
    return (end - start).dt.days


def round_payment_to_person(tables: Mapping[str, Frame], values: Values) -> Frame:
    """EXA101: round payments to people."""
    payment = tables["payment"]
    amount = payment["amount_fen"]
    found = payment[(amount >= values["min_amount_fen"]) & (amount % values["round_to_fen"] == 0)]
    name = found["payee_name"]
    is_person = name.str.fullmatch(PERSON) & ~name.str[-1].isin(list(SHOP_ENDINGS))
    return found[name.isin(tables["person"]["name"]) | is_person][["unit_code", "payment_id", "amount_fen"]]


def meeting_above_standard(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK301: meetings that cost more than their class allows."""
    event = tables["event"]
    event = event[
        (event["kind"] == "meeting") & (event["attendees"] > 0) & (event["ends_on"] >= event["starts_on"])
    ]
    people = event["attendees"] + values["staff_besides"] * event["staff_members"].fillna(0)
    days = _days(event["starts_on"], event["ends_on"]) + 1 + values["travel_days"]
    excess = event["cost_fen"] - people * days * event["grade"].fillna(1).map(MEETING_DAY_FEN)
    event = event.assign(excess=excess)
    return event[excess >= values["min_excess_fen"]][["unit_code", "event_id", "excess"]]


def attendance_below_claimed(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK302: events that far fewer people signed for than were claimed."""
    who = tables["attendance"].drop_duplicates(["event_id", "person_name", "id_no"])
    signed = who.groupby("event_id").size().rename("signed").reset_index()
    event = tables["event"].merge(signed, on="event_id")
    event = event[event["ends_on"] >= event["starts_on"]]
    grade = event["grade"].fillna(1)
    each = grade.map(MEETING_DAY_FEN).where(event["kind"] == "meeting", grade.map(TRAINING_DAY_FEN))
    people = event["signed"] + event["staff_members"].fillna(0)
    days = _days(event["starts_on"], event["ends_on"]) + 1 + values["travel_days"]
    event = event.assign(excess=event["cost_fen"] - each * people * days)
    missing = event["attendees"] - people
    return event[
        (missing >= values["min_missing"])
        & (missing * 100 >= event["attendees"] * values["min_missing_pct"])
        & (event["excess"] >= values["min_excess_fen"])
    ][["unit_code", "event_id", "excess"]]


def fees_kept_below_tax_free(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK306: people with many fees just below the tax-free amount."""
    fee = tables["service_fee"]
    amount = fee["amount_fen"]
    near = fee[
        (amount <= TAX_FREE_FEN)
        & (amount * 100 >= TAX_FREE_FEN * values["near_pct"])
        & (fee["tax_withheld_fen"].fillna(0) == 0)
    ]
    near = near.assign(
        person=near["id_no"].fillna(near["payee_name"]), month=near["paid_on"].dt.to_period("M")
    ).sort_values("paid_on")
    person = ["unit_code", "person"]
    window = f"{values['window_days'] + 1}D"  # open on the left
    summed = near.groupby(person).agg(
        payee=("payee_name", "min"),
        total=("amount_fen", "sum"),
        least=("amount_fen", "min"),
        most=("amount_fen", "max"),
    )
    summed["in_month"] = near.groupby([*person, "month"]).size().groupby(person).max()
    in_window = near.set_index("paid_on").groupby(person)["amount_fen"].rolling(window).count()
    summed["in_window"] = in_window.groupby(person).max()
    summed = summed.reset_index()
    return summed[
        (summed["total"] >= values["min_total_fen"])
        & (
            (summed["in_month"] >= values["min_in_month"])
            | ((summed["in_window"] >= values["min_in_window"]) & (summed["least"] < summed["most"]))
        )
    ][["unit_code", "payee", "total"]]


def person_in_two_places(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK307: people who signed at two places on one day."""
    event = tables["event"]
    held = event.assign(each=event["grade"].map({1: 76_000, 2: 65_000}).fillna(55_000))
    signed = tables["attendance"].merge(held[["event_id", "unit_code", "venue", "each"]], on="event_id")
    twice = signed.merge(signed, on=["person_name", "day"], suffixes=("", "_other"))
    twice = twice[(twice["event_id_other"] > twice["event_id"]) & (twice["venue"] != twice["venue_other"])]
    same_number = (twice["id_no"] == twice["id_no_other"]).fillna(value=False)
    no_number = twice["id_no"].isna() | twice["id_no_other"].isna()
    twice = twice[same_number | (no_number & (twice["unit_code"] == twice["unit_code_other"]))]
    pair = (
        twice.groupby(["event_id", "event_id_other"])
        .agg(unit=("unit_code", "first"), people=("person_name", "nunique"), total=("each", "sum"))
        .reset_index()
    )
    pair = pair[pair["people"] >= values["min_people"]]
    return pair.assign(subject=pair["event_id"] + "|" + pair["event_id_other"])[["unit", "subject", "total"]]


def staff_paid_service_fee(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK308: fees to people on the payroll of the unit that pays."""
    fee = tables["service_fee"]
    if not values["include_lectures"]:
        fee = fee[fee["kind"] != "lecture"]
    person = tables["person"].rename(columns={"name": "payee_name"})
    paid = fee.merge(person, on=["payee_name", "unit_code"], suffixes=("", "_own"))
    same_number = (paid["id_no"] == paid["id_no_own"]).fillna(value=False)
    same_account = (paid["account_no"] == paid["account_no_own"]).fillna(value=False)
    no_number = paid["id_no"].isna() | paid["id_no_own"].isna()
    gone_later = paid["status"].isin(["retired", "left", "deceased"]) & (paid["status_on"] > paid["paid_on"])
    paid = paid[
        (same_number | (same_account & no_number))
        & ((paid["status"].fillna("active") == "active") | gone_later)
    ]
    total = paid.groupby(["unit_code", "person_id"])["amount_fen"].sum().reset_index()
    return total[total["amount_fen"] >= values["min_total_fen"]]


def _without_voided(uses: Frame, tables: Mapping[str, Frame]) -> Frame:
    """Leave out uses on vouchers that were voided."""
    line = tables["voucher_line"]
    voided = line[line["voided"] == 1][DAY].drop_duplicates()
    marked = uses.merge(voided, on=DAY, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")


def invoice_claimed_beyond_total(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK701: invoices of which more was claimed than they say."""
    invoice, uses = tables["invoice"], tables["invoice_use"]
    red = invoice[invoice["red_of"].notna()][["invoice_id", "red_of"]]
    taken_back = uses[uses["claimed_fen"] < 0].merge(red, on="invoice_id")
    taken_back = taken_back.assign(used=taken_back["invoice_id"], invoice_id=taken_back["red_of"])
    claim = pd.concat([uses.assign(used=uses["invoice_id"]), taken_back[[*uses.columns, "used"]]])
    claim = claim.merge(invoice[invoice["total_fen"] > 0][["invoice_id", "total_fen"]], on="invoice_id")
    live = _without_voided(claim, tables)
    by_invoice = live.groupby("invoice_id").agg(claimed=("claimed_fen", "sum"), total=("total_fen", "first"))
    excess = (by_invoice["claimed"] - by_invoice["total"]).rename("excess")
    excess = excess[excess >= values["min_excess_fen"]].reset_index()
    running = live.merge(excess, on="invoice_id").sort_values(
        ["voucher_date", "unit_code", "voucher_no", "used"]
    )
    running["beyond"] = running.groupby("invoice_id")["claimed_fen"].cumsum() - running["total_fen"]
    running = running[(running["claimed_fen"] > 0) & (running["beyond"] > 0)]
    running = running.assign(part=running[["beyond", "claimed_fen"]].min(axis=1))
    found = running.groupby(["unit_code", "invoice_id"]).agg(part=("part", "sum"), excess=("excess", "first"))
    return found.min(axis=1).rename("amount").reset_index()


def seller_not_in_business(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK703: invoices from before their seller was founded or after it was deregistered."""
    invoice = tables["invoice"]
    invoice = invoice[invoice["total_fen"] > 0][["invoice_id", "seller_tax_id", "issued_on"]]
    sold = invoice.merge(tables["enterprise"], left_on="seller_tax_id", right_on="uscc")
    too_early = _days(sold["issued_on"], sold["founded_on"]) >= values["min_days_before"]
    too_late = _days(sold["cancelled_on"], sold["issued_on"]) >= values["min_days_after"]
    uses = tables["invoice_use"].merge(sold[too_early | too_late][["invoice_id", "uscc"]], on="invoice_id")
    live = _without_voided(uses, tables)
    total = live.groupby(["unit_code", "uscc"])["claimed_fen"].sum().reset_index()
    return total[total["claimed_fen"] >= values["min_amount_fen"]]


def invoice_number_contradicts_date(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK706: invoices whose number names another year than their date."""
    invoice = tables["invoice"]
    invoice = invoice[
        (invoice["total_fen"] > 0)
        & (invoice["issued_on"] >= "2000-01-01")
        & ~invoice["kind"].fillna("digital").isin(FISCAL_KINDS)
    ]
    code, number, issued = (
        invoice["invoice_code"],
        invoice["invoice_number"],
        invoice["issued_on"].dt.year % 100,
    )
    digital = code.isna()
    inner = pd.Series(pd.NA, index=invoice.index, dtype=TEXT)
    twenty = digital & (number.str.len() == 20)
    inner[twenty] = number[twenty].str[:2]
    ten = ~digital & (code.str.len() == 10).fillna(value=False)
    inner[ten] = code[ten].str[4:6]
    twelve = ~digital & ((code.str.len() == 12) & code.str.startswith("0")).fillna(value=False)
    inner[twelve] = code[twelve].str[5:7]
    year = pd.to_numeric(inner, errors="coerce").astype("float64")
    wrong = invoice[year.notna() & ((digital & (year != issued)) | (year > issued))]
    uses = tables["invoice_use"].merge(wrong[["invoice_id"]], on="invoice_id")
    total = uses.groupby(["unit_code", "invoice_id"])["claimed_fen"].sum().reset_index()
    return total[total["claimed_fen"] >= values["min_amount_fen"]]


def invoice_dated_after_voucher(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK711: expenses booked long before their invoice was issued."""
    invoice = tables["invoice"][["invoice_id", "issued_on", "seller_name", "total_fen"]]
    uses = tables["invoice_use"]
    late = uses[uses["claimed_fen"] >= values["min_amount_fen"]].merge(
        invoice[invoice["total_fen"] > 0], on="invoice_id"
    )
    late = late[_days(late["voucher_date"], late["issued_on"]) >= values["min_days"]]
    red = invoice[invoice["total_fen"] < 0]
    red = red.assign(total_fen=-red["total_fen"]).groupby(["seller_name", "total_fen"])["issued_on"].min()
    late = late.merge(red.rename("cancelled_on").reset_index(), on=["seller_name", "total_fen"], how="left")
    late = late[late["cancelled_on"].isna() | (late["cancelled_on"] > late["issued_on"])]
    line = tables["voucher_line"].merge(late, on=DAY)
    advance = (line["debit_fen"] > 0) & line["account_code"].str[:4].isin(ADVANCE_ACCOUNTS)
    line = line.assign(advance=advance, voided=line["voided"] == 1)
    voucher = (
        line.groupby([*DAY, "invoice_id"])
        .agg(claimed=("claimed_fen", "first"), voided=("voided", "any"), advance=("advance", "any"))
        .reset_index()
    )
    voucher = voucher[~voucher["voided"] & ~voucher["advance"]]
    subject = voucher["invoice_id"] + ":" + voucher["voucher_no"]
    return voucher.assign(subject=subject)[["unit_code", "subject", "claimed"]]


def impossible_tax_on_invoice(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK712: rates that were not in force, sums that do not agree, more tax than the highest rate gives."""
    invoice = tables["invoice"]
    invoice = invoice[
        (invoice["total_fen"] >= values["min_amount_fen"])
        & ~invoice["kind"].fillna("digital").isin(UNTAXED_KINDS)
    ]
    rate, net, tax = invoice["rate_micro"], invoice["net_fen"], invoice["tax_fen"]
    difference = values["min_difference_fen"]
    wrong = invoice[
        ((rate < 1_000_000) & ~rate.isin(VAT_RATES_MICRO))
        | ((net + tax - invoice["total_fen"]).abs() >= difference)
        | (tax * 1_000_000 - net * max(VAT_RATES_MICRO) >= difference * 1_000_000)
    ]
    uses = tables["invoice_use"]
    uses = uses[uses["claimed_fen"] > 0].merge(wrong[["invoice_id"]], on="invoice_id")
    return uses.groupby(["unit_code", "invoice_id"])["claimed_fen"].sum().reset_index()


def invoices_just_below_limit(tables: Mapping[str, Frame], values: Values) -> Frame:
    """XJK713: several invoices of one seller within days, each just below a limit."""
    limit, within = values["limit_amount_fen"], timedelta(days=values["within_days"])
    seller = ["unit_code", "seller_tax_id"]
    invoice = tables["invoice"]
    total = invoice["total_fen"]
    near = invoice[(total < limit) & (total * 100 >= limit * values["near_pct"])]
    near = near[["invoice_id", "issued_on", "seller_name", "seller_tax_id"]]
    uses = near.merge(tables["invoice_use"], on="invoice_id")
    claimed = (
        uses.groupby([*seller, "invoice_id", "issued_on", "seller_name"])["claimed_fen"].sum().reset_index()
    )
    claimed = claimed[claimed["claimed_fen"] > 0]
    # two invoices of a window lie within it, so the largest window of each is found from pairs of days
    day = claimed.groupby([*seller, "issued_on"]).size().rename("here").reset_index()
    pair = day.merge(day, on=seller, suffixes=("", "_earlier"))
    gap = pair["issued_on"] - pair["issued_on_earlier"]
    pair = pair[(gap >= timedelta(0)) & (gap <= within)]
    before = pair.groupby([*seller, "issued_on"])["here_earlier"].sum().rename("before").reset_index()
    pair = before.merge(day, on=seller, suffixes=("_later", ""))
    gap = pair["issued_on_later"] - pair["issued_on"]
    pair = pair[(gap >= timedelta(0)) & (gap <= within)]
    together = pair.groupby([*seller, "issued_on"])["before"].max().rename("together").reset_index()
    found = claimed.merge(together, on=[*seller, "issued_on"])
    found = found[found["together"] >= values["min_invoices"]]
    contract = tables["contract"]
    part = found.merge(contract[contract["amount_fen"] >= limit], on="unit_code")
    same = (part["party_uscc"] == part["seller_tax_id"]).fillna(value=False) | (
        part["party_name"] == part["seller_name"]
    )
    begun = part["signed_on"].fillna(part["starts_on"]).fillna(part["issued_on"]) <= part["issued_on"]
    ended = part["ends_on"].fillna(part["issued_on"]) + timedelta(days=values["after_contract_days"])
    ordered = part[same & begun & (ended >= part["issued_on"])][["unit_code", "invoice_id"]].drop_duplicates()
    found = found.merge(ordered, on=["unit_code", "invoice_id"], how="left", indicator=True)
    found = found[found["_merge"] == "left_only"]
    summed = (
        found.groupby(seller).agg(total=("claimed_fen", "sum"), invoices=("invoice_id", "size")).reset_index()
    )
    return summed[summed["invoices"] >= values["min_invoices"]][[*seller, "total"]]


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
