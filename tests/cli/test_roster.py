"""``household import`` and ``household export``: what a person and what a program is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from concierge.cli.main import main
from concierge.language.rosters import rejected_file
from concierge.language.translator import language
from tests.cli.commands import Cli

ROSTER = "房号,姓名,电话\n3-1201,王建国,13911112222\n5-501,钱七,\n阁楼,无房,\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_person_reads_what_changes_what_is_gone_and_where_the_rejected_rows_are(
    cli: Cli, roster: Path, code: str
) -> None:
    t = language(code)
    cli.environ["CONCIERGE_LANG"] = code
    dry = cli("household", "import", str(roster), "--dry-run").out
    for said in (
        t("guessed"), t("{unit}: the whole household", unit="31-201"), "139****1234", "139****2222",
    ):  # fmt: skip
        assert said in dry
    kept = roster.with_name("roster.rejected.csv")
    assert not kept.exists()
    done = cli("household", "import", str(roster)).out
    assert rejected_file(t, kept) in done
    assert '"阁楼"' in kept.read_text(encoding="utf-8-sig")


def test_one_household_is_not_counted_as_several(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("房号,姓名\n5-501,钱七\n", encoding="utf-8")
    said = cli("household", "import", str(path), "--dry-run").out
    assert "1 household read: 1 added, 0 changed, 0 unchanged." in said
    path.write_text("房号,姓名\n5-501,钱七\n5-502,周八\n", encoding="utf-8")
    assert "2 households read: 2 added" in cli("household", "import", str(path), "--dry-run").out


def test_a_program_reads_all_of_it(cli: Cli, roster: Path) -> None:
    said = cli.ok("household", "import", str(roster))
    assert said["new"] == [{"unit": "5-501", "names": ["钱七"]}]
    assert said["changes"] == [
        {"unit": "3-1201", "name": "王建国", "field": "phone", "old": "139****1234",
         "new": "139****2222"}
    ]  # fmt: skip
    assert said["gone"] == [{"unit": "31-201", "name": None, "plate": None}]
    assert [column["field"] for column in said["columns"]] == ["unit", "name", "phone"]
    assert said["rejected_file"] == str(roster.with_name("roster.rejected.csv"))
    again = cli.ok("household", "import", str(roster))
    assert again["rejected_file"] == str(roster.with_name("roster.rejected-2.csv"))


def test_what_a_roster_changed_stands_in_the_history_and_is_taken_back(
    cli: Cli, roster: Path
) -> None:
    cli.ok("household", "import", str(roster))
    change, _entered = cli.ok("household", "history", "3-1201")
    assert (change["roster"], change["before"]) == (True, {"phone": "139****1234"})
    assert "(from a roster)" in cli("household", "history", "3-1201").out
    file = cli.ok("household", "undo", "3-1201", "--as", "Chen")
    assert file["members"][0]["phone"] == "139****1234"


def test_columns_are_mapped_by_hand(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("甲,乙,电话\n8-801,周一,999\n", encoding="utf-8")
    assert "1 甲, 2 乙" in cli.no(1, "household", "import", str(path))["message"]
    assert cli.no(1, "household", "import", str(path), "--map", "1=x")["code"] == "roster.mapping"
    said = cli.ok("household", "import", str(path), "--map", "A=unit,2=姓名")
    assert [(column["field"], column["by"]) for column in said["columns"]] == [
        ("unit", "mapped"), ("name", "mapped"), ("phone", "guessed"),
    ]  # fmt: skip
    assert cli.ok("household", "import", str(path))["unchanged"] == 1


def test_rejected_rows_that_cannot_be_written_are_told_and_the_rest_is_saved(
    cli: Cli, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("concierge.export.files._write_whole", full)
    done = cli("household", "import", str(roster), "--json")
    assert (done.code, done.json["added"], done.json["rejected_file"]) == (0, 1, None)
    assert "roster.rejected.csv" in done.err


def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(cli: Cli, roster: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    environ = {"CONCIERGE_HOME": str(cli.home), **cli.environ}
    err = Terminal()
    main(["household", "import", str(roster)], environ=environ, stdin=io.BytesIO(),
         stdout=io.StringIO(), stderr=err)  # fmt: skip
    assert "\r2 of 2" in err.getvalue()
    assert err.getvalue().endswith(" \r"), "the line goes away in the end"
    assert cli("household", "import", str(roster)).err == ""


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_comes_in_again_unchanged_and_replaces_nothing_unasked(
    cli: Cli, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"out{suffix}"
    whole = ("household", "export", "--output", str(path), "--unmask", "--as", "Zhou")
    assert cli.ok(*whole) == {"path": str(path), "rows": 2, "masked": False}
    said = cli.ok("household", "import", str(path), "--dry-run")
    assert (said["unchanged"], said["changes"], said["gone"]) == (2, [], [])
    assert cli.no(1, *whole)["code"] == "output.exists"
    assert cli.ok(*whole, "--force")["rows"] == 2


def test_phones_are_masked_unless_a_supervisor_asks(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    out = ("household", "export", "--output", str(path))
    assert cli.no(1, *out, "--unmask")["code"] == "staff.missing"
    assert cli.no(1, *out, "--unmask", "--as", "Chen Li")["code"] == "role.needed"
    assert not path.exists()
    assert "--unmask" in cli(*out).out
    text = path.read_text(encoding="utf-8-sig")
    assert "139****1234" in text
    assert "13900001234" not in text


def test_an_export_is_a_workbook_or_a_table(cli: Cli, tmp_path: Path) -> None:
    said = cli.no(1, "household", "export", "--output", str(tmp_path / "out.pdf"))
    assert said["code"] == "roster.unknown-output"
