"""``watch``: as a process that is told to stop, and what it says in the words of a person and of a program."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import concierge
from concierge.cli import stopping
from concierge.cli.stopping import Stop
from concierge.store import engine
from tests.cli.commands import Cli

if sys.platform == "win32":
    TELL = signal.CTRL_BREAK_EVENT
    OWN_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    TELL = signal.SIGTERM
    OWN_GROUP = 0


@contextmanager
def watching(cli: Cli, *argv: str) -> Iterator[subprocess.Popen[str]]:
    """A watch in a process of its own."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(concierge.__file__).parent.parent),
        "CONCIERGE_HOME": str(cli.home),
        **cli.environ,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "concierge", "watch", *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environ,
        cwd=cli.home.parent,
        creationflags=OWN_GROUP,
    ) as process:
        # A watch that says too little is ended, so that a reader of its lines never waits for ever.
        guard = threading.Timer(60, process.kill)
        guard.start()
        try:
            yield process
        finally:
            guard.cancel()
            process.kill()


def lines(process: subprocess.Popen[str], until: str, count: int) -> list[dict[str, Any]]:
    """What it says until there were so many of a kind."""
    assert process.stdout is not None
    found = []
    for line in process.stdout:
        found.append(json.loads(line))
        if sum(one["kind"] == until for one in found) == count:
            return found
    raise AssertionError((found, process.stderr.read() if process.stderr else ""))


