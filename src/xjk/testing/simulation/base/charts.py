"""Charts of accounts: the government system, and those of the bodies around it.

Only accounts the district uses are listed. Leaf codes of four digits are the standard's own; longer
ones are the unit's. A government unit keeps the financial and the budget book side by side.
"""

from __future__ import annotations

GOVERNMENT = {
    "1001": "库存现金",
    "1002": "银行存款",
    "1011": "零余额账户用款额度",
    "100201": "银行存款-基本户",
    "100202": "银行存款-非税收入汇缴户",
    "1214": "预付账款",
    "1218": "其他应收款",
    "1601": "固定资产",
    "1602": "固定资产累计折旧",
    "1613": "在建工程",
    "1801": "公共基础设施",
    "2102": "其他应交税费",
    "2103": "应缴财政款",
    "2201": "应付职工薪酬",
    "2302": "应付账款",
    "2305": "预收账款",
    "2307": "其他应付款",
    "2901": "受托代理负债",
    "3001": "累计盈余",
    "3301": "本期盈余",
    "3302": "本年盈余分配",
    "4001": "财政拨款收入",
    "4603": "捐赠收入",
    "4604": "利息收入",
    "4605": "租金收入",
    "4609": "其他收入",
    "5001": "业务活动费用",
    "5101": "单位管理费用",
    "5301": "资产处置费用",
    "6001": "财政拨款预算收入",
    "6609": "其他预算收入",
    "710101": "行政支出-财政拨款支出",
    "710103": "行政支出-其他资金支出",
    "720101": "事业支出-财政拨款支出",
    "720103": "事业支出-其他资金支出",
    "8001": "资金结存",
    "8101": "财政拨款结转",
    "8202": "非财政拨款结余",
    "8501": "其他结余",
}
NONPROFIT = {
    "1001": "现金",
    "1002": "银行存款",
    "1122": "其他应收款",
    "1501": "固定资产",
    "2209": "其他应付款",
    "2204": "应付工资",
    "3101": "非限定性净资产",
    "4201": "会费收入",
    "4301": "提供服务收入",
    "4401": "政府补助收入",
    "4901": "其他收入",
    "5101": "业务活动成本",
    "5201": "管理费用",
}
UNION = {
    "101": "库存现金",
    "102": "银行存款",
    "131": "其他应收款",
    "215": "其他应付款",
    "331": "工会资金结余",
    "402": "拨缴经费收入",
    "404": "行政补助收入",
    "408": "其他收入",
    "501": "职工活动支出",
    "503": "业务支出",
}
ENTERPRISE = {
    "1001": "库存现金",
    "1002": "银行存款",
    "1122": "应收账款",
    "1601": "固定资产",
    "2202": "应付账款",
    "2211": "应付职工薪酬",
    "2221": "应交税费",
    "2241": "其他应付款",
    "4001": "实收资本",
    "4103": "本年利润",
    "4104": "利润分配",
    "6001": "主营业务收入",
    "6401": "主营业务成本",
    "6602": "管理费用",
    "6603": "财务费用",
}
CHARTS = {"government": GOVERNMENT, "nonprofit": NONPROFIT, "union": UNION, "enterprise": ENTERPRISE}
BANK = {"government": "1002", "nonprofit": "1002", "union": "102", "enterprise": "1002"}
CASH = {"government": "1001", "nonprofit": "1001", "union": "101", "enterprise": "1001"}
EQUITY = {"government": "3001", "nonprofit": "3101", "union": "331", "enterprise": "4104"}
EXPENSE = {"government": "5001", "nonprofit": "5201", "union": "503", "enterprise": "6602"}
INTEREST = {"government": "4604", "nonprofit": "4901", "union": "408", "enterprise": "6603"}
# What an account is for, where the library's own government chart does not say it.
ROLES = {
    "nonprofit": {
        "1001": "cash",
        "1002": "bank",
        "1122": "other_receivable",
        "1501": "fixed_asset",
        "2204": "payroll_payable",
        "2209": "other_payable",
        "3101": "accumulated_surplus",
        "4201": "income_other",
        "4301": "income_service",
        "4401": "income_superior_subsidy",
        "4901": "income_other",
        "5101": "expense_activity",
        "5201": "expense_management",
    },
    "union": {
        "101": "cash",
        "102": "bank",
        "131": "other_receivable",
        "215": "other_payable",
        "331": "accumulated_surplus",
        "402": "income_other",
        "404": "income_superior_subsidy",
        "408": "income_other",
        "501": "expense_activity",
        "503": "expense_activity",
    },
    "enterprise": {
        "1001": "cash",
        "1002": "bank",
        "1122": "receivable",
        "1601": "fixed_asset",
        "2202": "payable",
        "2211": "payroll_payable",
        "2221": "other_tax_payable",
        "2241": "other_payable",
        "4103": "current_surplus",
        "4104": "surplus_distribution",
        "6001": "income_operating",
        "6401": "expense_operating",
        "6602": "expense_management",
        "6603": "expense_other",
    },
}
PARTY_ACCOUNTS = frozenset(
    {"1214", "1218", "2302", "2305", "2307", "2901", "1122", "2209", "131", "215", "2202", "2241"}
)


def book_of(system: str, account: str) -> str:
    """Say which of the parallel books an account belongs to."""
    return "budget" if system == "government" and account[0] in "678" else "financial"


def direction_of(system: str, account: str) -> str:
    """Give the normal side of an account."""
    if system == "union":
        debit = account[0] in "15"
    elif system == "enterprise":
        debit = account[0] == "1" or account in ("6401", "6602", "6603")
    else:
        debit = (account[0] in "157" and account != "1602") or account == "8001"
    return "debit" if debit else "credit"
