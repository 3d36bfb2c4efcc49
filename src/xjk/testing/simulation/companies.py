"""The companies, sole traders and cooperatives that trade with the district."""

from __future__ import annotations

from datetime import date

from xjk.testing.simulation.base.fresh import new_account, new_citizen, new_credit_code, new_name, new_phone
from xjk.testing.simulation.base.world import Company, World

# key, name, trade on the licence, way of invoicing, capital in ten thousand yuan, insured staff
_COMPANIES = (
    ("property", "澜川恒岚物业服务有限公司", "物业管理;保洁服务", "digital", 500, 86),
    ("property2", "澜川安栩物业管理有限公司", "物业管理;停车场服务", "digital", 300, 64),
    ("office1", "澜川启沐办公用品有限公司", "办公用品、文具销售", "e_ordinary", 100, 9),
    ("office2", "云汀区嘉穗文具店", "文具零售", "digital", 10, 2),
    ("office3", "澜川佳朗商贸有限公司", "办公设备、日用百货、体育用品、五金工具销售", "digital", 200, 14),
    ("print1", "澜川明曜印务有限公司", "印刷;广告制作", "digital", 300, 22),
    ("print2", "云汀区众屹图文设计部", "打字复印;图文设计", "e_ordinary", 20, 4),
    ("telecom", "澜川云程通信有限公司云汀分公司", "电信业务", "digital", 1000, 120),
    ("power", "澜川供电有限公司云汀供电部", "供电", "digital", 5000, 310),
    ("water", "澜川润禾供水有限公司", "自来水供应", "digital", 3000, 150),
    ("repair", "澜川德沛建筑修缮有限公司", "房屋修缮;水电维修", "digital", 400, 26),
    ("garage", "云汀区远澈汽车修理厂", "汽车维修", "e_ordinary", 50, 11),
    ("fuel", "澜川天翊石油销售有限公司", "成品油零售", "digital", 2000, 75),
    ("system", "澜川博衡信息技术有限公司", "软件开发;系统运维", "vat_special", 800, 48),
    ("agency", "澜川锦蓝档案服务有限公司", "档案整理;数字化加工", "digital", 200, 31),
    ("restaurant", "云汀区汀岸人家餐馆", "餐饮服务", "e_ordinary", 30, 12),
    ("catering", "澜川味和餐饮管理有限公司", "餐饮服务;配餐;烘焙食品", "digital", 300, 40),
    ("hotel1", "澜川云栖会议酒店有限公司", "住宿;会议服务;餐饮", "digital", 2000, 95),
    ("hotel2", "云汀湖畔宾馆有限公司", "住宿;会议服务;餐饮", "digital", 1200, 58),
    ("food1", "澜川丰稔粮油有限公司", "粮油批发", "digital", 500, 20),
    ("food2", "云汀区绿畦蔬菜专业合作社", "蔬菜种植、销售", "digital", 80, 0),
    ("books", "澜川新苑书店有限公司", "图书零售", "digital", 600, 25),
    ("stage", "澜川华笙文化传播有限公司", "舞台设备租赁;演出服务", "digital", 300, 16),
    ("garden", "澜川盛桉园林绿化有限公司", "绿化养护;苗木销售", "digital", 1000, 54),
    ("survey", "澜川卓栎工程咨询有限公司", "工程造价咨询;工程监理", "digital", 600, 42),
    ("audit", "澜川正筠会计师事务所", "审计;验资", "digital", 200, 28),
    ("build1", "澜川宏垚建设工程有限公司", "市政公用工程施工", "digital", 6000, 180),
    ("build2", "澜川瑞汀建筑安装有限公司", "房屋建筑工程施工", "digital", 5000, 150),
    ("build3", "澜川远坤路桥工程有限公司", "公路、市政工程施工", "digital", 8000, 210),
    ("build4", "云汀区诚屹水利工程有限公司", "水利工程施工", "digital", 2000, 66),
    ("farm1", "柳溪镇禾岸农机服务专业合作社", "农机作业服务", "digital", 200, 0),
    ("farm2", "澜川沃原农业科技有限公司", "农业技术推广;有机肥销售", "digital", 900, 37),
    ("laundry", "云汀区洁安洗涤服务部", "洗涤服务", "digital", 10, 3),
    ("flowers", "云汀区芸汀花坊", "花卉零售", "digital", 5, 1),
    ("tenant1", "云汀区拾光书吧", "图书零售;饮品", "digital", 20, 3),
    ("tenant2", "云汀区墨韵画材店", "画材零售", "digital", 15, 2),
    ("tenant3", "澜川动力健身服务有限公司", "健身服务", "digital", 100, 12),
    ("tenant4", "柳溪镇顺达粮食购销部", "粮食收购", "digital", 50, 4),
    ("tenant5", "澜川筑友建材经营部", "建材销售", "digital", 60, 5),
    ("parcel", "澜川云汀置业有限公司", "房地产开发", "digital", 10000, 88),
    ("donor", "澜川汇澄纺织有限公司", "纺织品制造", "digital", 3000, 260),
    ("scrap", "澜川利再生资源有限公司", "废旧物资回收", "digital", 200, 15),
)