def end(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """Tell it to stop; the rest of what it said, and it has nothing to complain of."""
    assert process.stdout is not None
    assert process.stderr is not None
    process.send_signal(TELL)
    rest = [json.loads(line) for line in process.stdout]
    assert (process.wait(60), process.stderr.read()) == (0, "")
    return rest


def test_a_watch_says_each_escalation_and_ends_well_when_told_to(cli: Cli) -> None:
    number = cli.ticket()["number"]
    cli.at("15:30")
    with watching(cli, "--json") as process:
        said = lines(process, "escalation", 3)
        assert end(process) == []
    assert said[0]["kind"] == "watching"
    assert (said[0]["home"], said[0]["desk"]) == (str(cli.home), "watch")
    fired = [one for one in said if one["kind"] == "escalation"]
    assert [(one["ticket"], one["rung"], one["to"]) for one in fired] == [
        (number, 0, "concierge"),
        (number, 1, "supervisor"),
        (number, 2, "director"),
    ]
    assert set(fired[0]) == {
        "kind", "at", "ticket", "clock", "generation", "rung", "to", "people", "due_at",
        "late_seconds",
    }  # fmt: skip
    assert cli.ok("verify")["ok"]


@pytest.mark.skipif(os.name == "nt", reason="a console sends it there, not another process")
def test_the_keyboard_ends_a_watch_as_well(cli: Cli) -> None:
    with watching(cli) as process:
        assert process.stdout is not None
        assert str(cli.home) in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_two_watches_and_a_sweep_say_each_escalation_once_between_them(cli: Cli) -> None:
    for _ in range(3):
        cli.ticket()
    cli.at("15:30")
    with watching(cli, "--json") as one, watching(cli, "--json") as other:
        said = []
        for process in (one, other):
            said += lines(process, "watching", 1)
        fired = [(row["ticket"], row["rung"]) for row in cli.ok("sweep")["fired"]]
        for process in (one, other):
            said += end(process)
    fired += [(row["ticket"], row["rung"]) for row in said if row["kind"] == "escalation"]
    assert len(fired) == len(set(fired)) == 9
    assert cli.ok("verify")["ok"]


def test_a_reader_who_went_away_ends_a_watch_well(cli: Cli) -> None:
    cli.ticket()
    cli.at("15:30")
    with watching(cli) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_watch_where_no_property_is_ends_with_three(nowhere: Cli) -> None:
    assert nowhere.no(3, "watch")["code"] == "store.missing"


class Nap:
    """Sleeps that are over at once; at each something happens at the desk, after the last the watch ends."""

    def __init__(self, *happens: Any) -> None:
        self.happens = list(happens)
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> bool:
        self.slept.append(seconds)
        if not self.happens:
            return True
        self.happens.pop(0)()
        return False


@pytest.fixture
def napping(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Replaces the sleep of a watch in this process."""

    def begin(*happens: Any) -> Nap:
        nap = Nap(*happens)

        def wait(_stop: Stop, seconds: float) -> bool:
            return nap(seconds)

        monkeypatch.setattr(stopping.Stop, "wait", wait)
        return nap

    return begin


def test_a_person_reads_one_line_with_its_time_for_each_escalation(cli: Cli, napping: Any) -> None:
    number = cli.ticket()["number"]
    cli.at("14:29")
    napping()
    done = cli("watch")
    assert (done.code, done.err) == (0, "")
    begun, warning, rung = [line for line in done.out.splitlines() if "watched" not in line]
    assert begun.startswith("2026-11-23 14:29:0")
    assert str(cli.home) in begun
    assert f"  {number} attend, warning: Chen Li" in warning
    assert f"  {number} attend, rung 1: supervisor, Zhou" in rung


def test_a_mistake_in_the_rules_and_its_mending_are_said(cli: Cli, napping: Any) -> None:
    policy = cli.home / "policy.toml"

    def write(answer: str, turn: int) -> None:
        policy.write_text(f'[categories.fees]\nanswer = "{answer}"\n')
        os.utime(policy, (turn, turn))

    napping(lambda: write("soon", 1), lambda: None, lambda: write("5 minutes", 2), lambda: None)
    done = cli("watch", "--json")
    said = [json.loads(line) for line in done.out.splitlines()]
    assert [one["kind"] for one in said if one["kind"] in {"mistake", "rules"}] == [
        "mistake",
        "rules",
    ]
    assert next(one for one in said if one["kind"] == "mistake")["code"] == "policy.bad"
    assert done.code == 0


def test_a_store_that_was_restored_meanwhile_is_opened_anew(cli: Cli, napping: Any) -> None:
    copy = cli.home.parent / "copy.db"
    shutil.copy(cli.home / "concierge.db", copy)
    napping(lambda: copy.replace(cli.home / "concierge.db"))
    said = [json.loads(line)["kind"] for line in cli("watch", "--json").out.splitlines()]
    assert said.count("watching") == 2


def kinds(out: str) -> list[tuple[str, str | None]]:
    """The kind of each object, and its reason or code."""
    said = [json.loads(line) for line in out.splitlines()]
    return [(one["kind"], one.get("reason", one.get("code"))) for one in said]


def test_how_long_nobody_watched_is_the_first_thing_said(cli: Cli, napping: Any) -> None:
    cli.ok("sweep")
    cli.at("17:23")
    napping()
    assert "  Nobody watched for 3 h 10 min (14:13 to 17:23)." in cli("watch").out.splitlines()[1]
    napping()
    assert kinds(cli("watch", "--json").out) == [("watching", None)]


def test_a_clock_that_is_behind_and_its_confirmation_are_said_once_each(
    cli: Cli, napping: Any
) -> None:
    cli.at("15:00")
    cli.ok("sweep")
    cli.at("14:20")
    napping(lambda: None, lambda: cli.ok("clock", "confirm", "--as", "Zhou"), lambda: None)
    done = cli("watch", "--json")
    assert done.code == 0
    assert kinds(done.out) == [("watching", None), ("held", "clock"), ("freed", None)]


def test_a_store_that_a_restore_holds_is_waited_for(
    cli: Cli, napping: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 1)
    with closing(sqlite3.connect(cli.home / "concierge.db", isolation_level=None)) as holder:
        holder.execute("pragma journal_mode = delete")
        holder.execute("begin immediate")
        nap = napping(lambda: None, lambda: holder.execute("rollback"), lambda: None)
        done = cli("watch", "--json")
    assert done.code == 0
    assert kinds(done.out)[:2] == [("trouble", "store.locked"), ("watching", None)]
    assert nap.slept[:2] == [15, 15]


def test_a_signal_wakes_the_sleeper_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Stop() as stop:
        assert not stop.wait(0)
        signal.raise_signal(signal.SIGINT)
        # Were it not woken the test would take an hour.
        assert stop.wait(3600)
        assert stop.asked
    assert signal.getsignal(signal.SIGINT) is before


def unit(done: str) -> dict[str, list[str]]:
    """The settings of a unit file; one may come several times."""
    found: dict[str, list[str]] = {}
    for line in done.splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_restarts_the_watch_for_ever_and_needs_no_store(nowhere: Cli) -> None:
    done = nowhere("watch", "--print-unit", "--desk", 'gate "2" 100% $HOME')
    assert (done.code, done.err) == (0, "")
    said = unit(done.out)
    (command,) = said["ExecStart"]
    assert command.startswith('"/')
    assert command.endswith(
        f'"watch" "--home" "{nowhere.home}" "--desk" "gate \\"2\\" 100%% $$HOME"'
    )
    assert said["Restart"] == ["always"]
    assert said["StartLimitIntervalSec"] == ["0"]
    assert said["ReadWritePaths"] == [f'"{nowhere.home}"']
    assert said["ProtectSystem"] == ["strict"]
    assert not nowhere.home.exists()


def test_the_unit_says_how_to_install_it_in_the_readers_language(nowhere: Cli) -> None:
    english = nowhere("watch", "--print-unit").out
    chinese = nowhere("watch", "--print-unit", "--lang", "zh").out
    assert "systemctl enable --now concierge-watch.service" in chinese
    assert chinese.splitlines()[0] != english.splitlines()[0]
    assert '"--lang" "zh"' in chinese


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit_as_it_is(nowhere: Cli) -> None:
    file = nowhere.home.parent / "concierge-watch.service"
    file.write_text(nowhere("watch", "--print-unit", "--desk", "gate 2").out, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)],
        capture_output=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )
    assert not [line for line in done.stderr.splitlines() if file.name in line]
    assert done.returncode == 0
