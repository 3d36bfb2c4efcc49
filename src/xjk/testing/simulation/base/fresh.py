"""Names and identifiers that nobody else in the district has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from xjk.testing.simulation.base.identifiers import (
    BLOCKS,
    bank_card,
    citizen_number,
    corporate_account,
    credit_code,
    mobile,
)
from xjk.testing.simulation.base.world import World

_SURNAMES = (
    "林江顾沈陆贺秦方程丁戴韩袁卢曹严汤尹段雷侯邵孟龙万钱施孔邹章苏潘范彭鲁韦马苗崔夏俞任柳史唐费钟岑薛"
)
_FIRST = "志文雅思嘉宇晓明子佳振海春秋立国建新玉慧若欣景泽"
_LAST = "涛敏轩琳峰婷远洁衡岚博宁川雯凯蕾钧颖松瑶阳璐波菁"
# Blocks after the first draw the middle character of a name from here, each from a share of its own.
_FURTHER_FIRST = (
    "安邦宝昌晨诚传达德东恩发凡飞丰福刚光广贵桂浩和恒红虹洪鸿厚华焕辉积吉继家坚健江杰金锦劲静君俊康科可坤兰乐"
    "力丽利莲良亮灵禄满茂美梦敏铭乃南念宁培沛鹏平奇启谦清庆仁荣如瑞三善尚少胜诗世守书树顺素泰天廷同万维伟希"
    "蓓贝璧炳帛灿畅朝澄崇楚聪存黛澹道殿蝶冬栋笃铎娥尔帆方斐汾奉孚芙甫歌格耕弓巩冠归翰瀚禾鹤珩弘湖怀桓惠霁"
    "见鉴绛皎洁今谨京靖镜九菊娟筠开凯楷珂恺岚朗黎礼理连廉林霖令伦洛迈曼懋孟苗珉墨默沐牧楠能妮凝诺攀盼佩芃"
)
_FURTHER_LAST = (
    "安白彬斌冰才灿超琛晨成驰弛初川淳翠丹德典鼎栋铎发帆芳菲斐芬风枫锋福刚歌功冠光国海涵航豪浩和荷恒虹洪鸿厚华"
    "桦焕辉荟惠吉霁佳嘉坚健剑江娇杰捷晶景静炯娟珏军君俊骏康科可坤岚乐磊蕾丽力立莉莲良亮林霖玲凌龙禄露满曼茂梅"
)


def _unused(world: World, make: Callable[[], str]) -> str:
    """Make values until one is new to the block."""
    while True:
        made = make()
        if made not in world.taken:
            world.taken.add(made)
            return made


def new_name(world: World) -> str:
    """Make a person's name nobody in the district has yet."""
    rng = world.names
    if not world.block:
        return _unused(
            world,
            lambda: (
                rng.choice(_SURNAMES)
                + rng.choice(_FIRST)
                + rng.choice(("", rng.choice(_LAST), rng.choice(_LAST)))
            ),
        )
    first, last = _share_of(world.block)
    return _unused(world, lambda: rng.choice(_SURNAMES) + rng.choice(first) + rng.choice(last))


def _share_of(block: int) -> tuple[str, str]:
    """Give a block the characters of given names that no other block combines."""
    rows, columns = 10, BLOCKS // 10
    row, column = divmod(block, columns)
    return _FURTHER_FIRST[row::rows], _FURTHER_LAST[column::columns]


def new_citizen(world: World) -> str:
    """Make the citizen number of an adult of working age."""
    rng = world.names

    def make() -> str:
        born = date(1966, 1, 1) + timedelta(days=rng.randrange(12000))
        return citizen_number(rng, born, rng.random() < 0.5, world.block)

    return _unused(world, make)


def new_card(world: World) -> str:
    """Make the number of a person's bank card."""
    return _unused(world, lambda: bank_card(world.names, world.block))


def new_account(world: World) -> str:
    """Make the number of a company's or unit's bank account."""
    return _unused(world, lambda: corporate_account(world.names, world.block))


def new_phone(world: World) -> str:
    """Make a mobile number."""
    return _unused(world, lambda: mobile(world.names, world.block))


def new_credit_code(world: World, category: str, rng: Random) -> str:
    """Make a unified social credit code; ``category`` is its first two characters."""
    return _unused(world, lambda: credit_code(rng, category, world.block))
