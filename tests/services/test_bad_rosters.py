"""Rosters that are too much, broken, strangely written or meant to harm: clear words, nothing half-read."""

from __future__ import annotations

import builtins
import importlib.util
import zipfile
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from concierge.domain.refusal import Refusal
from concierge.services.roster import import_roster
from concierge.services.roster_reading import Roster, read_roster
from concierge.services.roster_sheet import MOST_ROWS
from tests.services.world import World

LINES = "房號,姓名,電話\n3-1201,王大明,0912345678\n3-1202,陳怡君,\n"


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def refused(path: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_roster(path)
    return caught.value


def names(roster: Roster) -> list[str]:
    return [row.name for row in roster.rows]


def test_a_sheet_of_more_rows_than_a_property_has_is_refused_and_nothing_is_saved(
    world: World, tmp_path: Path
) -> None:
    path = text_file(tmp_path / "r.csv", "房号,姓名\n" + "3-101,甲\n" * MOST_ROWS)
    before = world.rows("select count(*) from household")
    with pytest.raises(Refusal, match=r"roster\.too-many-rows"):
        import_roster(world.desk, path=path)
    assert world.rows("select count(*) from household") == before


def test_a_workbook_that_would_burst_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 3_000_000)
    assert path.stat().st_size < 100_000
    assert refused(path).code == "roster.too-large"


def test_a_full_sheet_of_like_rows_is_no_bomb(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["楼栋", "房号", "姓名", "电话"])
    for number in range(5000):
        sheet.append(["3栋", str(number + 100), "王小明", "13800000000"])
    book.save(tmp_path / "r.xlsx")
    assert read_roster(tmp_path / "r.xlsx").read == 5000


def test_entities_that_multiply_are_a_broken_file(tmp_path: Path) -> None:
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    book = Workbook()
    book.active.append(["房号", "姓名"])  # type: ignore[union-attr]
    book.save(tmp_path / "whole.xlsx")
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            text = old.read(part).decode()
            if "/worksheets/" in part.filename:
                text = f'<!DOCTYPE x [<!ENTITY e0 "ha">{nested}]>' + text.replace("姓名", "&e9;")
            new.writestr(part.filename, text)
    assert refused(path).values["problem"] == "DOCTYPE"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("big5", "big5"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"),
     ("gb18030", "gb18030"), ("utf-8-sig", "utf-8")],
)  # fmt: skip
def test_traditional_headers_are_read_in_whatever_they_were_written(
    tmp_path: Path, encoding: str, named: str
) -> None:
    roster = read_roster(text_file(tmp_path / "r.csv", LINES, encoding))
    assert names(roster) == ["王大明", "陳怡君"]
    assert (roster.encoding, roster.rows[0].person.get("phone")) == (named, "0912345678")


def test_big5_without_a_header_that_is_known_is_refused_rather_than_read_as_nonsense(
    tmp_path: Path,
) -> None:
    text = "甲欄,乙欄\n3-1201,臺灣龍蝦\n3-1202,鬱金香飄零\n"
    assert refused(text_file(tmp_path / "r.csv", text, "big5")).code == "roster.encoding"


def test_pictures_named_csv_are_refused(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9)
    assert refused(tmp_path / "r.csv").code == "roster.encoding"


def test_a_workbook_named_csv_and_one_named_xls_are_read_for_what_they_are(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["房号", "姓名"])  # type: ignore[union-attr]
    book.active.append(["3-101", "甲"])  # type: ignore[union-attr]
    for name in ("r.csv", "r.xls"):
        book.save(tmp_path / name)
        assert names(read_roster(tmp_path / name)) == ["甲"]


def old_book(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("业主")
    for row, cells in enumerate((("房号", "姓名"), ("3-101", "甲"))):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    book.save(str(path))
    return path


def test_without_the_extra_an_old_workbook_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_book(tmp_path / "r.xls")
    assert names(read_roster(path)) == ["甲"]
    really, imported = importlib.util.find_spec, builtins.__import__
    monkeypatch.setattr(
        "concierge.services.roster_xls.find_spec",
        lambda name: None if name == "xlrd" else really(name),
    )
    monkeypatch.setattr(builtins, "__import__", imported)
    assert refused(path).code == "roster.xls-extra"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_an_old_workbook_cut_off_anywhere_is_broken(tmp_path: Path, keep: float) -> None:
    whole = old_book(tmp_path / "r.xls").read_bytes()
    (tmp_path / "cut.xls").write_bytes(whole[: int(len(whole) * keep)])
    assert refused(tmp_path / "cut.xls").code in {"roster.broken", "roster.empty"}


def test_names_that_steer_run_on_or_look_alike_come_in_as_harmless_text(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "r.csv",
        "房号,姓名\n"
        '3-1201,"=HYPERLINK(""http://x"",""y"")"\n'
        "3-1202,+1-1\n"
        "3-1203,\u202e王\u202c五\u2066\n"
        "3-1204,李👨‍👩‍👧\n"
        "３－１２０５,赵六\n"
        "3-1205,孙七\n"
        f"3-1206,{'长' * 8192}\n"
        "3-1207,'=1+1\n",
    )
    roster = read_roster(path)
    assert [(row.unit.text, row.name) for row in roster.rows] == [
        ("3-1201", '=HYPERLINK("http://x","y")'),
        ("3-1202", "+1-1"),
        ("3-1203", "王五"),
        ("3-1204", "李👨‍👩‍👧"),
        ("3-1205", "赵六"),
        ("3-1205", "孙七"),
        ("3-1207", "=1+1"),
    ]
    (long,) = roster.rejected
    assert (long.row, long.reason, long.values["length"]) == (8, "too-long", 8192)


def test_a_unit_left_out_once_is_a_slip_and_left_out_always_a_habit(tmp_path: Path) -> None:
    slip = "房号,姓名\n3-101,甲\n,乙\n3-102,丙\n3-103,丁\n"
    habit = "房号,姓名\n3-101,甲\n,乙\n,丙\n3-102,丁\n,戊\n\n,己\n"
    assert [row.reason for row in read_roster(text_file(tmp_path / "a.csv", slip)).rejected] == [
        "unit-missing"
    ]
    roster = read_roster(text_file(tmp_path / "b.csv", habit))
    assert [(row.unit.text, row.name) for row in roster.rows] == [
        ("3-101", "甲"), ("3-101", "乙"), ("3-101", "丙"), ("3-102", "丁"), ("3-102", "戊"),
    ]  # fmt: skip
    assert [row.row for row in roster.rejected] == [8], "not past a blank row"
