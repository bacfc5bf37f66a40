"""``notify`` and the [notify] table on the command line: what happened is said, what is secret is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from concierge.language.notices import PROBLEMS, outcome
from concierge.language.translator import LANGUAGES, language
from concierge.notify import apprise_way, hook
from tests.cli.commands import Cli
from tests.notify.conftest import Told
from tests.notify.conftest import told as told  # noqa: PLC0414 a fixture
from tests.notify.servers import HOST, Web, free_port, web_server

SECRET = "hunter2"


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server."""
    with web_server() as made:
        yield made


def ways(cli: Cli, text: str) -> None:
    """Write the [notify] table of the property's policy file."""
    (cli.home / "policy.toml").write_text(f"[notify]\n{text}\n", encoding="utf-8")


def test_a_test_to_a_role_is_really_sent_and_says_what_happened(cli: Cli, web: Web) -> None:
    ways(cli, f'roles.director = ["{web.url()}"]\npeople.Lin = ["{web.url("lin")}"]')
    done = cli("notify", "test", "--role", "director")
    assert (done.code, done.out) == (0, "director, json: delivered\nLin, json: delivered\n")
    assert [body["title"] for body in web.bodies()] == ["Test of the notices of Bamboo Court"] * 2
    assert cli.ok("notify", "test", "--staff", "Lin") == [
        {"to": "Lin", "way": "json", "delivered": True, "problem": None}
    ]


def test_a_test_by_command_is_really_run(cli: Cli, told: Told) -> None:
    ways(cli, f"command = {told.command()}")
    assert cli("notify", "test", "--staff", "Zhou").out == "Zhou, command: delivered\n"
    assert [line["kind"] for line in told.lines()] == ["test"]


def test_a_test_says_of_each_way_what_went_wrong_and_tells_no_password(cli: Cli, web: Web) -> None:
    web.status = 500
    gone = f"json://desk:{SECRET}@{HOST}:{free_port()}"
    ways(cli, f'people.Lin = ["{web.url()}", "{gone}", "nosuch://{SECRET}"]\ncommand = ["/nope"]')
    done = cli("notify", "test", "--staff", "Lin")
    assert done.code == 1
    assert done.out.splitlines() == [
        "Lin, json: refused",
        "Lin, json: cannot be reached",
        "Lin, nosuch: not an address that Apprise knows",
        "Lin, command: the command cannot be started",
    ]
    assert SECRET not in done.out + done.err


def test_a_role_that_nobody_holds_is_said_to_be_empty(cli: Cli) -> None:
    ways(cli, 'roles.manager = "json://x"')
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(cli.home / "concierge.db")) as raw:
        raw.execute("update staff set active = 0 where role = 'manager'")
        raw.commit()
    error = cli.no(1, "notify", "test", "--role", "manager")
    assert error["message"] == "Nobody on the staff is a manager: add somebody first."


def test_a_role_that_does_not_exist_is_refused(cli: Cli) -> None:
    assert cli.no(2, "notify", "test", "--role", "janitor")["code"] == "role.unknown"


def test_somebody_who_is_not_on_the_staff_is_refused(cli: Cli) -> None:
    assert cli.no(1, "notify", "test", "--staff", "Nemo")["code"] == "staff.unknown"


def test_without_a_way_it_is_said_where_to_name_one(cli: Cli) -> None:
    error = cli.no(1, "notify", "test", "--role", "director")
    assert error["message"].startswith("No way leads to director: name one under [notify]")


def test_what_waits_is_sent_once(cli: Cli, web: Web) -> None:
    ways(cli, f'roles.supervisor = ["{web.url()}"]')
    cli.ticket("neighbour", "--unit", "3-1201")
    cli.at("14:29")
    cli.ok("sweep")
    assert cli.ok("notify", "send") == {"sent": 1, "failed": 0, "dead": 0}
    assert cli("notify", "send").out == "No notice waits to be sent.\n"
    assert len(web.got) == 1
    shown = cli("ticket", "show", "1").out
    assert "Notice sent to Zhou: json" in shown


def test_what_cannot_be_sent_is_counted_and_ends_with_1(cli: Cli) -> None:
    ways(cli, f'roles.supervisor = ["json://desk:{SECRET}@{HOST}:{free_port()}"]')
    cli.ticket()
    cli.at("14:29")
    cli.ok("sweep")
    done = cli("notify", "send")
    assert (done.code, done.out) == (1, "1 notice could not be delivered and is tried again.\n")
    for hour in range(8, 15):
        cli.at(f"2026-11-24T{hour:02}:30:00")
        done = cli("notify", "send")
    assert done.out == "1 notice was given up after a day: tell them by phone.\n"
    shown = cli("ticket", "show", "1").out
    assert "Notice to Zhou given up after a day: cannot be reached" in shown


def test_a_mistake_in_the_ways_is_named_by_its_key_only(cli: Cli) -> None:
    ways(cli, f'roles.director = ["desk:{SECRET}@example.org"]')
    error = cli.no(1, "notify", "test", "--role", "director")
    assert "notify.roles.director[0]" in error["message"]
    checked = cli.no(1, "policy", "check", str(cli.home / "policy.toml"))
    assert checked["code"] == "policy.bad"
    assert SECRET not in str(error) + str(checked)


def test_the_ways_are_no_part_of_the_policy_that_is_shown_or_kept(cli: Cli) -> None:
    before = cli.ok("policy", "show")
    ways(cli, f'roles.director = ["mailto://desk:{SECRET}@example.org"]')
    assert cli.ok("policy", "check", str(cli.home / "policy.toml"))["ok"]
    assert cli.ok("policy", "show") == before
    assert SECRET not in cli("policy", "show").out
    cli.ticket()
    assert not any(SECRET.encode() in path.read_bytes() for path in cli.home.glob("concierge.db*"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_whatever_can_go_wrong_has_a_word(code: str) -> None:
    codes = {
        value
        for module in (apprise_way, hook)
        for value in vars(module).values()
        if isinstance(value, str) and value.startswith("notify.")
    }
    assert len(codes) == 9
    assert codes <= set(PROBLEMS)
    t = language(code)
    assert len({outcome(t, one) for one in [*PROBLEMS, None]}) == len(PROBLEMS) + 1


def test_a_name_that_nobody_on_the_staff_has_is_pointed_out(cli: Cli, web: Web) -> None:
    ways(cli, f'people.Lin = ["{web.url()}"]\npeople."Zhuo" = ["json://x"]')
    done = cli("notify", "test", "--staff", "Lin")
    assert done.code == 0
    assert "policy.toml names ways to Zhuo, and nobody on the staff is called so" in done.err
