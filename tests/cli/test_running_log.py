"""The running log, a late relief and copies from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import Cli


def test_a_note_is_flagged_and_tied_to_a_ticket_and_a_unit(cli: Cli) -> None:
    cli.at("07:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    number = cli.ok("ticket", "add", "--as", "Chen Li", "--category", "neighbour", "--words", "x")[
        "number"
    ]
    note = ("shift", "note", "--as", "Chen Li", "--text")
    cli.ok(*note, "=1+1 [/b]", "--flag", "director", "--ticket", number, "--unit", "3-1201")
    cli.ok(*note, "送来锦旗", "--flag", "thanks")
    handed = cli.ok("shift", "handover")["notes"]
    assert [(each["flag"], each["unit"], each["number"]) for each in handed] == [
        ("director", "3-1201", number),
        ("thanks", None, None),
    ]
    assert cli(*note, "key 12\nis out", "--lang", "en").out == "Noted: key 12 is out\n"
    assert cli(*note, "钥匙", "--lang", "zh").out == "已记录：钥匙\n"
    assert cli(*note, "x", "--flag", "loud").code != 0
    assert cli.no(1, *note, "x", "--ticket", "T-20261123-999")["code"] == "ticket.unknown"


def test_a_late_relief_is_told_by_a_sweep_and_signed_for(cli: Cli) -> None:
    cli.at("07:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    assert cli.no(1, "shift", "relief", "--as", "Zhou")["code"] == "relief.nothing"
    cli.at("15:31")
    (fired,) = cli.ok("sweep")["fired"]
    assert (fired["shift"], fired["clock"], fired["rung"], fired["to"]) == (
        1,
        "relief",
        1,
        "supervisor",
    )
    assert cli.ok("shift", "relief", "--as", "Zhou")["shift"] == 1


def test_copies_are_made_when_a_command_ends_a_shift_or_it_is_said_why_not(
    cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    policy = {"folder": str(folder), "formats": ["md"], "languages": ["en"]}
    lines = [f"{key} = {json.dumps(value)}" for key, value in policy.items()]
    (cli.home / "policy.toml").write_text("[summary]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    cli.at("07:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    ended = cli("shift", "end", "--as", "Chen Li")
    assert ended.code == 0
    assert "the folder is not there" in ended.err
    folder.mkdir()
    cli.ok("shift", "start", "--as", "Chen Li")
    assert "copy" not in cli("shift", "end", "--as", "Chen Li").err
    assert len(list(folder.iterdir())) == 1
