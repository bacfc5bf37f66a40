"""Setting PINs from the command line: by standard input, never as an argument."""

from __future__ import annotations

from tests.cli.commands import Cli


def test_a_pin_is_set_changed_and_taken_away(cli: Cli) -> None:
    name = cli.ok("staff", "list")[0]["name"]
    assert cli.ok("staff", "pin", name, stdin=b"2580\n") == {"name": name, "pin": True}
    assert cli.ok("staff", "pin", name, stdin=b"2580\n1470\n") == {"name": name, "pin": True}
    cli.no(1, "staff", "pin", name, stdin=b"0001\n3690\n")
    assert cli.ok("staff", "pin", name, "--remove", stdin=b"1470\n") == {"name": name, "pin": False}
    assert cli("staff", "pin", name, stdin=b"2580\n").out.strip()


def test_no_pin_at_all_is_told_what_one_looks_like(cli: Cli) -> None:
    name = cli.ok("staff", "list")[0]["name"]
    assert cli.no(1, "staff", "pin", name)["code"] == "pin.bad"
