"""A made-up property of 50 000 households and 150 000 people, from a fixed seed; nobody in it is real.

``python -m tests.benchmarks.made_up_roster FOLDER [HOUSEHOLDS]`` makes its store. Surnames come about as often
as in China, among them those with several readings; phones lie in ranges that are given to nobody.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from concierge.bootstrap import found_property
from concierge.services.desk import Desk
from concierge.services.pinyin import readings
from concierge.services.staffing import NewStaff
from concierge.store.search import write_many

SEED = 20261124
# How often a surname comes among a thousand people; the last rows have several readings or two characters.
SURNAMES = {
    "王": 72, "李": 70, "张": 68, "刘": 54, "陈": 45, "杨": 31, "赵": 23, "黄": 22, "周": 21, "吴": 20,
    "徐": 17, "孙": 16, "胡": 13, "朱": 13, "高": 12, "林": 12, "何": 12, "郭": 11, "马": 11, "罗": 9,
    "梁": 9, "宋": 8, "郑": 8, "谢": 8, "韩": 7, "唐": 7, "冯": 7, "于": 7, "董": 6, "萧": 6, "程": 6,
    "曹": 6, "袁": 5, "邓": 5, "许": 5, "傅": 5, "沈": 5, "彭": 5, "吕": 5, "苏": 5, "卢": 4, "蒋": 4,
    "蔡": 4, "丁": 4, "魏": 4, "薛": 4, "潘": 4, "杜": 4, "戴": 4, "夏": 3, "钟": 3, "汪": 3, "田": 3,
    "曾": 5, "任": 3, "翟": 1, "单": 1, "仇": 1, "解": 1, "区": 1, "查": 1, "朴": 1, "盖": 1, "乐": 1,
    "覃": 1, "缪": 1, "尉迟": 1, "万俟": 1, "欧阳": 2, "司马": 1, "上官": 1, "诸葛": 1, "令狐": 1,
}  # fmt: skip
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉红玲建国志华晓东海燕雪梅玉兰俊峰鹏飞宇浩然子轩梓涵"
    "欣怡嘉琪思远博雅诗雨晨曦佳慧美玲春生福贵金凤银花"
)
LATIN = (
    "Anna Weiss",
    "John O'Neil",
    "José Álvarez",
    "Marie Dupont",
    "Kim Min-ji",
    "Aiko Tanaka",
    "Ivan Petrov",
)
RELATIONS = ("业主", "配偶", "儿子", "女儿", "母亲", "父亲", "租客", "保姆")
PROVINCES = "粤沪京浙苏川鄂湘"
PETS = ("豆豆", "旺财", "咪咪", "乐乐", "球球", "布丁", "Lucky", "可乐", "小白", "Coco")
NOTES = (
    "花生过敏", "养狗，进门先按铃", "晚上六点以后再打电话", "peanut allergy", "deliveries to the door",
    "母亲独居，行动不便", "快递放门口鞋柜上", "喜欢安静，装修提前告知", "vegetarian, no garlic",
    "午睡 13:00 到 15:00", "家有婴儿，勿按门铃", "钢琴课周三下午", "car charger in bay 12", "对花粉过敏",
    "爱喝普洱茶", "prefers English",
)  # fmt: skip
PER_BUILDING = 250


def households(count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Rows of the table of households: 250 a building, ten doors a floor."""
    for number in range(count):
        building, at = divmod(number, PER_BUILDING)
        floor, door = divmod(at, 10)
        room = f"{floor + 1}{door + 1:02d}"
        notes = (
            "；".join(rng.sample(NOTES, rng.choice((1, 1, 2, 3)))) if rng.random() < 0.3 else None
        )
        yield {
            "id": number + 1, "unit": f"{building + 1}-{room}", "building": str(building + 1),
            "entrance": None, "room": room, "moved_in": None, "notes": notes, "created_at": 1795414380,
        }  # fmt: skip


def people(count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Rows of the table of members: one to five a household, three on average."""
    surnames, weights = list(SURNAMES), list(SURNAMES.values())
    drawn = iter(rng.choices(surnames, weights, k=count * 5))
    for household in range(1, count + 1):
        for position in range(rng.choice((1, 2, 3, 3, 4, 5))):
            name = next(drawn) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))
            if rng.random() < 0.01:
                name = rng.choice(LATIN)
            # 100 to 129 begin no mobile number in China.
            phone = f"1{rng.randrange(3)}{rng.randrange(10**9):09d}" if rng.random() < 0.8 else None
            yield {
                "household_id": household, "position": position, "name": name,
                "relation": RELATIONS[position], "phone": phone,
            }  # fmt: skip


def plates(count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Rows of the table of vehicles: two for three households."""
    for household in range(1, count + 1):
        if rng.random() < 0.67:
            tail = "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=4))
            plate = f"{rng.choice(PROVINCES)}{rng.choice('ABCDE')}{tail}{rng.randrange(10)}"
            yield {"household_id": household, "plate": plate}


def pets(count: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Rows of the table of pets: one for five households."""
    for household in range(1, count + 1):
        if rng.random() < 0.2:
            kind = rng.choice(("狗", "猫"))
            yield {"household_id": household, "name": rng.choice(PETS), "kind": kind, "note": None}


def build(home: Path, *, count: int = 50_000) -> Desk:
    """Make the store in ``home`` and give a desk at it."""
    rng = random.Random(SEED)
    staff = [NewStaff("Chen Li", "concierge"), NewStaff("Gao Yan", "manager")]
    desk = found_property(home, name="Cloud Garden", language="zh", staff=staff, environ={})
    tables = SQLModel.metadata.tables
    with desk.store.write() as session:
        for name, rows in (
            ("household", households(count, rng)),
            ("member", people(count, rng)),
            ("vehicle", plates(count, rng)),
            ("pet", pets(count, rng)),
        ):
            session.connection().execute(insert(tables[name]), list(rows))
        write_many(session, range(1, count + 1), readings)
    return desk


if __name__ == "__main__":
    build(Path(sys.argv[1]), count=int(sys.argv[2]) if len(sys.argv) > 2 else 50_000)
