"""A small finance system in PostgreSQL with codes, forms and mistakes of its own, and the mapping that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xjk.ledger.ledger import Ledger
from xjk.ledger.relations import table_relation

SYSTEM = """
create table "单位" ("代码" char(10) primary key, "名称" varchar(100), "性质" text);
insert into "单位" values ('101', '甲局', '行政单位'), ('102', '乙站', '事业单位');

create table "凭证分录" ("编号" serial primary key, "单位" char(10), "字" text, "号" int, "行" smallint, "日期" timestamp, "摘要" text,
  "科目" varchar(40), "金额" numeric(18,2), "方向" smallint, "状态" int, "附件" bytea);
insert into "凭证分录" ("单位", "字", "号", "行", "日期", "摘要", "科目", "金额", "方向", "状态") values
  ('101', '记', 1, 1, '2024-01-05 09:00', '会议费', '5001', 1000, 1, 1), ('101', '记', 1, 2, '2024-01-05 09:00', '会议费', '1002', 1000, -1, 1),
  ('101', '记', 2, 1, '2024-02-05', '　预付款 ', '6001', 0, 1, 1), ('101', '记', 2, 2, '2024-02-05', null, '8001', 12.30, -1, 1),
  ('101', '记', 3, 1, '2024-03-05', '作废', '5001', 7, 1, 0), ('101', '记', 4, 1, '2024-03-06', '平', '5001', 7, 0, 1);

create table "银行流水" ("流水号" uuid default gen_random_uuid(), "序号" bigint primary key, "账号" text, "单位" char(10), "日期" text,
  "收入" numeric(18,2), "支出" numeric, "余额（万元）" numeric, "对方" text, "摘要" text, "附言" text, "渠道" text default ' ');
insert into "银行流水" ("序号", "账号", "单位", "日期", "收入", "支出", "余额（万元）", "对方", "摘要", "附言") values
  (1, '6222 0000-1111', '101', '05/03/2024', 10, null, 0.001, '丙公司', '货款', '甲'), (2, '622200001111', '101', '2024-03-06', null, 3.5, 0.00065, '（丁）', '货款', null),
  (3, '622200001111', '101', '2024年3月7日', 0, 1, 0.00055, '', null, '乙'), (4, '622200001111', '101', '20240308 12:00:00', 5, 5, 1, 'x', 'y', 'z'),
  (5, '622200001111', '101', '31/02/2024', 5, null, 1, 'x', 'y', 'z'), (6, '622200001111', '101', '2024-03-09', 5, null, 0.0000001, 'x', 'y', 'z');

create table "科目余额" ("序" serial, "单位" text, "年" int, "期" int, "科目" text, "期初借" numeric(18,2), "期初贷" numeric(18,2), "期末" numeric(18,2), "方向" text);
insert into "科目余额" ("单位", "年", "期", "科目", "期初借", "期初贷", "期末", "方向") values
  ('101', 2024, 1, '1001', 5, null, 7.5, '借'), ('101', 2024, 1, '2001', null, 3, 9, ' 贷'), ('101', 2024, 1, '3001', 1, 1, 0, '平'), ('101', 2024, 1, '4001', null, null, 2, 'D'),
  ('101', 2024, 1, '5001', 0, 0, 4, '平'), ('101', 2024, 1, '6001', null, null, 4, null), ('101', 2024, 1, '7001', null, null, null, '借'), ('101', 2024, 1, '8001', null, null, 4, '右');

create table "对账单" ("号" int primary key, "账号" text, "日期" date, "金额" numeric(18,2), "借贷" char(4));
insert into "对账单" values (1, '7000', '2024-05-01', 10, '借'), (2, '7000', '2024-05-02', 20, '贷'), (3, '7000', '2024-05-03', 30, '收'), (4, '7000', '2024-05-04', 40, 'X'), (5, '7000', '2024-05-05', 50, '');

create table "分录" ("序" int primary key, "单位" text, "流水" int, "日期" date, "科目" text, "借" numeric(18,2));
insert into "分录" values (1, '102', 77, '2024-06-01', '5001', 1), (2, '102', null, '2024-06-01', '5001', 2);
"""

MAPPING: Mapping[str, Any] = {
    "sources": [
        {"file": "单位", "tables": [{"table": "unit", "columns": {"unit_code": "代码", "name": "名称", "kind": {"from": "性质", "values": {
            "行政单位": "administrative", "事业单位": "public_institution"}}}}]},
        {"file": "凭证分录", "where": {"状态": "1"}, "tables": [
            {"table": "voucher_line", "columns": {
                "unit_code": "单位", "voucher_word": "字", "voucher_no": "号", "line_no": "行", "voucher_date": "日期", "summary": "摘要",
                "account_code": "科目", "amount": "金额", "side": "方向", "approved_by": {"from": "审核", "optional": True},
                "prepared_by": {"constant": "张三"}, "counterparty_name": {"from": "对方", "default": "无"}}},
            {"table": "ledger_account", "distinct": True, "columns": {
                "unit_code": "单位", "fiscal_year": {"constant": "2024"}, "account_code": "科目", "account_name": "科目"}},
        ]},
        {"file": "银行流水", "tables": [{"table": "bank_transaction", "columns": {
            "txn_id": {"join": ["账号", "序号"], "separator": "#"}, "account_no": "账号", "unit_code": "单位", "booked_on": {"from": "日期", "format": ["%d/%m/%Y"]},
            "received": "收入", "paid": "支出", "balance": "余额", "counterparty_name": "对方", "memo": {"join": ["摘要", "附言"], "separator": " "}, "channel": {"from": "渠道", "values": {"网银": "transfer"}, "default": "其他"}}}]},
        {"file": "科目余额", "tables": [{"table": "account_balance", "columns": {"unit_code": "单位", "fiscal_year": "年", "period": "期", "account_code": "科目",
            "opening_debit": "期初借", "opening_credit": "期初贷", "closing": "期末", "closing_side": "方向"}}]},
        {"file": "对账单", "tables": [{"table": "bank_transaction", "columns": {
            "txn_id": "号", "account_no": "账号", "unit_code": {"constant": "101"}, "booked_on": "日期", "amount": "金额", "side": "借贷"}}]},
        {"file": "分录", "tables": [{"table": "voucher_line", "columns": {
            "unit_code": "单位", "entry_no": "流水", "voucher_no": "序", "line_no": "序", "voucher_date": "日期", "account_code": "科目", "debit": "借"}}]},
    ]
}  # fmt: skip


def rows_of(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    relation = table_relation(table)
    columns = ", ".join(column.name for column in relation.content)
    session = ledger.session()
    try:
        return list(
            session.query(f"select {columns}, {table}_key from {table} order by {', '.join(relation.key)}")
        )
    finally:
        session.close()