def add_company(
    world: World,
    key: str,
    name: str,
    trade: str,
    *,
    invoicing: str = "digital",
    capital: int = 100,
    insured: int = 10,
    founded: date = date(2015, 5, 20),
    address: str = "",
    legal: str = "",
    legal_id: str = "",
    **cells: object,
) -> Company:
    """Register a company with its legal representative, shareholder and supervisor."""
    rng = world.names
    sole = "公司" not in name and name.endswith(("店", "馆", "部", "厂", "坊", "书吧"))
    cooperative = name.endswith("合作社")
    kind = "sole_trader" if sole else "cooperative" if cooperative else "company"
    code = new_credit_code(world, {"sole_trader": "92", "cooperative": "93"}.get(kind, "91"), rng)
    legal = legal or new_name(world)
    legal_id = legal_id or new_citizen(world)
    account = new_account(world)
    row = world.add(
        "enterprise",
        **{
            "uscc": code,
            "name": name,
            "kind": kind,
            "legal_rep": legal,
            "registered_capital": capital * 1_000_000,
            "founded_on": founded,
            "status": "active",
            "address": address or _new_address(world),
            "phone": f"0000-77{rng.randrange(10000, 99999)}" if insured > 5 else new_phone(world),
            "scope": trade,
            "insured_staff": insured,
            "account_no": account,
            **cells,
        },
    )
    person = {"uscc": code, "name": legal, "id_no": legal_id}
    if kind == "sole_trader":
        world.add("enterprise_person", **person, post="operator", share_pct="100")
    else:
        world.add("enterprise_person", **person, post="legal_rep")
        world.add("enterprise_person", **person, post="shareholder", share_pct="60")
        world.add(
            "enterprise_person",
            uscc=code,
            name=new_name(world),
            post="shareholder",
            id_no=new_citizen(world),
            share_pct="40",
        )
        world.add(
            "enterprise_person", uscc=code, name=new_name(world), post="supervisor", id_no=new_citizen(world)
        )
    company = Company(name, code, account, trade, invoicing, new_name(world), new_name(world), row)
    world.companies[key] = company
    return company


def _new_address(world: World) -> str:
    """Make an address no other company has."""
    rng = world.names
    while True:
        address = f"澜川市云汀区{rng.choice('春夏秋冬')}华路{rng.randrange(1, 400)}号"
        if address not in world.taken:
            world.taken.add(address)
            return address


def build_companies(world: World) -> None:
    """Register the honest market, and the district's own bodies that are registered too."""
    rng = world.stream("companies")
    for key, name, trade, invoicing, capital, insured in _COMPANIES:
        founded = world.day(2006 + rng.randrange(14), 1 + rng.randrange(12), 1 + rng.randrange(28))
        add_company(
            world, key, name, trade, invoicing=invoicing, capital=capital, insured=insured, founded=founded
        )
    for unit in world.units.values():
        kind = {"enterprise": "company", "association": "association", "union": "union"}.get(unit.kind)
        if kind is None:
            continue
        head = unit.staff[0]
        row = world.add(
            "enterprise",
            uscc=unit.row["uscc"],
            name=unit.name,
            kind=kind,
            legal_rep=head.name,
            registered_capital=200_000_000 if kind == "company" else 3_000_000,
            founded_on=world.day(2013, 9, 2),
            status="active",
            address=unit.row["address"],
            phone=unit.row["phone"],
            scope="市政设施养护;保洁服务" if kind == "company" else "会员服务",
            insured_staff=len(unit.staff) if kind != "union" else 0,
            declared_by=unit.row["parent_code"],
            account_no=unit.banks["basic"]["account_no"],
        )
        world.add(
            "enterprise_person",
            uscc=unit.row["uscc"],
            name=head.name,
            post="legal_rep",
            id_no=head.row["id_no"],
        )
        world.companies[unit.code] = Company(
            unit.name,
            str(unit.row["uscc"]),
            str(unit.banks["basic"]["account_no"]),
            str(row["scope"]),
            "digital",
            unit.accountant,
            unit.finance_head,
            row,
        )
