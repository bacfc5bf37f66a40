"""``household``: the file of a household from the command line."""

from __future__ import annotations

from tests.cli.commands import Cli

AS = ("--as", "Chen Li")


def add(cli: Cli) -> None:
    cli.ok(
        "household", "add", "--unit", "5-902", "--name", "钱进", "--phone", "13900001234",
        "--tenure", "rented", "--people", "2", "--salutation", "钱先生", "--role", "tenant",
        "--birthday", "05-06", *AS,
    )  # fmt: skip


def test_a_household_is_added_with_its_file_and_shown_masked(cli: Cli) -> None:
    add(cli)
    shown = cli.ok("household", "show", "5-902")
    file = shown["file"]
    assert (file["tenure"], file["people_count"], file["salutation"]) == ("rented", 2, "钱先生")
    assert (file["members"][0]["birthday"], file["members"][0]["role"]) == ("--05-06", "tenant")
    assert file["members"][0]["masked"] == ["phone"]
    plain = cli("household", "show", "5-902", "--lang", "en").out
    assert "salutation: 钱先生" in plain
    assert "13900001234" not in plain + str(shown)
    revealed = cli.ok("household", "show", "5-902", "--reveal", "phones", *AS)
    assert revealed["file"]["members"][0]["phone"] == "13900001234"
    said = cli.no(1, "household", "show", "5-902", "--reveal", "phones")
    assert said["code"] == "staff.missing"
    refused = cli.no(1, "household", "add", "--unit", "5-903", "--name", "X", "--people", "many")
    assert refused["code"] == "field.number"


def test_facts_and_instructions_are_taken_down_and_said(cli: Cli) -> None:
    add(cli)
    health = ("household", "fact", "5-902", "asthma", "--aspect", "health", *AS)
    assert cli.no(1, *health)["code"] == "consent.missing"
    file = cli.ok(*health, "--consent-by", "钱进", "--consent-for", "desk")
    assert (file["facts"][0]["text"], file["facts"][0]["masked"]) == ("****", True)
    assert file["facts"][0]["consent"]["at"].startswith("2026-11-23T")
    file = cli.ok("household", "fact", "5-902", "peanuts", "--aspect", "allergy", "--member",
                  "钱进", "--source", "noticed", *AS)  # fmt: skip
    assert file["members"][0]["facts"][0]["source"] == "noticed"
    nobody = ("household", "fact", "5-902", "x", "--aspect", "food", "--member", "nobody", *AS)
    assert cli.no(1, *nobody)["code"] == "part.unknown"
    file = cli.ok("household", "instruct", "5-902", "the cleaner may enter", "--until",
                  "2026-12-30", "--days", "tue,thu", "--start", "9", "--end", "12", *AS)  # fmt: skip
    one = file["instructions"][0]
    assert (one["weekdays"], one["from_time"], one["in_force"]) == ([2, 4], "09:00", True)
    plain = cli("household", "show", "5-902", "--lang", "en").out.splitlines()
    assert plain[1].startswith("  !! allergy: peanuts  钱进")
    assert plain[2] == "  ! [1]  the cleaner may enter  Tue, Thu  09:00-12:00  until 2026-12-30"
    assert "asthma" not in "".join(plain)
    file = cli.ok("household", "instruct", "5-902", "--stop", "1", *AS)
    assert file["instructions"][0]["ended_at"].startswith("2026-11-23T")
    (ended, *_) = cli.ok("household", "history", "5-902")
    assert ended["after"] == {"ended_at": "2026-11-23T14:13:00+08:00"}
    cli.ok("household", "undo", "5-902", *AS)
    (back, *_) = cli("household", "history", "5-902", "--lang", "en").out.splitlines()
    assert "undone: instruction: ended at - -> Monday 23 November 2026, 14:13" in back
    assert "2026年11月23日" in cli("household", "history", "5-902", "--lang", "zh").out
    assert "179541" not in cli("household", "history", "5-902").out


