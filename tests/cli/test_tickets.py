"""``ticket``: its JSON is a contract, its text cannot steer a terminal."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from concierge.domain.ticket import CAUSES
from tests.cli.commands import Cli

TICKET = [
    "number", "kind", "category", "grade", "unit", "place", "words", "state", "received_at",
    "logged_at", "logged_late", "first_owner", "assignee", "promise", "clocks", "escalations",
]  # fmt: skip
CLOCK = [
    "kind", "generation", "counted_from", "due_at", "agreed_at", "cap_at", "to_be_agreed",
    "warn_at", "met_at", "met_late", "breached", "provisional", "clause",
]  # fmt: skip
ESCALATION = [
    "clock", "generation", "rung", "to", "people", "due_at", "fired_at", "late_seconds", "by_hand",
    "acknowledged_at",
]  # fmt: skip


def test_a_ticket_has_the_keys_of_the_contract_in_their_order(cli: Cli) -> None:
    made = cli.ticket("staff-conduct", "--unit", "3-1201", words="he shouted")
    assert list(made) == [*TICKET, "events"]
    assert list(made["promise"]) == ["zh", "en"]
    assert [list(clock) for clock in made["clocks"]] == [CLOCK] * len(made["clocks"])
    assert [list(row) for row in made["escalations"]] == [ESCALATION]
    assert [list(row) for row in made["events"]] == [["at", "actor", "kind", "text"]] * 2


def test_times_carry_the_offset_of_the_property(cli: Cli) -> None:
    made = cli.ticket("neighbour", "--unit", "3栋1201")
    attend, resolve = made["clocks"]
    assert made["number"] == "T-20261123-001"
    assert (made["unit"], made["kind"], made["state"]) == ("3-1201", "complaint", "open")
    assert made["received_at"] == "2026-11-23T14:13:00+08:00"
    assert attend["due_at"] == "2026-11-23T14:28:00+08:00"
    assert (resolve["due_at"], resolve["to_be_agreed"]) == ("2026-11-24T18:00:00+08:00", True)
    assert made["promise"]["en"].startswith("Someone will be there by 14:28 today")
    assert "14:28" in made["promise"]["zh"]


def test_the_list_holds_the_same_tickets_without_their_events(cli: Cli) -> None:
    made = cli.ticket()
    cli.ticket("fees", "--answered", "2.80 a square metre")
    assert [list(row) for row in cli.ok("ticket", "list")] == [TICKET]
    del made["events"]
    assert cli.ok("ticket", "list") == [made]
    assert [row["state"] for row in cli.ok("ticket", "list", "--state", "all")] == [
        "open",
        "closed",
    ]
    assert len(cli.ok("ticket", "list", "--state", "closed")) == 1
    assert cli.ok("ticket", "list", "--kind", "errand") == []


def test_only_overdue_tickets_are_listed_when_that_is_asked(cli: Cli) -> None:
    cli.ticket()
    cli.ticket("fees")
    cli.at("14:29")
    assert [row["category"] for row in cli.ok("ticket", "list", "--overdue")] == ["neighbour"]


def test_a_matter_lives_from_the_call_to_its_end(cli: Cli) -> None:
    number = cli.ticket("neighbour", "--unit", "3-1201")["number"]
    as_chen = ("--as", "Chen Li")
    assert cli.ok("ticket", "assign", number, "--to", "Zhou", *as_chen)["assignee"] == "Zhou"
    cli.at("14:40")
    fired = cli.ok("sweep")["fired"]
    assert [(row["rung"], row["to"], row["people"]) for row in fired] == [
        (0, "concierge", ["Zhou"]),
        (1, "supervisor", ["Zhou"]),
    ]
    attended = cli.ok("ticket", "attend", number, "--text", "spoke to them", *as_chen)
    assert [clock["met_late"] for clock in attended["clocks"]] == [True, False]
    assert attended["clocks"][0]["breached"]
    signed = cli.ok("ticket", "acknowledge", number, "--rung", "1", "--as", "Zhou")
    assert [row["acknowledged_at"] is None for row in signed["escalations"]] == [True, False]
    noted = cli.ok("ticket", "note", number, "--text", "they will stop at six", *as_chen)
    assert noted["events"][-1]["text"] == "Note: they will stop at six"
    agreed = cli.ok(
        "ticket", "agree", number, "--agreed", "2026-11-24T10:00", "--agreed-with", "Wang Jianguo",
        *as_chen,
    )  # fmt: skip
    assert agreed["clocks"][1]["due_at"] == "2026-11-24T10:00:00+08:00"
    assert agreed["clocks"][1]["generation"] == 2
    asked = cli.no(1, "ticket", "resolve", number, *as_chen)
    assert asked["code"] == "cause.missing"
    assert "--cause" in asked["message"]
    assert all(cause in asked["message"] for cause in CAUSES)
    assert cli.ok("ticket", "show", number)["state"] == "open"
    done = cli.ok("ticket", "resolve", number, "--cause", CAUSES[-1], *as_chen)
    assert done["state"] == "closed"
    again = cli.ok("ticket", "reopen", number, "--reason", "it started again", *as_chen)
    assert again["state"] == "open"
    gone = cli.ok("ticket", "cancel", number, "--reason", "moved out", *as_chen)
    assert gone["state"] == "cancelled"
    assert gone["events"][-1]["text"] == "Cancelled (reason: moved out)"
    assert cli.ok("verify")["ok"]


def test_an_inquiry_answered_on_the_spot_is_closed(cli: Cli) -> None:
    made = cli.ticket("fees", "--answered", "2.80", words="what is the fee?")
    assert made["state"] == "closed"
    assert made["clocks"][0]["met_at"] == made["received_at"]
    assert "answered at once: 2.80" in made["events"][0]["text"]


def test_a_ticket_logged_late_says_why(cli: Cli) -> None:
    received = ("--received", "2026-11-23T13:00")
    refused = cli.no(1, "ticket", "add", "--category", "neighbour", "--words", "x", "--as",
                     "Chen Li", *received)  # fmt: skip
    assert refused["code"] == "time.late-reason"
    made = cli.ticket("neighbour", *received, "--late-reason", "the line was busy")
    assert made["logged_late"]
    assert made["clocks"][0]["due_at"] == "2026-11-23T13:15:00+08:00"
    assert made["events"][0]["text"].endswith("(reason: the line was busy)")


def test_a_dry_run_of_a_change_saves_nothing(cli: Cli) -> None:
    number = cli.ticket("neighbour")["number"]
    change = ("ticket", "change", number, "--category", "public-repair", "--reason", "not noise",
              "--as", "Chen Li")  # fmt: skip
    done = cli(*change, "--dry-run", "--json")
    assert done.json["category"] == "public-repair"
    assert done.err == "Nothing was saved: this is how the ticket would be.\n"
    assert cli.ok("ticket", "show", number)["category"] == "neighbour"
    assert cli.ok(*change)["category"] == "public-repair"
    assert cli.ok("ticket", "show", number)["category"] == "public-repair"


def test_a_ticket_is_escalated_by_hand_and_raised_to_major(cli: Cli) -> None:
    number = cli.ticket()["number"]
    up = cli.ok("ticket", "escalate", number, "--reason", "he is at the desk", "--as", "Chen Li")
    assert [(row["rung"], row["by_hand"], row["people"]) for row in up["escalations"]] == [
        (1, True, ["Zhou"])
    ]
    assert up["events"][-1]["text"].endswith("by hand (reason: he is at the desk)")
    major = cli.ok(
        "ticket", "change", number, "--grade", "major", "--reason", "press", "--as", "Zhou"
    )
    assert major["grade"] == "major"


def test_a_promise_kept_after_all_is_confirmed_by_a_supervisor(cli: Cli) -> None:
    number = cli.ticket()["number"]
    cli.at("14:40")
    cli.ok("sweep")
    late = ("--at", "2026-11-23T14:20", "--late-reason", "no phone on site")
    kept = cli.ok("ticket", "attend", number, *late, "--as", "Chen Li")
    assert kept["clocks"][0]["breached"]
    refused = cli.no(1, "ticket", "confirm", number, "--as", "Chen Li")
    assert refused["code"] == "role.needed"
    confirmed = cli.ok("ticket", "confirm", number, "--clock", "attend", "--as", "Zhou")
    assert not confirmed["clocks"][0]["breached"]


def test_a_broken_promise_needs_a_supervisor_for_a_new_time(cli: Cli) -> None:
    number = cli.ticket("fees")["number"]
    cli.at("15:00")
    agree = ("ticket", "agree", number, "--agreed", "2026-11-23T16:00", "--agreed-with", "Wang",
             "--as", "Chen Li")  # fmt: skip
    assert cli.no(1, *agree)["code"] == "agreed.past-cap"
    approved = cli.ok(*agree, "--approved-by", "Zhou", "--reason", "price list on its way")
    assert approved["clocks"][0]["due_at"] == "2026-11-23T16:00:00+08:00"
    assert approved["clocks"][0]["breached"]


def test_words_come_from_standard_input_byte_for_byte(cli: Cli) -> None:
    words = "“楼上\t又在打电钻”\n[/b] {0} %s\n"
    made = cli.ok("ticket", "add", "--category", "neighbour", "--words", "-", "--as", "Chen Li",
                  stdin=words.encode())  # fmt: skip
    assert made["words"] == words
    assert "cleaned" not in made


def test_the_saver_is_told_that_control_characters_were_taken_out(cli: Cli) -> None:
    add = ("ticket", "add", "--category", "neighbour", "--as", "Chen Li", "--json", "--words")
    done = cli(*add, "a\x1b[31mb\u202ec\nd")
    assert done.code == 0
    assert (done.json["words"], done.json["cleaned"]) == ("a[31mbc\nd", True)
    assert done.err == "Control characters were taken out of what was typed.\n"
    noted = cli("ticket", "note", "1", "--text", "x\x07", "--as", "Chen Li", "--json")
    assert noted.json["cleaned"]
    assert noted.json["events"][-1]["text"] == "Note: x"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_for_people_shows_what_was_typed_as_it_is(cli: Cli, lang: str) -> None:
    words = "[red]leak[/b] [link=x] 🚰 ｆｕｌｌ"
    cli.ticket("neighbour", "--place", "Lift 2", words=words)
    cli.at("15:00")
    cli.ok("sweep")
    shown = cli("ticket", "show", "1", "--lang", lang)
    assert shown.code == 0
    assert words in shown.out
    assert "\x1b" not in shown.out
    assert ("今天 15:00" in shown.out) == (lang == "zh")
    assert "Zhou 138-0000-1234" in shown.out
    listed = cli("ticket", "list", "--lang", lang)
    assert "Lift 2" in listed.out
    assert "T-20261123-001" in listed.out


def test_an_empty_list_says_so(cli: Cli) -> None:
    assert cli("ticket", "list").out == "There are no such tickets.\n"
    assert cli.ok("ticket", "list") == []


def test_the_people_of_a_matter_are_shown(cli: Cli) -> None:
    cli.ticket("staff-conduct", "--unit", "9-999", "--unverified", "--caller", "Mr [b]W", "--phone",
               "139", "--against", "3-1201", "--about", "Lin", "--channel", "phone")  # fmt: skip
    shown = cli("ticket", "show", "1").out.splitlines()
    assert shown[1] == "9-999 (unverified)"
    assert shown[4:7] == ["Caller: Mr [b]W *39", "Against: 3-1201", "About: Lin"]
    consented = cli.ticket("fees-on-site", "--consent", "Mrs Wang", "--unit", "3-1201")
    assert "Consent: Mrs Wang" in cli("ticket", "show", consented["number"]).out


def test_a_matter_closed_too_long_ago_goes_on_as_a_linked_ticket(cli: Cli) -> None:
    number = cli.ticket()["number"]
    cli.ok("ticket", "resolve", number, "--as", "Chen Li")
    cli.at("2026-12-23T10:00")
    new = cli.ok("ticket", "reopen", number, "--reason", "again", "--as", "Chen Li")
    assert (new["number"], new["state"]) == ("T-20261223-001", "open")
    assert f"Continues ticket {number}" in cli("ticket", "show", new["number"]).out
    assert "Goes on as ticket T-20261223-001 (reason: again)" in cli("ticket", "show", number).out


def test_a_change_needs_something_to_change(cli: Cli) -> None:
    number = cli.ticket()["number"]
    same = ("ticket", "change", number, "--grade", "ordinary", "--reason", "x", "--as", "Zhou")
    assert cli.no(1, *same)["code"] == "change.nothing"


def test_a_callers_phone_is_masked_until_somebody_asks_which_is_on_record(cli: Cli) -> None:
    made = cli("ticket", "add", "--category", "neighbour", "--words", "drilling", "--caller",
               "Wang", "--phone", "139-0000-1234", "--as", "Chen Li")  # fmt: skip
    number = "T-20261123-001"
    listed = (cli("ticket", "list"), cli("ticket", "list", "--json"))
    shown = (cli("ticket", "show", number), cli("ticket", "show", number, "--json"))
    said = "".join(done.out for done in (made, *listed, *shown))
    assert "139****1234" in shown[0].out
    assert "139****1234" in made.out
    assert "139-0000-1234" not in said
    assert "13900001234" not in said
    reveal = ("ticket", "show", number, "--reveal", "phones")
    assert cli.no(1, *reveal)["code"] == "staff.missing"
    revealed = cli.ok(*reveal, "--as", "Chen Li")
    assert revealed["phone"] == "139-0000-1234"
    assert [event["kind"] for event in revealed["events"]][-1] == "ticket.revealed"
    assert "139-0000-1234" in cli(*reveal, "--as", "Chen Li").out
    looks = [event["kind"] for event in cli.ok("ticket", "show", number)["events"]]
    assert looks.count("ticket.revealed") == 2
    assert cli.ok("verify")["ok"]


def test_whom_a_matter_is_about_may_not_look_at_the_callers_phone(cli: Cli) -> None:
    about = ("--category", "staff-conduct", "--about", "Chen Li", "--as", "Zhou")
    made = cli.ok("ticket", "add", *about, "--words", "rude", "--phone", "13900001234")
    number = made["number"]
    reveal = ("ticket", "show", number, "--reveal", "phones", "--as", "Chen Li")
    assert cli.no(1, *reveal)["code"] == "about.hidden"
    with closing(sqlite3.connect(cli.home / "concierge.db")) as store:
        store.execute("delete from permission where role = 'director' and action like '%reveal'")
        store.commit()
    assert cli.no(1, *reveal[:-1], "Lin")["code"] == "role.needed"
