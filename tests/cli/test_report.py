"""``report``: figures for a person, for a program, and as files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.commands import Cli


def told(cli: Cli) -> Cli:
    """A morning at the desk: four matters, one kept, one broken."""
    for time, category in (("08:05", "fees"), ("09:10", "neighbour"), ("09:20", "neighbour")):
        cli.at(time)
        cli.ok("ticket", "add", "--category", category, "--words", "x", "--as", "Chen",
               "--unit", "3-1201", "--unverified")  # fmt: skip
    cli.ok("ticket", "attend", "T-20261123-003", "--as", "Chen")
    cli.at("10:00")
    return cli


def test_without_any_words_it_is_today_with_bars_by_hour(cli: Cli) -> None:
    done = told(cli)("report", "--lang", "en")
    assert done.code == 0
    assert "2026-11-23, as of 2026-11-23 10:00" in done.out
    lines = done.out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Arrivals by hour"))
    assert [line.split()[:2] for line in lines[at + 1 : at + 3]] == [["08", "1"], ["09", "2"]]
    assert "█" in lines[at + 1]
    assert lines[at + 3].split()[0] == "10"
    assert "▒" in lines[at + 3]  # both promises were found broken at ten
    assert done.out.split("By building")[1].split("\n")[1].split() == ["3", "3", "0", "1", "2", "0"]


def test_it_is_said_in_chinese_as_well(cli: Cli) -> None:
    done = told(cli)("report", "--month", "2026-11", "--lang", "zh")
    for word in (
        "2026-11-01 至 2026-11-30，截至 2026-11-23 10:00",
        "各时段受理量",
        "每日受理量",
        "按楼栋",
        "上期",
        "按员工",
    ):
        assert word in done.out


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_day_before_stands_over_its_figures_as_one_date(cli: Cli, code: str) -> None:
    lines = told(cli)("report", "--lang", code).out.splitlines()
    assert next(line for line in lines if "2026-11-22" in line).split()[-1] == "2026-11-22"


def test_what_is_open_now_belongs_to_a_period_that_runs(cli: Cli) -> None:
    running = told(cli)("report", "--lang", "en").out
    assert ", 3 open now." in running
    assert "\nOpen now" in running
    past = cli("report", "--day", "2026-11-22", "--lang", "en").out
    assert "0 closed, 0 cancelled.\n" in past
    assert "open now" not in past.lower()


def test_of_a_shift_that_runs_it_says_what_is_open_now_and_not_what_was_carried_over(
    cli: Cli,
) -> None:
    cli.ok("shift", "start", "--as", "Chen Li")
    cli.ticket("neighbour", words="noise")
    (row,) = [line for line in cli("report").out.splitlines() if "still running" in line]
    assert row.endswith("1 open now")
    paper = cli("report", "--format", "md", "--output", "-").out
    assert "| still running | 1 | 0 | 1 open now |" in paper


def test_long_names_are_folded_so_that_a_line_fits(cli: Cli) -> None:
    name = "Shared lighting of stairs and halls (lamp, holder, switch) and of yards"
    (cli.home / "policy.toml").write_text(f'[categories.fees]\nen = "{name}"\n', encoding="utf-8")
    out = told(cli)("report", "--lang", "en").out
    part = out[out.index("By category") : out.index("By building")]
    assert set(name.split()) <= set(part.split())
    assert max(map(cell_len, part.splitlines())) <= 80


def test_a_program_gets_the_documented_schema(cli: Cli) -> None:
    found = told(cli).ok("report", "--week", "2026-11-29")
    assert found["schema"] == "concierge.period-report/1"
    assert (found["first_day"], found["last_day"]) == ("2026-11-23", "2026-11-29")
    assert (found["totals"]["received"], found["totals"]["met"], found["totals"]["broken"]) == (
        3,
        1,
        2,
    )
    assert (
        cli.ok("report", "--from", "2026-11-22", "--to", "2026-11-23", "--desk", "lobby")["desk"]
        == "lobby"
    )
    assert cli.ok("report", "--day", "2026-11-22")["totals"]["received"] == 0


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("--day", "tomorrow"), 2, "report.day"),
        (("--month", "2026-13"), 2, "report.month"),
        (("--from", "2026-11-02", "--to", "2026-11-01"), 1, "report.order"),
        (("--from", "2025-01-01", "--to", "2026-11-01"), 1, "report.long"),
        (("--day", "2026-11-24"), 1, "report.future"),
        (("--day", "2026-11-23", "--desk", "gaet"), 1, "desk.unknown"),
        (("--from", "2026-11-02"), 2, "arguments"),
        (("--to", "2026-11-02"), 2, "arguments"),
        (("--day", "2026-11-02", "--month", "2026-11"), 2, "arguments"),
        (("--week", "9999-12-31"), 2, "report.day"),
        (("--format", "md"), 2, "arguments"),
        (("--languages", "zh"), 2, "arguments"),
        (("--force",), 2, "arguments"),
        (("--format", "pdf", "--output", "-"), 2, "arguments"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(
    cli: Cli, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    assert cli.no(exit_code, "report", *words)["code"] == code


def test_asking_for_a_desk_makes_none(cli: Cli) -> None:
    for _ in range(2):
        assert "lobby" in cli.no(1, "report", "--desk", "gaet", "--lang", "en")["message"]


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_a_file_is_written_whole_and_never_over_another_unasked(cli: Cli, form: str) -> None:
    path = cli.home / f"november.{form}"
    words = ("report", "--month", "2026-11", "--format", form, "--output", str(path))
    assert told(cli).ok(*words, "--languages", "both")["path"] == str(path)
    before = path.read_bytes()
    assert cli.no(1, *words)["code"] == "output.exists"
    assert path.read_bytes() == before
    cli.ok(*words, "--force")
    assert path.read_bytes() != before  # in one language now


def test_a_file_goes_to_standard_output_by_a_dash(cli: Cli) -> None:
    done = told(cli)("report", "--format", "json", "--output", "-")
    assert (done.code, json.loads(done.out)["totals"]["received"]) == (0, 3)


def test_a_folder_gets_a_report_whose_name_sorts_by_its_first_day(cli: Cli, tmp_path: Path) -> None:
    asked = ("report", "--month", "2026-11", "--format", "md", "--output")
    folder = tmp_path / "papers"
    assert cli.no(1, *asked, f"{folder}/")["code"] == "output.no-folder"
    folder.mkdir()
    written = Path(cli.ok(*asked, str(folder))["path"])
    assert written == folder / "report-20261101-20261130.md"
    assert written.read_text(encoding="utf-8").startswith("# ")
    assert "--force" in cli.no(1, *asked, str(folder))["message"]
