"""What a roster says beyond names and phones: read in both languages, kept, and written back."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.export.roster import FORMATS, roster_file
from concierge.language import household_said, rosters, terms
from concierge.language.refusals import row_sentence
from concierge.language.translator import language
from concierge.services.household_edit import set_household
from concierge.services.household_file import household_file
from concierge.services.roster import import_roster
from concierge.services.roster_export import export_roster
from concierge.services.roster_fields import OWN, PERSON
from concierge.services.roster_headers import FIELDS, field_named
from concierge.services.roster_reading import read_roster
from concierge.services.roster_words import code_of
from tests.services.world import World

LANGUAGES = ("zh", "en")
CODED = ("role", "sex", "tenure", "contact_preference")
CHINESE = """房号,姓名,户内身份,性别,生日,职业,工作单位,背景,居住性质,人数,称呼,语言,车位,联系方式偏好
7-101,钱一多,业主,男,1980年5月6日,医生,市医院,上海人,自住,3人,钱先生,上海话,B1-17,微信
7-101,孙二妹,家人,女,12-30,,,,,,,,,
7-101,钱小多,家人,男,2020-01-02,,,,,,,,,
"""
ENGLISH = """Unit,Name,Role,Sex,Date of Birth,Occupation,Employer,Tenure,People,Language,Parking,Salutation
7-101,Tess Marlow,Owner,F,1980/05/06,doctor,City Hospital,Owner-occupied,2,English,B1-17,Dr Marlow
7-101,Ivo Marlow,Spouse,M,,,,,,,,
"""


def text(folder: Path, said: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(said, encoding="utf-8")
    return path


def test_a_chinese_roster_fills_the_file(world: World, tmp_path: Path) -> None:
    report = import_roster(world.desk, path=text(tmp_path, CHINESE), actor="Chen")
    assert (report.added, report.rejected) == (1, ())
    file = household_file(world.desk, unit="7-101")
    assert (file.tenure, file.people_count, file.salutation) == ("owned", 3, "钱先生")
    assert (file.language, file.parking, file.contact_preference) == ("上海话", "B1-17", "wechat")
    him, her, child = file.members
    assert (him.role, him.sex, him.birthday) == ("owner", "male", "1980-05-06")
    assert (him.occupation, him.employer, him.background) == ("医生", "市医院", "上海人")
    assert (her.role, her.sex, her.birthday) == ("family", "female", "--12-30")
    assert (child.birthday, child.masked) == ("****", ("birthday",))
    assert world.is_sound()


def test_what_is_noted_of_each_person_of_a_household_is_kept(world: World, tmp_path: Path) -> None:
    said = "房号,姓名,备注\n7-101,钱一多,晚上不便\n7-101,孙二妹,花生过敏\n7-101,钱小多,花生过敏\n"
    import_roster(world.desk, path=text(tmp_path, said), actor="Chen")
    assert household_file(world.desk, unit="7-101").notes == "晚上不便; 花生过敏"
    again = import_roster(world.desk, path=text(tmp_path, said), actor="Chen")
    assert (again.changed, again.unchanged) == (0, 1)
    said = f"房号,姓名,备注\n7-102,甲乙,{'一' * 2500}\n7-102,丙丁,{'二' * 2500}\n"
    (row,) = import_roster(world.desk, path=text(tmp_path, said), actor="Chen").rejected
    assert (row.row, row.reason, row.values["length"]) == (3, "too-long", 5002)


def test_a_second_phone_of_a_person_is_not_left_out_unseen(world: World, tmp_path: Path) -> None:
    said = (
        "房号,姓名,电话,职业\n7-101,钱一多,13811112222,\n7-101,钱一多,13933334444,医生\n"
        "7-101,钱一多,138-1111-2222,\n7-101,孙二妹,13933334444,\n"
    )
    report = import_roster(world.desk, path=text(tmp_path, said), actor="Chen")
    row, same = report.rejected
    assert (row.row, row.reason, row.cells[2]) == (3, "contradicts", "13933334444")
    assert (same.row, same.reason) == (4, "duplicate-row")
    assert "phone" in row_sentence(language("en"), row.reason, row.values)
    him, her = household_file(world.desk, unit="7-101").members
    again = import_roster(world.desk, path=text(tmp_path, said.partition("7-101,孙")[0]))
    assert [(gone.unit, gone.name) for gone in again.gone if gone.name] == [("7-101", "孙二妹")]
    assert (him.phone, him.occupation, her.phone) == ("138****2222", "医生", "139****4444")


def test_an_english_roster_fills_the_file(world: World, tmp_path: Path) -> None:
    import_roster(world.desk, path=text(tmp_path, ENGLISH), actor="Chen")
    file = household_file(world.desk, unit="7-101")
    assert (file.tenure, file.people_count, file.parking) == ("owned", 2, "B1-17")
    assert [(one.role, one.sex, one.birthday) for one in file.members] == [
        ("owner", "female", "1980-05-06"),
        ("family", "male", None),
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_what_went_out_comes_in_without_a_change(
    world: World, tmp_path: Path, suffix: str, code: str
) -> None:
    import_roster(world.desk, path=text(tmp_path, CHINESE), actor="Chen")
    set_household(world.desk, unit="7-101", values={"notes": "first\nsecond"}, actor="Chen")
    path = tmp_path / f"out{suffix}"
    for lines in (export_roster(world.desk, unmask=True, actor="Zhou"), export_roster(world.desk)):
        path.write_bytes(roster_file(lines, suffix, language(code)))
        report = import_roster(world.desk, path=path, dry_run=True)
        assert (report.added, report.changes, report.gone, report.rejected) == (0, (), (), ())
        assert {head.field for head in report.headers} >= {"role", "birthday", "tenure"}
        assert None not in {head.field for head in report.headers}


def test_a_childs_birthday_leaves_the_house_only_where_it_was_allowed(
    world: World, tmp_path: Path
) -> None:
    import_roster(world.desk, path=text(tmp_path, CHINESE), actor="Chen")
    t = language("en")
    assert b"1980-05-06" in roster_file(export_roster(world.desk), ".csv", t)
    assert b"2020-01-02" not in roster_file(export_roster(world.desk), ".csv", t)
    whole = export_roster(world.desk, unmask=True, actor="Zhou")
    assert b"2020-01-02" in roster_file(whole, ".csv", t)


def test_a_roster_without_the_further_fields_goes_out_in_nine_columns(
    world: World, tmp_path: Path
) -> None:
    head = roster_file(export_roster(world.desk), ".csv", language("en")).splitlines()[0]
    assert head.count(b",") == 8


@pytest.mark.parametrize(
    "case",
    [
        ("生日", "2月30日", "birthday"),
        ("生日", "1980", "birthday"),
        ("性别", "?", "sex"),
        ("Role", "neighbour", "role"),
        ("居住性质", "商铺", "tenure"),
        ("人数", "很多", "people_count"),
        ("联系方式偏好", "烟雾信号", "contact_preference"),
    ],
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_cell_that_cannot_be_read_rejects_its_row_with_the_reason(
    world: World, tmp_path: Path, case: tuple[str, str, str], code: str
) -> None:
    column, cell, field = case
    path = text(tmp_path, f"房号,姓名,{column}\n7-101,钱一多,{cell}\n7-102,孙二妹,\n")
    report = import_roster(world.desk, path=path, actor="Chen")
    assert (report.added, len(report.rejected)) == (1, 1)
    row = report.rejected[0]
    assert (row.row, row.reason, row.values) == (
        2, "unreadable", {"unit": "7-101", "field": field, "value": cell},
    )  # fmt: skip
    said = row_sentence(language(code), row.reason, row.values)
    assert cell in said
    assert field not in said or code == "en"


def test_what_several_people_in_a_cell_have_each_is_dealt_out(tmp_path: Path) -> None:
    path = text(tmp_path, "房号,姓名,性别,生日,职业\n"
                "7-101,钱一多、孙二妹,男、女,1980/5/6、1981/7/8,医生\n")  # fmt: skip
    assert [dict(row.person) for row in read_roster(path).rows] == [
        {"sex": "male", "birthday": "1980-05-06", "occupation": "医生"},
        {"sex": "female", "birthday": "1981-07-08"},
    ]


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("2019/5/1", "2019-05-01"), ("2019年5月1日", "2019-05-01"), ("20190501", "2019-05-01"),
     ("2019-05-01 00:00:00", "2019-05-01"), ("2019年", "2019年")],
)  # fmt: skip
def test_a_day_of_moving_in_is_kept_as_a_date_where_it_is_one(
    tmp_path: Path, cell: str, stored: str
) -> None:
    path = text(tmp_path, f"房号,姓名,入住日期\n7-101,钱一多,{cell}\n")
    assert read_roster(path).rows[0].own == {"moved_in": stored}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_and_word_that_an_export_writes_is_read_again(code: str) -> None:
    t = language(code)
    assert [field_named(terms.column(t, field)) for field in FIELDS] == list(FIELDS)
    for field in CODED:
        words = household_said.choices_of(field) or {}
        assert [code_of(field, t(word)) for word in words.values()] == list(words)
    assert {*PERSON, *OWN} < set(FIELDS)


def test_a_change_is_previewed_in_words(world: World, tmp_path: Path) -> None:
    import_roster(world.desk, path=text(tmp_path, CHINESE), actor="Chen")
    newer = text(tmp_path, "房号,姓名,户内身份,人数\n7-101,钱一多,租户,4\n")
    report = import_roster(world.desk, path=newer, dry_run=True)
    assert [rosters.change(language("zh"), each) for each in report.changes] == [
        "7-101 钱一多：户内身份 业主 → 租客",
        "7-101：人数 3 → 4",
    ]
