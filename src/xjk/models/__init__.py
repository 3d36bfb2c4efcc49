"""Typed models: what things are. Every model can be imported from here; each is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xjk.models.finding import Evidence as Evidence
    from xjk.models.finding import EvidenceKey as EvidenceKey
    from xjk.models.finding import Finding as Finding
    from xjk.models.finding import Hit as Hit
    from xjk.models.finding import SourceRef as SourceRef
    from xjk.models.lead import Lead as Lead
    from xjk.models.lead import ScorePart as ScorePart
    from xjk.models.lead import UnitRank as UnitRank
    from xjk.models.pack import EngineInfo as EngineInfo
    from xjk.models.pack import PackInfo as PackInfo
    from xjk.models.pack import PackProblem as PackProblem
    from xjk.models.pack import ReaderInfo as ReaderInfo
    from xjk.models.pack import ReporterInfo as ReporterInfo
    from xjk.models.problem import Problem as Problem
    from xjk.models.record import Record as Record
    from xjk.models.rule import Basis as Basis
    from xjk.models.rule import Param as Param
    from xjk.models.rule import Rule as Rule
    from xjk.models.rule import RuleMeta as RuleMeta
    from xjk.models.run import Coverage as Coverage
    from xjk.models.run import FileCount as FileCount
    from xjk.models.run import RuleRun as RuleRun
    from xjk.models.run import RunInfo as RunInfo
    from xjk.models.run import RunResult as RunResult
    from xjk.models.run import Validation as Validation
    from xjk.models.tables import TABLES as TABLES
    from xjk.models.tables.assets import Asset as Asset
    from xjk.models.tables.assets import AssetDisposal as AssetDisposal
    from xjk.models.tables.assets import Donation as Donation
    from xjk.models.tables.assets import LandTransfer as LandTransfer
    from xjk.models.tables.assets import Lease as Lease
    from xjk.models.tables.bank import BankAccount as BankAccount
    from xjk.models.tables.bank import BankTransaction as BankTransaction
    from xjk.models.tables.campaign import PastProblem as PastProblem
    from xjk.models.tables.campaign import SelfReport as SelfReport
    from xjk.models.tables.campaign import Tip as Tip
    from xjk.models.tables.enterprises import Enterprise as Enterprise
    from xjk.models.tables.enterprises import EnterprisePerson as EnterprisePerson
    from xjk.models.tables.invoices import Invoice as Invoice
    from xjk.models.tables.invoices import InvoiceUse as InvoiceUse
    from xjk.models.tables.ledgers import AccountBalance as AccountBalance
    from xjk.models.tables.ledgers import LedgerAccount as LedgerAccount
    from xjk.models.tables.ledgers import PartyBalance as PartyBalance
    from xjk.models.tables.ledgers import VoucherLine as VoucherLine
    from xjk.models.tables.projects import Contract as Contract
    from xjk.models.tables.projects import Project as Project
    from xjk.models.tables.receipts import FeeItem as FeeItem
    from xjk.models.tables.receipts import Penalty as Penalty
    from xjk.models.tables.receipts import Permit as Permit
    from xjk.models.tables.receipts import Receipt as Receipt
    from xjk.models.tables.receipts import ReceiptBook as ReceiptBook
    from xjk.models.tables.receipts import Remittance as Remittance
    from xjk.models.tables.services import Attendance as Attendance
    from xjk.models.tables.services import Beneficiary as Beneficiary
    from xjk.models.tables.services import Event as Event
    from xjk.models.tables.services import ServiceFee as ServiceFee
    from xjk.models.tables.staff import Payroll as Payroll
    from xjk.models.tables.staff import Person as Person
    from xjk.models.tables.staff import Travel as Travel
    from xjk.models.tables.treasury import Budget as Budget
    from xjk.models.tables.treasury import Payment as Payment
    from xjk.models.tables.units import Unit as Unit
    from xjk.models.words import Words as Words

_HOMES = {
    "AccountBalance": "xjk.models.tables.ledgers",
    "Asset": "xjk.models.tables.assets",
    "AssetDisposal": "xjk.models.tables.assets",
    "Attendance": "xjk.models.tables.services",
    "BankAccount": "xjk.models.tables.bank",
    "BankTransaction": "xjk.models.tables.bank",
    "Basis": "xjk.models.rule",
    "Beneficiary": "xjk.models.tables.services",
    "Budget": "xjk.models.tables.treasury",
    "Contract": "xjk.models.tables.projects",
    "Coverage": "xjk.models.run",
    "Donation": "xjk.models.tables.assets",
    "EngineInfo": "xjk.models.pack",
    "Enterprise": "xjk.models.tables.enterprises",
    "EnterprisePerson": "xjk.models.tables.enterprises",
    "Event": "xjk.models.tables.services",
    "Evidence": "xjk.models.finding",
    "EvidenceKey": "xjk.models.finding",
    "FeeItem": "xjk.models.tables.receipts",
    "FileCount": "xjk.models.run",
    "Finding": "xjk.models.finding",
    "Hit": "xjk.models.finding",
    "Invoice": "xjk.models.tables.invoices",
    "InvoiceUse": "xjk.models.tables.invoices",
    "LandTransfer": "xjk.models.tables.assets",
    "Lead": "xjk.models.lead",
    "Lease": "xjk.models.tables.assets",
    "LedgerAccount": "xjk.models.tables.ledgers",
    "PackInfo": "xjk.models.pack",
    "PackProblem": "xjk.models.pack",
    "Param": "xjk.models.rule",
    "PartyBalance": "xjk.models.tables.ledgers",
    "PastProblem": "xjk.models.tables.campaign",
    "Payment": "xjk.models.tables.treasury",
    "Payroll": "xjk.models.tables.staff",
    "Penalty": "xjk.models.tables.receipts",
    "Permit": "xjk.models.tables.receipts",
    "Person": "xjk.models.tables.staff",
    "Problem": "xjk.models.problem",
    "Project": "xjk.models.tables.projects",
    "ReaderInfo": "xjk.models.pack",
    "Receipt": "xjk.models.tables.receipts",
    "ReceiptBook": "xjk.models.tables.receipts",
    "Record": "xjk.models.record",
    "Remittance": "xjk.models.tables.receipts",
    "ReporterInfo": "xjk.models.pack",
    "Rule": "xjk.models.rule",
    "RuleMeta": "xjk.models.rule",
    "RuleRun": "xjk.models.run",
    "RunInfo": "xjk.models.run",
    "RunResult": "xjk.models.run",
    "ScorePart": "xjk.models.lead",
    "SelfReport": "xjk.models.tables.campaign",
    "ServiceFee": "xjk.models.tables.services",
    "SourceRef": "xjk.models.finding",
    "TABLES": "xjk.models.tables",
    "Tip": "xjk.models.tables.campaign",
    "Travel": "xjk.models.tables.staff",
    "Unit": "xjk.models.tables.units",
    "UnitRank": "xjk.models.lead",
    "Validation": "xjk.models.run",
    "VoucherLine": "xjk.models.tables.ledgers",
    "Words": "xjk.models.words",
}

__all__ = [  # noqa: PLE0604 - the table above, which a test compares with the imports
    *_HOMES
]


def __getattr__(name: str) -> Any:
    """Import a model on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the models."""
    return sorted(_HOMES)