def test_a_file_is_changed_told_and_taken_back(cli: Cli) -> None:
    add(cli)
    file = cli.ok("household", "set", "5-902", "parking=B1-17", "tenure=", *AS)
    assert (file["parking"], file["tenure"]) == ("B1-17", None)
    assert cli.no(1, "household", "set", "5-902", "parking", *AS)["code"] == "field.pair"
    change, entered = cli.ok("household", "history", "5-902")
    assert (entered["act"], entered["after"]["name"]) == ("entered", "钱进")
    assert (change["actor"], change["before"]["tenure"]) == ("Chen Li", "rented")
    said = cli("household", "history", "5-902", "--lang", "en").out
    assert "parking - -> B1-17" in said
    file = cli.ok("household", "undo", "5-902", *AS)
    assert (file["parking"], file["tenure"]) == (None, "rented")
    assert cli.no(1, "household", "undo", "5-902", *AS)["code"] == "undo.nothing"


def test_people_who_moved_out_are_forgotten_and_the_store_proves_itself(cli: Cli) -> None:
    add(cli)
    boss = ("--as", "Zhou")
    forget = ("household", "forget", "5-902")
    assert cli.no(1, *forget, *AS)["code"] == "role.needed"
    assert cli.no(1, *forget, *boss)["code"] == "forget.still-here"
    cli.ok("household", "set", "5-902", "moved_out=2026-11-20", *AS)
    done = cli.ok(*forget, *boss, "--reason", "asked")
    assert (done["members"], done["scrubbed"]) == (1, True)
    assert cli.ok("household", "show", "5-902")["members"] == []
    assert cli.ok("household", "find", "钱进") == []
    assert cli.ok("verify")["ok"]
    again = cli(*forget, *boss, "--lang", "en")
    assert "Backups made before" in again.out


def test_texts_that_may_name_them_are_looked_at_before_and_chosen(cli: Cli) -> None:
    add(cli)
    boss = ("--as", "Zhou")
    said = ("--unit", "3-1201", "--unverified")
    one, other = (
        cli.ok("ticket", "add", "--category", "fees", "--words", words, *said, *AS)["number"]
        for words in ("钱进的包裹", "钱进的伞")
    )
    cli.ok("household", "set", "5-902", "moved_out=2026-11-20", *AS)
    forget = ("household", "forget", "5-902", *boss)
    shown = cli.ok(*forget, "--look")
    assert [(each["ref"], each["said"]) for each in shown["places"]] == [
        (one, "钱进的包裹"),
        (other, "钱进的伞"),
    ]
    assert cli.ok("household", "show", "5-902")["members"]
    assert cli.no(1, *forget, "--also", "T-77")["code"] == "ticket.unknown"
    asked = cli.no(1, *forget, "--also", one)
    assert asked["code"] == "forget.doubts"
    assert other in asked["message"]
    assert one not in asked["message"]
    assert cli.ok("household", "show", "5-902")["members"]
    out = cli(*forget, "--also", one[-3:], "--leave", "--lang", "en").out
    assert f"1 text may still name them: {other}" in out
    assert cli.ok("ticket", "show", one)["words"] == "****的包裹"
    assert cli.ok("ticket", "show", other)["words"] == "钱进的伞"
    gone = cli(*forget, "--look", "--lang", "en")
    assert (gone.code, "No name of 5-902 is on record any more" in gone.err) == (1, True)
    late = cli.no(1, *forget, "--also", other)
    assert late["code"] == "forget.nobody-known"
    assert cli.ok("ticket", "show", other)["words"] == "钱进的伞"
    assert "No name of 5-902 is on record" in cli(*forget, "--lang", "en").out


def test_what_stands_in_the_way_is_said_by_looking(cli: Cli) -> None:
    add(cli)
    said = ("--category", "fees", "--words", "x", "--unit", "5-902", "--unverified")
    open_one = cli.ok("ticket", "add", *said, *AS)["number"]
    look = ("household", "forget", "5-902", "--as", "Zhou", "--look")
    shown = cli.ok(*look)
    assert (shown["open_tickets"], shown["still_here"]) == ([open_one], True)
    out = cli(*look, "--lang", "en").out
    assert "enter the day of moving out first" in out
    assert f"Tickets {open_one} are still open: close them first" in out
    assert "No other text names them." in out


def test_a_store_is_written_anew_at_a_quiet_hour(cli: Cli) -> None:
    add(cli)
    assert cli.ok("doctor", "--clean") == {"cleaned": True}
    assert "written anew" in cli("doctor", "--clean", "--lang", "en").out
