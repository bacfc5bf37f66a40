"""Names and phones of a roster: columns that were swapped are noticed, and no phone is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.language.refusals import row_sentence
from concierge.language.translator import language
from concierge.services.roster import import_roster
from concierge.services.roster_reading import Roster, read_roster
from tests.services.world import World


def read(folder: Path, *rows: str) -> Roster:
    path = folder / "roster.csv"
    path.write_text("房号,姓名,电话\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return read_roster(path)


@pytest.mark.parametrize(
    "name",
    ["13811112222", "138-1111-2222", "+86 138 1111 2222", "１３８１１１１２２２２", "(0755) 1234567",
     "138****2222", "1.38E+10", "13811112222/13811113333", "张三/13811112222", "0755-1234567转8"],
)  # fmt: skip
def test_a_name_that_is_a_phone_is_a_rejected_row(tmp_path: Path, name: str) -> None:
    roster = read(tmp_path, f"3-1303,{name},王小二", "3-1304,李四,13811113333")
    assert [row.name for row in roster.rows] == ["李四"]
    (rejected,) = roster.rejected
    assert (rejected.row, rejected.reason) == (2, "name-like-phone")
    assert name not in str(rejected.values)
    said = {code: row_sentence(language(code), rejected.reason, rejected.values)
            for code in ("en", "zh")}  # fmt: skip
    assert said == {
        "en": "the name looks like a phone: are the columns swapped?",
        "zh": "姓名像是电话号码：姓名和电话两列是否填反了？",
    }


def test_swapped_columns_bring_nobody_into_the_books(world: World, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("房号,姓名,电话\n3-1303,13811112222,王小二\n", encoding="utf-8")
    report = import_roster(world.desk, path=path, actor="Chen")
    assert (report.read, [row.reason for row in report.rejected]) == (0, ["name-like-phone"])
    assert world.rows("select 1 from member where name like '138%'") == []


@pytest.mark.parametrize(
    "name", ["王强2", "Unit 123456 Ltd", "华为2012实验室", "王强 138", "123456"]
)
def test_a_name_with_figures_in_it_stays_a_name(tmp_path: Path, name: str) -> None:
    roster = read(tmp_path, f"3-1303,{name},13811112222")
    assert (roster.rejected, [row.name for row in roster.rows]) == ((), [name])


@pytest.mark.parametrize(
    "phone",
    ["无", "暂无", "没有", "无电话", "-", "——", "/", "none", "None.", "N/A", "NIL", "（无）"],
)
def test_what_says_that_there_is_no_phone_is_none(tmp_path: Path, phone: str) -> None:
    roster = read(tmp_path, f"3-1303,王小二,{phone}", f"3-1304,李四、王五,{phone}",
                  f"3-1305,赵六、孙七,13811112222、{phone}")  # fmt: skip
    assert roster.rejected == ()
    assert [dict(row.person) for row in roster.rows[:3]] == [{}, {}, {}]
    phones = [row.person.get("phone") for row in roster.rows[3:]]
    assert phones[0] is not None
    assert phones[0].startswith("13811112222")  # type: ignore[union-attr]
    assert phones[1] is None


def test_no_phone_in_a_roster_takes_no_phone_away(world: World, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("房号,姓名,电话\n3-1303,王小二,13811112222\n", encoding="utf-8")
    import_roster(world.desk, path=path, actor="Chen")
    path.write_text("房号,姓名,电话\n3-1303,王小二,无\n", encoding="utf-8")
    report = import_roster(world.desk, path=path, actor="Chen")
    assert (report.changes, report.unchanged) == ((), 1)
