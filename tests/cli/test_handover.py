"""The handover from the command line: shown, taken over, acknowledged, counted, signed, reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge.language.translator import language
from tests.cli.commands import Cli

COUNTS = ("keys=7", "cards=7", "radios=7", "cash=700", "equipment=4", "parcels=31")


@pytest.fixture
def running(cli: Cli) -> Cli:
    """Chen Li on the early shift, with a major matter and an ordinary one."""
    cli.at("08:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    cli.ticket("public-repair", "--place", "Hall", words="loose \x1b[31mtile [/b]")
    cli.at("14:20")
    cli.ticket("emergency", "--place", "Lift 2")
    return cli


def test_a_shift_is_handed_over_step_by_step(running: Cli) -> None:
    cli = running
    planned = cli.ok("shift", "handover")
    assert (planned["state"], planned["incoming"], planned["ready"]) == ("planned", None, False)
    begun = cli.ok("shift", "take-over", "--as", "Zhou")
    (major,) = begun["left"]
    assert (begun["group_left"], begun["next_until"]) == (1, "2026-11-23T23:00:00+08:00")
    assert cli.no(1, "shift", "sign", "--as", "Zhou")["code"] == "handover.unacknowledged"
    cli.ok("shift", "acknowledge", major, "--as", "Zhou")
    assert cli.no(1, "shift", "acknowledge", "--rest", "2", "--as", "Zhou")["code"] == (
        "handover.changed"
    )
    cli.ok("shift", "acknowledge", "--rest", "1", "--as", "Zhou")
    counted = cli.ok("shift", "count", *COUNTS, "--as", "Zhou")
    assert (counted["uncounted"], counted["ready"]) == ([], True)
    cli.ok("shift", "sign", "--as", "Chen Li")
    signed = cli.ok("shift", "sign", "--as", "Zhou")
    assert (signed["state"], signed["outgoing_signed"], signed["incoming_signed"]) == (
        "signed", "Chen Li", "Zhou",
    )  # fmt: skip
    assert signed["signed_at"] == "2026-11-23T14:20:00+08:00"
    assert cli.no(1, "shift", "review", "--shift", "1", "--as", "Zhou")["code"] == "role.needed"
    reviewed = cli.ok("shift", "review", "--shift", "1", "--as", "Lin", "--note", "good")
    assert (reviewed["reviewed_by"], reviewed["review"]) == ("Lin", "good")
    assert cli.ok("verify")["ok"]


def test_every_key_is_there_in_every_state(running: Cli) -> None:
    planned = running.ok("shift", "handover")
    begun = running.ok("shift", "take-over", "--as", "Zhou", "--absent", "went home")
    dropped = running.ok("shift", "drop", "--as", "Zhou")
    assert set(planned) == set(begun) == set(dropped)
    assert set(begun["matters"][0]) >= {
        "number", "unit", "place", "household", "kind", "category", "grade", "words", "step",
        "due_at", "agreed_at", "agreed_with", "assignee", "told", "waiting", "overdue", "why",
        "acknowledged_at", "acknowledged_by", "grouped",
    }  # fmt: skip
    assert (begun["absent"], dropped["absent"]) == ("went home", None)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_person_reads_what_is_left_to_do(running: Cli, code: str) -> None:
    t = language(code)

    def said(*argv: str) -> str:
        done = running("shift", *argv, "--lang", code)
        assert done.code == 0, done
        assert "\x1b" not in done.out
        return done.out

    assert t("Nobody has begun to take over.") in said("handover")
    begun = said("take-over", "--as", "Zhou")
    assert t("To acknowledge one by one") in begun
    assert "tile [/b]" in begun
    assert t("Of the rest still to acknowledge: {n}", n=1) in begun
    said("acknowledge", "--rest", "1", "--as", "Zhou")
    number = running.ok("shift", "handover")["left"][0]
    assert t("Still to acknowledge: {numbers}", numbers=number) in said("handover")
    said("acknowledge", number, "--as", "Zhou")
    said("count", *COUNTS[:5], "--as", "Zhou")
    parcels = {"zh": "待取包裹（件）", "en": "Parcels on the shelf"}[code]
    assert t("Still to count: {items}", items=parcels) in said("handover")
    ready = said("count", COUNTS[5], "--as", "Zhou")
    names = t(", ").join(["Chen Li", "Zhou"])
    assert t("Ready: only to be signed by {names}", names=names) in ready
    said("sign", "--as", "Zhou")
    signed = said("sign", "--as", "Chen Li")
    assert t("Signed {when}", when="").strip() in signed
    reviewed = said("review", "--shift", "1", "--as", "Lin")
    assert t("Reviewed by {name}", name="Lin") in reviewed


def test_a_person_reads_whom_a_note_is_for_when_an_instruction_ends_and_what_is_counted(
    running: Cli,
) -> None:
    running.ok("shift", "note", "--as", "Chen Li", "--text", "gate is open", "--flag", "director")
    running.ok("shift", "note", "--as", "Chen Li", "--text", "just so")
    running.ok("household", "instruct", "3-1201", "cleaner", "--from", "2026-11-01",
               "--until", "2026-11-23", "--end", "20:00", "--as", "Chen Li")  # fmt: skip
    running.ok("shift", "take-over", "--as", "Zhou")
    running.ok("shift", "count", "keys=42", "--as", "Zhou")
    said = running("shift", "handover", "--lang", "zh").out
    assert said.startswith("lobby 第 1 班交接，交班人：Chen Li，接班人：Zhou\n")
    assert "-  [报主任] gate is open\n" in said
    assert "-  just so\n" in said
    assert ["3-1201", "结束", "2026-11-23", "20:00", "cleaner"] in map(str.split, said.splitlines())
    head, keys = said.split("\n清点\n")[1].splitlines()[:2]
    assert head.split() == ["物品", "代码", "实点", "应有", "说明", "上次清点"]
    assert keys.split() == ["钥匙（把）", "keys", "42", "-"]
    english = running("shift", "handover", "--lang", "en").out
    assert "[to the director] gate is open" in english
    assert "major, due before the next shift ends" in english


def test_a_person_reads_what_was_short_before_until_it_is_made_good(cli: Cli) -> None:
    cli.at("08:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    for at, out, incoming, keys in (
        ("15:00", "Chen Li", "Zhou", "keys=7"),
        ("23:00", "Zhou", "Chen Li", "keys=6:one is lost"),
    ):
        cli.at(at)
        cli.ok("shift", "take-over", "--as", incoming)
        cli.ok("shift", "count", keys, *COUNTS[1:], "--as", incoming)
        for name in (out, incoming):
            cli.ok("shift", "sign", "--as", name)
    (keys,) = (
        line
        for line in cli("shift", "handover", "--lang", "en").out.splitlines()
        if line.startswith("Keys ")
    )
    assert " ".join(keys.split()) == "Keys keys - 6 7 until today 23:00: one is lost"


def test_what_is_about_whoever_takes_over_is_counted_and_told_nowhere(cli: Cli) -> None:
    cli.at("08:00")
    cli.ok("shift", "start", "--as", "Chen Li")
    cli.ticket("staff-conduct", "--about", "Zhou", words="he shouted")
    taken = cli("shift", "take-over", "--as", "Zhou").out
    assert "he shouted" not in taken
    assert "1 matter is not shown here: it is about a member of staff." in taken


def test_a_pin_is_read_from_standard_input_and_is_no_argument(running: Cli) -> None:
    cli = running
    cli.ok("staff", "pin", "Zhou", stdin=b"4711\n")
    cli.ok("shift", "take-over", "--as", "Zhou", "--absent", "ill")
    cli.ok("shift", "acknowledge", cli.ok("shift", "handover")["left"][0], "--as", "Zhou")
    cli.ok("shift", "acknowledge", "--rest", "1", "--as", "Zhou")
    cli.ok("shift", "count", *COUNTS, "--as", "Zhou")
    sign = ("shift", "sign", "--as", "Zhou")
    assert cli.no(1, *sign)["code"] == "pin.missing"
    assert cli.no(1, *sign, "--pin-stdin", stdin=b"1111\n")["code"] == "pin.wrong"
    assert cli(*sign, "--pin", "4711").code == 2
    assert cli.ok(*sign, "--pin-stdin", stdin=b"4711\n")["state"] == "signed"
    assert cli.ok("shift", "handover", "--shift", "1")["absent"] == "ill"


@pytest.mark.parametrize(
    "said", ["keys", "keys=", "=7", "keys=seven", "keys=:why", "", " =7", "keys=7.5"]
)
def test_what_is_no_count_does_not_parse(running: Cli, said: str) -> None:
    running.ok("shift", "take-over", "--as", "Zhou")
    done = running("shift", "count", said, "--as", "Zhou")
    assert (done.code, done.out) == (2, "")
    assert len(running.ok("shift", "handover")["uncounted"]) == 6


def test_a_count_that_is_refused_leaves_those_before_it(running: Cli) -> None:
    running.ok("shift", "take-over", "--as", "Zhou")
    refused = running.no(1, "shift", "count", "keys=7", "swords=1", "--as", "Zhou")
    assert refused["code"] == "count.unknown"
    counts = {each["item"]: each["counted"] for each in running.ok("shift", "handover")["counts"]}
    assert (counts["keys"], counts["cards"]) == (7, None)


@pytest.mark.parametrize(
    "argv",
    [
        ("acknowledge", "--as", "Zhou"),
        ("acknowledge", "1", "--rest", "1", "--as", "Zhou"),
        ("acknowledge", "--rest", "x", "--as", "Zhou"),
        ("sign",),
        ("review", "--as", "Lin"),
        ("count", "--as", "Zhou"),
    ],
)
def test_a_command_that_lacks_its_half_does_not_parse(running: Cli, argv: tuple[str, ...]) -> None:
    assert running("shift", *argv).code == 2


def test_a_shift_ends_alone_with_a_reason(running: Cli) -> None:
    assert running.no(1, "shift", "end", "--as", "Chen Li")["code"] == "shift.alone"
    ended = running.ok("shift", "end", "--as", "Chen Li", "--alone", "the lobby closes")
    assert ended["state"] == "closed"
    refused = running.no(1, "shift", "handover")
    assert refused["code"] == "shift.not-running"
    assert running.no(1, "shift", "handover", "--shift", "1")["code"] == "handover.not-made"


def test_without_a_store_it_says_so(nowhere: Cli, tmp_path: Path) -> None:
    assert nowhere("shift", "handover").code == 3
    assert not (tmp_path / "nowhere").exists()
