"""Delivery by real servers on loopback: what arrives, is refused, slow or silent, and what is kept of it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from concierge.bootstrap import deliver
from concierge.domain.delivery import FEWEST_TRIES
from concierge.domain.notify_policy import NotifyPolicy, Way, parse_notify
from concierge.front import Front
from concierge.notify.carrying import Carry, carrier
from concierge.notify.courier import Courier
from concierge.notify.message import House, Parcel
from concierge.services import outbox
from concierge.services.desk import Desk
from concierge.services.notices import Delivered, Outcome
from concierge.store import engine
from concierge.store.problem import StoreProblem
from tests.notify.conftest import Told
from tests.notify.servers import HOST, Mail, Web, free_port
from tests.services.world import World

ROOT = Path(__file__).parents[2]
SECRET = "hunter2"


def courier(
    world: World,
    table: Mapping[str, object],
    *,
    carry: Carry | None = None,
    seconds: float = 15,
    desk: Desk | None = None,
) -> Courier:
    """Whoever delivers by the ways of a [notify] table."""
    policy = parse_notify(table)
    house = House(
        name="云栖花园", language="zh", rehearsal=False, zone=world.desk.rules.calendar.zone,
        words=policy.words, category=lambda code, _: code,
    )  # fmt: skip
    return Courier(desk or world.desk, policy, house, carry=carry, seconds=seconds)


@pytest.fixture
def overdue(world: World) -> World:
    """A property in which Zhou has just been told, of two tickets."""
    for words in ("楼上中午还在打电钻，我的电话 13900001234", "[b] <script> {words}"):
        world.add("neighbour", unit="3-1201", words=words, phone="13900001234", caller="王建国")
        world.clock.at += 1
    world.go("14:29")
    world.sweep()
    return world


def states(world: World) -> list[tuple[object, ...]]:
    return world.rows("select state, problem from outbox order by id")


def store_holds(world: World, text: str) -> bool:
    """Whether the files of the store hold these bytes anywhere."""
    world.rows("pragma wal_checkpoint")
    return any(text.encode() in path.read_bytes() for path in world.home.iterdir())


def test_a_webhook_gets_each_notice_once_with_its_key(overdue: World, web: Web) -> None:
    table = {"roles": {"supervisor": [web.url()]}}
    assert courier(overdue, table).deliver() == Delivered(sent=2)
    assert courier(overdue, table).deliver() == Delivered()
    keys = overdue.rows("select event_id from escalation where role = 'supervisor' order by id")
    assert web.keys() == [str(key) for (key,) in keys]
    first, second = (body["message"] for body in web.bodies())
    assert "楼上中午还在打电钻，我的电话 ***" in first
    assert "[b] ＜script＞ {words}" in second
    assert "王建国" not in first + second
    assert overdue.is_sound()


def test_a_mailbox_gets_the_notice_in_its_reader_s_language(overdue: World, mail: Mail) -> None:
    table = {"people": {"Zhou": {"urls": [mail.url()], "language": "en"}}}
    assert courier(overdue, table).deliver() == Delivered(sent=2)
    first = mail.got[0]
    assert first["To"] == "zhou@example.org"
    assert first["Subject"].startswith("Overdue: neighbour, 3-1201 (T-20261123-001)")
    assert first["X-Concierge-Event"].isdecimal()
    assert first.get_content_type() == "text/plain"
    assert "Who has it: nobody yet" in first.get_content()
    assert "<script>" not in mail.got[1].get_content()


def test_role_person_and_command_are_told_side_by_side(
    overdue: World, web: Web, mail: Mail, told: Told
) -> None:
    table = {
        "command": told.command(), "words": 0,
        "roles": {"supervisor": [web.url()]}, "people": {"Zhou": [mail.url()]},
    }  # fmt: skip
    assert courier(overdue, table).deliver() == Delivered(sent=2)
    assert (len(web.got), len(mail.got)) == (2, 2)
    assert [line["ticket"] for line in told.lines()] == ["T-20261123-001", "T-20261123-002"]
    assert [str(line["event"]) for line in told.lines()] == web.keys()
    assert "电钻" not in str(told.lines()) + str(web.bodies())
    ways = overdue.rows("select data from event where kind = 'notice.sent'")
    assert '"ways":["command","json","mailto"]' in ways[0][0]


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_a_server_that_refuses_is_asked_again_later(overdue: World, web: Web, status: int) -> None:
    table = {"people": {"Zhou": [web.url()]}}
    web.status = status
    assert courier(overdue, table).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.refused")] * 2
    web.status = 200
    assert courier(overdue, table).deliver() == Delivered()
    overdue.clock.at += 30
    assert courier(overdue, table).deliver() == Delivered(sent=2)
    assert web.keys()[:2] == web.keys()[2:]


def test_a_mail_server_that_refuses_is_asked_again_later(overdue: World, mail: Mail) -> None:
    table = {"people": {"Zhou": [mail.url()]}}
    mail.answer = "550 no such mailbox hunter2"
    assert courier(overdue, table).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.refused")] * 2
    mail.answer = "250 OK"
    overdue.clock.at += 30
    assert courier(overdue, table).deliver() == Delivered(sent=2)


def test_a_server_that_is_not_there_cannot_be_reached(overdue: World) -> None:
    urls = [f"json://desk:{SECRET}@{HOST}:{free_port()}/", f"json://desk:{SECRET}@no-host.invalid"]
    for url in urls:
        overdue.clock.at += 3600
        assert courier(overdue, {"people": {"Zhou": [url]}}).deliver() == Delivered(failed=2)
        assert states(overdue) == [("waiting", "notify.unreachable")] * 2


@pytest.mark.parametrize("scheme", ["json", "mailto"])
def test_a_server_that_never_answers_is_too_slow(overdue: World, silent: int, scheme: str) -> None:
    more = "?rto=0.1&cto=0.1&from=desk@example.org&to=zhou@example.org"
    url = f"{scheme}://desk:{SECRET}@{HOST}:{silent}/{more}"
    assert courier(overdue, {"people": {"Zhou": [url]}}).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.too-slow")] * 2


def test_a_way_that_hangs_for_ever_is_left_behind(overdue: World, web: Web) -> None:
    release, hung = Event(), []
    real = carrier(NotifyPolicy())

    def carry(way: Way, parcel: Parcel) -> str | None:
        if way.scheme == "hang":
            hung.append(parcel.key)
            release.wait(60)
        return real(way, parcel)

    table = {"people": {"Zhou": [web.url(), "hang://x"]}}
    slow = courier(overdue, table, carry=carry, seconds=2)
    try:
        assert slow.deliver() == Delivered(failed=2)
    finally:
        release.set()
    assert len(web.got) == 2
    # It was down for the first notice; the second one waited for nothing.
    assert len(hung) == 1
    key = parse_notify(table).of_person("Zhou")[0].key
    assert overdue.rows("select distinct delivered from outbox") == [(json.dumps([key]),)]


def test_only_what_failed_is_sent_again(overdue: World, web: Web, told: Told) -> None:
    table = {"command": told.command("3"), "people": {"Zhou": [web.url()]}}
    assert courier(overdue, table).deliver() == Delivered(failed=2)
    overdue.clock.at += 30
    table["command"] = told.command()
    assert courier(overdue, table).deliver() == Delivered(sent=2)
    assert (len(web.got), len(told.lines())) == (2, 4)


def test_a_command_that_hangs_is_ended_and_the_rest_is_delivered(overdue: World, web: Web) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    table = {"command": command, "people": {"Zhou": [web.url()]}}
    carry = carrier(parse_notify(table), hook_seconds=0.2)
    assert courier(overdue, table, carry=carry).deliver() == Delivered(failed=2)
    assert len(web.got) == 2
    assert states(overdue) == [("waiting", "notify.command-too-slow")] * 2


def test_an_address_that_nobody_can_read_fails_by_its_own_code(overdue: World) -> None:
    table = {"people": {"Zhou": [f"nosuch://desk:{SECRET}@x"]}}
    assert courier(overdue, table).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.bad-url")] * 2


def test_without_apprise_only_the_command_delivers(
    overdue: World, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    table = {"command": told.command(), "people": {"Zhou": ["json://x"]}}
    assert courier(overdue, table).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.no-apprise")] * 2
    assert len(told.lines()) == 2


def test_what_a_way_raises_is_told_by_its_code_alone(
    overdue: World, capfd: pytest.CaptureFixture[str]
) -> None:
    def carry(way: Way, _: Parcel) -> str | None:
        raise RuntimeError(way.url)

    table = {"people": {"Zhou": [f"json://desk:{SECRET}@x"]}}
    assert courier(overdue, table, carry=carry).deliver() == Delivered(failed=2)
    assert states(overdue) == [("waiting", "notify.refused")] * 2
    assert capfd.readouterr() == ("", "")


class Root(logging.Handler):
    """Hears what reaches the root of all loggers."""

    def __init__(self) -> None:
        super().__init__(1)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "mail.log":  # the test's own mail server tells what it reads
            self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture
def root() -> Iterator[Root]:
    """A curious listener at the root logger."""
    logger, handler = logging.getLogger(), Root()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(1)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_a_password_reaches_neither_store_nor_log_nor_screen(
    overdue: World, web: Web, mail: Mail, capfd: pytest.CaptureFixture[str], root: Root
) -> None:
    mail.answer = f"550 {SECRET}"
    urls = [web.url(f"{SECRET}?verify=no"), mail.url(), f"no://{SECRET}",
            f"json://desk:{SECRET}@{HOST}:{free_port()}/{SECRET}"]  # fmt: skip
    made = courier(overdue, {"roles": {"supervisor": urls}})
    for _ in range(FEWEST_TRIES):
        made.deliver()
        overdue.clock.at += 12 * 3600
    assert len(web.got) == 2
    assert overdue.rows("select distinct state from outbox") == [("sent",)]
    assert not store_holds(overdue, SECRET)
    assert capfd.readouterr() == ("", "")
    assert [line for line in root.said if SECRET in line] == []
    logging.getLogger("control").warning(SECRET)
    assert root.said[-1] == f"control: {SECRET}"


def test_a_courier_that_dies_before_it_settles_sends_the_same_key_again(
    overdue: World, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"people": {"Zhou": [web.url()]}}

    def power_cut(*_: object, **__: object) -> Delivered:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("concierge.notify.courier.settle", power_cut)
        with pytest.raises(KeyboardInterrupt):
            courier(overdue, table).deliver()
    assert courier(overdue, table).deliver() == Delivered(sent=1)
    overdue.clock.at += 120
    assert courier(overdue, table).deliver() == Delivered(sent=1)
    assert sorted(Counter(web.keys()).values()) == [1, 2]


def test_a_store_that_is_locked_for_a_while_loses_nothing_and_sends_nothing_twice(
    overdue: World, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = [StoreProblem("locked", path="x")] * 3
    real = outbox.settle

    def settle(desk: Desk, *, owner: str, outcomes: list[Outcome]) -> Delivered:
        if locked:
            raise locked.pop()
        return real(desk, owner=owner, outcomes=outcomes)

    monkeypatch.setattr("concierge.notify.courier.settle", settle)
    assert courier(overdue, {"people": {"Zhou": [web.url()]}}).deliver() == Delivered(sent=2)
    assert len(web.got) == 2


def test_a_locked_store_is_said_to_be_locked_and_everything_waits_on(
    overdue: World, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 20)
    table = {"people": {"Zhou": [web.url()]}}
    impatient = overdue.beside()
    other = engine.connect(overdue.home / engine.FILE_NAME)
    other.execute("begin immediate")
    with pytest.raises(StoreProblem) as caught:
        courier(overdue, table, desk=impatient).deliver()
    other.execute("rollback")
    other.close()
    impatient.store.close()
    assert caught.value.code == "locked"
    assert web.got == []
    assert courier(overdue, table).deliver() == Delivered(sent=2)


def test_programs_that_deliver_at_once_send_each_notice_once(world: World, web: Web) -> None:
    for _ in range(12):
        world.clock.at += 1
        world.add("neighbour")
    world.go("14:29")
    world.sweep()
    (world.home / "policy.toml").write_text(f'[notify.roles]\nsupervisor = ["{web.url()}"]\n')
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.harness.courier", str(world.home), str(world.clock.at)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(3)
    ]  # fmt: skip
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        said = [process.communicate("go\n")[0] for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()
    assert sum(int(line) for line in said) == 12
    assert sorted(Counter(web.keys()).values()) == [1] * 12
    assert world.is_sound()


def test_the_ways_of_the_home_folder_s_file_are_used_and_never_kept(
    overdue: World, web: Web
) -> None:
    file = overdue.home / "policy.toml"
    file.write_text(f'[notify.people]\n"Zhou" = ["{web.url()}"]\n', encoding="utf-8")
    assert deliver(overdue.desk, overdue.home) == Delivered(sent=2)
    assert "云栖花园" in web.bodies()[0]["message"]
    assert web.bodies()[0]["title"].startswith("【演练】已超时：邻里行为")
    file.unlink()
    assert not store_holds(overdue, SECRET)


def test_nothing_waiting_reads_no_file(world: World) -> None:
    (world.home / "policy.toml").write_text("[notify]\nwords = 'many'\n", encoding="utf-8")
    assert deliver(world.desk, world.home) == Delivered()


def test_a_courier_shows_no_password_of_its_ways(world: World) -> None:
    made = courier(world, {"people": {"Zhou": [f"json://{SECRET}"]}, "command": [SECRET]})
    assert SECRET not in repr(vars(made))
    assert SECRET not in repr(replace(made._policy, words=3))


def test_the_desk_s_front_delivers_at_its_own_store(overdue: World, web: Web) -> None:
    (overdue.home / "policy.toml").write_text(
        f'[notify.people]\nZhou = {{ urls = ["{web.url()}"], language = "en" }}\n', encoding="utf-8"
    )
    front = Front(overdue.home, name="lobby", environ={"CONCIERGE_NOW": "2026-11-23T14:30"})
    assert front.deliver() == Delivered(sent=2)
    assert front.deliver() == Delivered()
    front.close()
    assert "Late by 2 min" in web.bodies()[0]["message"]
