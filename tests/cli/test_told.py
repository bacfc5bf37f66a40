"""``ticket told``, and what a change would move, from the command line."""

from __future__ import annotations

import pytest

from concierge.language.translator import language
from tests.cli.commands import Cli


def test_whom_somebody_rang_is_kept_with_its_time(cli: Cli) -> None:
    number = cli.ticket("emergency", "--place", "Lift 2")["number"]
    cli.at("14:31")
    told = cli.ok("ticket", "told", number, "--whom", "Zhou", "--at", "2026-11-23 14:28",
                  "--as", "Chen Li")  # fmt: skip
    assert told["events"][-1]["kind"] == "ticket.phoned"
    assert told["events"][-1]["text"] == "Told by phone today 14:28: Zhou"
    assert told["events"][-1]["actor"] == "Chen Li"
    assert [row["acknowledged_at"] for row in told["escalations"]] == [None] * len(
        told["escalations"]
    )


def test_a_person_reads_beside_each_rung_what_became_of_its_notice(cli: Cli) -> None:
    number = cli.ticket("emergency", "--place", "Lift 2")["number"]
    shown = cli("ticket", "show", number, "--lang", "en").out
    (rung,) = [line for line in shown.splitlines() if line.startswith("Rung 1")]
    assert rung.endswith("supervisor, Zhou 138-0000-1234, notice on its way")


def test_a_call_that_is_yet_to_come_is_refused(cli: Cli) -> None:
    number = cli.ticket()["number"]
    refused = cli.no(1, "ticket", "told", number, "--whom", "Zhou", "--at", "2026-11-23 14:14",
                     "--as", "Chen Li")  # fmt: skip
    assert refused["code"] == "time.future"


def test_what_was_typed_for_whom_is_cleaned_and_said_to_be(cli: Cli) -> None:
    number = cli.ticket()["number"]
    told = cli.ok("ticket", "told", number, "--whom", "Mr \x1b[31mWu", "--as", "Chen Li")
    assert told["cleaned"]
    assert "\x1b" not in told["events"][-1]["text"]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_dry_run_says_from_when_to_when_how_late_that_is_and_what_stays_broken(
    cli: Cli, code: str
) -> None:
    number = cli.ticket("neighbour", "--unit", "3-1201")["number"]
    cli.at("14:38")
    done = cli("ticket", "change", number, "--category", "emergency", "--reason", "it smokes",
               "--as", "Chen Li", "--dry-run", "--lang", code)  # fmt: skip
    t = language(code)
    said = [
        t("{name}: due {old} -> {new}", name=t("attend"), old="14:28", new="14:18"),
        t("already {span} late", span=t("{minutes} min", minutes=20)),
        t("one breach kept"),
    ]
    assert t(", ").join(said) in done.out.splitlines()
