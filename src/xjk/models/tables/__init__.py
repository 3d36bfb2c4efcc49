"""All canonical tables by name, in the order of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xjk.models.record import Record
from xjk.models.tables.assets import Asset, AssetDisposal, Donation, LandTransfer, Lease
from xjk.models.tables.bank import BankAccount, BankTransaction
from xjk.models.tables.campaign import PastProblem, SelfReport, Tip
from xjk.models.tables.enterprises import Enterprise, EnterprisePerson
from xjk.models.tables.invoices import Invoice, InvoiceUse
from xjk.models.tables.ledgers import AccountBalance, LedgerAccount, PartyBalance, VoucherLine
from xjk.models.tables.projects import Contract, Project
from xjk.models.tables.receipts import FeeItem, Penalty, Permit, Receipt, ReceiptBook, Remittance
from xjk.models.tables.services import Attendance, Beneficiary, Event, ServiceFee
from xjk.models.tables.staff import Payroll, Person, Travel
from xjk.models.tables.treasury import Budget, Payment
from xjk.models.tables.units import Unit

TABLES: Mapping[str, type[Record]] = MappingProxyType(
    {
        model.table: model
        for model in (
            Unit,
            LedgerAccount,
            AccountBalance,
            PartyBalance,
            VoucherLine,
            BankAccount,
            BankTransaction,
            Payment,
            Budget,
            Project,
            Contract,
            Invoice,
            InvoiceUse,
            FeeItem,
            ReceiptBook,
            Receipt,
            Remittance,
            Penalty,
            Asset,
            Lease,
            LandTransfer,
            AssetDisposal,
            Donation,
            Person,
            Payroll,
            ServiceFee,
            Event,
            Attendance,
            Enterprise,
            EnterprisePerson,
            Beneficiary,
            Travel,
            Permit,
            PastProblem,
            Tip,
            SelfReport,
        )
    }
)
