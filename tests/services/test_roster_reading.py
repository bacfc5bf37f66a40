"""Rosters as properties really keep them, written to real files."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from concierge.domain.refusal import Refusal
from concierge.services import roster_sheet
from concierge.services.roster_reading import Roster, read_roster

HEADER = ["楼栋", "单元", "房号", "姓名", "电话", "关系", "车牌", "备注"]


def workbook(path: Path, *rows: Sequence[object], merge: str | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def people(roster: Roster) -> list[tuple[int, str, str, object]]:
    return [(row.row, row.unit.text, row.name, row.person.get("phone")) for row in roster.rows]


def reasons(roster: Roster) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in roster.rejected]


def refusal(path: Path) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_roster(path)
    return refused.value


def test_a_messy_workbook_is_read_as_its_writer_meant_it(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名册.xlsx",
        ["阳光花园业主名册"],
        [],
        ["楼 栋", "单元", "房 号", "业主姓名（必填）", "联系电话：",
         "与业主关系", "车牌号码", "备注", "入住日期", "序号"],
        ["3栋", "1单元", 1201.0, "张三、李四", 13800001234.0, "业主",
         "粤B12345、粤B67890", "花生过敏", dt.date(2021, 5, 1)],
        [None, None, "0903", "王国华", "+86 139-0000-1234"],
        [None, "2单元", "1201", "John Smith", "１３７００００１２３４"],
        [],
        ["4栋", None, "101", "赵六", "13600001234/13500001234"],
    )  # fmt: skip
    roster = read_roster(path)
    assert people(roster) == [
        (4, "3-1-1201", "张三", "13800001234"),
        (4, "3-1-1201", "李四", None),
        (5, "3-1-903", "王国华", "13900001234"),
        (6, "3-2-1201", "John Smith", "13700001234"),
        (8, "4-101", "赵六", "13600001234"),
    ]
    assert roster.rows[-1].further == ("赵六另一电话：13500001234",)
    first, second = roster.rows[:2]
    assert (first.plates, first.own.get("notes"), first.own.get("moved_in")) == (
        ("粤B12345", "粤B67890"),
        "花生过敏",
        "2021-05-01",
    )
    assert (second.plates, second.own, second.person) == ((), {}, {"relation": "业主"})
    assert (roster.format, roster.header_row, roster.read, roster.rejected) == ("xlsx", 3, 4, ())
    assert [guess.field for guess in roster.headers][-2:] == ["moved_in", None]


def test_people_one_below_the_other_in_a_cell_are_several(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        HEADER,
        ["3", None, "1201", "张三\n李四", "13800001234\r\n13900001234"],
        [
            "3",
            None,
            "1202",
            "王国华\n",
            "13600001234\n13500001234",
            None,
            None,
            "花生过敏\n对猫过敏",
        ],
    )
    roster = read_roster(path)
    assert people(roster) == [
        (2, "3-1201", "张三", "13800001234"),
        (2, "3-1201", "李四", "13900001234"),
        (3, "3-1202", "王国华", "13600001234"),
    ]
    assert roster.rows[2].further == ("王国华另一电话：13500001234",)
    assert roster.rows[2].own["notes"] == "花生过敏 对猫过敏"


def test_an_english_roster_is_read(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "roster.csv",
        'Building,Unit,Name,Phone\nTower A,1201,"Smith, John",138 0000 1234\nB,5,"Zhang San, Li Si",1/2\n',
    )
    assert people(read_roster(path)) == [
        (2, "A-1201", "Smith, John", "13800001234"),
        (3, "B-5", "Zhang San", "1"),
        (3, "B-5", "Li Si", "2"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "named"),
    [
        ("utf-8", ",", "utf-8"), ("utf-8-sig", ",", "utf-8"),
        ("gb18030", ",", "gb18030"), ("gbk", ";", "gb18030"),
        ("utf-8", "\t", "utf-8"), ("utf-16", "\t", "utf-16"),
    ],
)  # fmt: skip
def test_text_files_are_read_in_any_usual_encoding(
    tmp_path: Path, encoding: str, delimiter: str, named: str
) -> None:
    lines = [
        ["栋", "室号", "户主", "手机"],
        ["3", "0903", "王国华", '="013800001234"'],
        ["", "", "", ""],
    ]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    roster = read_roster(text_file(tmp_path / "名册.csv", text, encoding))
    assert people(roster) == [(2, "3-903", "王国华", "013800001234")]
    assert (roster.encoding, roster.delimiter, roster.format) == (named, delimiter, "csv")


def test_rows_that_are_not_understood_are_listed_by_the_number_in_the_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        HEADER,
        ["3", None, "1201", "张三", "13800001234"],
        ["3", None, None, "无房"],
        ["3", None, "阁楼", "李四"],
        [],
        ["3", None, "1202", "\u200b"],
        ["3", None, "1201室", "张三", "138-0000-1234"],
        ["3", None, "1203", "王五", None, None, None, "很" * 4001],
        HEADER,
        ["5", None, "3-2-1201", "钱七"],
    )
    roster = read_roster(path)
    assert people(roster) == [(2, "3-1201", "张三", "13800001234")]
    assert reasons(roster) == [
        (3, "unit-missing"),
        (4, "unit-not-understood"),
        (6, "name-missing"),
        (7, "duplicate-row"),
        (8, "too-long"),
        (10, "unit-not-understood"),
    ]
    assert roster.rejected[3].values == {"unit": "3-1201", "first": 2}
    assert roster.rejected[4].values == {"field": "notes", "limit": 4000, "length": 4001}


def test_merged_buildings_hold_for_the_rows_below_but_not_past_a_blank_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        HEADER,
        ["3栋", "1单元", "101", "甲"],
        [None, None, "102", "乙"],
        ["4栋", None, "101", "丙"],
        [None, None, "102", "丁"],
        [],
        [None, None, "103", "戊"],
        merge="A2:A3",
    )
    roster = read_roster(path)
    assert [row.unit.text for row in roster.rows] == ["3-1-101", "3-1-102", "4-101", "4-102"]
    assert reasons(roster) == [(7, "unit-not-understood")]


def test_whole_codes_in_the_room_column_do_not_need_the_building_above(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx", HEADER, ["3", None, "3-101", "甲"], [None, None, "4-102", "乙"]
    )
    assert [row.unit.text for row in read_roster(path).rows] == ["3-101", "4-102"]


def test_an_entrance_and_room_in_one_cell_keep_the_merged_building(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx", HEADER, ["3", None, "2-101", "甲"], [None, None, "2-102", "乙"]
    )
    assert [row.unit.text for row in read_roster(path).rows] == ["3-2-101", "3-2-102"]


def test_formulas_are_text_and_control_characters_are_taken_out(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx", HEADER, ["3", None, "101", "=cmd|'/C calc'!A0", "138\u202e00001234"]
    )
    row = read_roster(path).rows[0]
    assert row.name.startswith("=cmd|'")
    assert row.person.get("phone") == "13800001234"
    csv = text_file(tmp_path / "r.csv", "房号,姓名\n3-101,=1+1\n3-102,\x1b[31m王\x1b[0m\n")
    assert [row.name for row in read_roster(csv).rows] == ["=1+1", "[31m王[0m"]


def test_the_sheet_with_the_header_is_found_behind_an_instruction_sheet(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["填写说明"])
    roster = book.create_sheet("业主")
    roster.append(["房号", "姓名"])
    roster.append(["3-101", "甲"])
    book.save(tmp_path / "r.xlsx")
    assert read_roster(tmp_path / "r.xlsx").sheet == "业主"


def test_relations_and_phones_are_dealt_out_when_the_counts_match(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx",
        HEADER,
        ["3", None, "101", "甲/乙", "13800001234、13900001234", "业主/配偶"],
    )
    rows = read_roster(path).rows
    assert [(row.person.get("phone"), row.person.get("relation")) for row in rows] == [
        ("13800001234", "业主"),
        ("13900001234", "配偶"),
    ]


def test_a_file_that_is_not_there_or_not_a_roster_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "roster.not-found"
    assert refusal(tmp_path).code == "roster.not-found"
    unknown = refusal(text_file(tmp_path / "r.pdf", "x"))
    assert (unknown.code, unknown.values["suffix"]) == ("roster.unknown-format", ".pdf")
    assert refusal(text_file(tmp_path / "r.xlsx", "not a zip")).code == "roster.broken"


def test_a_workbook_with_a_password_or_an_old_one_is_named_as_such(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    (tmp_path / "locked.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.xlsx").write_bytes(ole)
    assert refusal(tmp_path / "locked.xlsx").code == "roster.encrypted"
    assert refusal(tmp_path / "old.xlsx").code == "roster.broken"


def test_a_cut_off_workbook_is_broken(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "r.xlsx", HEADER, ["3", None, "101", "甲"]).read_bytes()
    for share in (3, 2):
        (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // share])
        assert refusal(tmp_path / "cut.xlsx").code == "roster.broken"
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("hello.txt", "x")
    assert refusal(tmp_path / "zip.xlsx").code == "roster.broken"


def test_a_sheet_without_header_or_rows_is_refused(tmp_path: Path) -> None:
    missing = refusal(workbook(tmp_path / "a.xlsx", ["楼栋", "房号", "价格"], ["3", "101", "9"]))
    assert (missing.code, missing.values["missing"]) == ("roster.no-header", ("name",))
    late = [["x"]] * 10
    assert (
        refusal(workbook(tmp_path / "b.xlsx", *late, HEADER, ["3", "", "1", "甲"])).code
        == "roster.no-header"
    )
    assert refusal(workbook(tmp_path / "c.xlsx", HEADER)).code == "roster.empty"
    assert refusal(workbook(tmp_path / "d.xlsx")).code == "roster.empty"
    assert refusal(text_file(tmp_path / "e.csv", "\n\n")).code == "roster.empty"


def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"\xff\xff\xff\x80\n")
    assert refusal(tmp_path / "r.csv").code == "roster.encoding"


def test_more_than_a_property_can_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook(tmp_path / "r.xlsx", HEADER, ["3", None, "101", "甲"], ["3", None, "102", "乙"])
    monkeypatch.setattr(roster_sheet, "MOST_ROWS", 2)
    assert refusal(book).code == "roster.too-many-rows"
    monkeypatch.setattr(roster_sheet, "MOST_BYTES", 10)
    assert refusal(book).values["limit"] == 10
    assert refusal(text_file(tmp_path / "r.csv", "房号,姓名\n3-101,甲\n")).values["limit"] == 10


@pytest.mark.parametrize("phone", ["1.38E+10", "1.38123e10", "13800001234、1.39E+10"])
def test_a_phone_that_a_spreadsheet_cut_short_is_no_phone(tmp_path: Path, phone: str) -> None:
    text = f"室号,姓名,电话\n3-1201,张三,{phone}\n3-1202,李四,13800001234\n"
    roster = read_roster(text_file(tmp_path / "r.csv", text))
    assert people(roster) == [(3, "3-1202", "李四", "13800001234")]
    (row,) = roster.rejected
    assert (row.row, row.reason) == (2, "phone-lost")
    assert row.values == {"unit": "3-1201", "phone": phone}
