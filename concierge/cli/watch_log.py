"""What a watch says: a line for each thing that happened, with its time, or an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from concierge.cli.call import Call
from concierge.cli.escalations import fired_json, fired_line, held_line
from concierge.cli.notify import notice_lines
from concierge.clock import SystemClock
from concierge.domain.instants import iso
from concierge.domain.refusal import Refusal
from concierge.language.dates import clock_time, duration
from concierge.language.refusals import problem_sentence
from concierge.store.problem import StoreProblem

if TYPE_CHECKING:
    from concierge.services.watching import News, Watch

# A kind, its keys for a program, and its sentence.
Entry = tuple[str, dict[str, Any], str]


class WatchLog:
    """The log of one watcher on its standard output; each line is handed over at once.

    A log that cannot be written, as on a full disk, ends no watch: what happened is in the store.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._watch: Watch | None = None

    def begin(self, watch: Watch) -> None:
        """Say that the watch begins."""
        self._watch = watch
        t, desk = self._call.t, watch.desk
        said = t("Watching {home} as {desk}.", home=self._call.home, desk=desk.name)
        value = {"home": str(self._call.home), "desk": desk.name}
        self._write(desk.clock.now(), ("watching", value, said))

    def news(self, news: News) -> None:
        """Say what a step brought."""
        call = self._call
        call.now = news.at
        if self._watch is not None:
            call.zone = self._watch.desk.rules.calendar.zone
        for part in (_of_store, _of_rules, _of_clock, _of_tickets, _of_notices):
            for entry in part(call, news):
                self._write(news.at, entry)

    def trouble(self, problem: StoreProblem) -> None:
        """Say why the store cannot be opened yet."""
        self._write(SystemClock().now(), _trouble(self._call, problem))

    def _write(self, at: int, entry: Entry) -> None:
        kind, value, said = entry
        zone, output = self._call.zone or ZoneInfo("UTC"), self._call.output
        with suppress(Refusal):
            if self._call.as_json:
                output.json({"kind": kind, "at": iso(at, zone), **value}, compact=True)
            else:
                output.lines([f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}  {said}"])
            output.flush()


def _trouble(call: Call, problem: StoreProblem) -> Entry:
    said = problem_sentence(call.t, problem.code, problem.values)
    return "trouble", {"code": f"store.{problem.code}", "message": said}, said


def _of_store(call: Call, news: News) -> Iterator[Entry]:
    t = call.t
    if news.trouble is not None:
        yield _trouble(call, news.trouble)
    if news.recovered:
        yield "recovered", {}, t("The store can be used again.")


def _of_notices(call: Call, news: News) -> Iterator[Entry]:
    t = call.t
    for came in news.delivered:
        if isinstance(came, Exception):
            reason = _reason(call, came)
            said = t("Notices could not be sent: {reason}", reason=reason)
            yield "undelivered", {"message": reason}, said
        elif came.failed or came.dead:
            said = " ".join(notice_lines(call, replace(came, sent=0)))
            yield "notices", {"sent": came.sent, "failed": came.failed, "dead": came.dead}, said


def _reason(call: Call, error: Exception) -> str:
    if isinstance(error, Refusal):
        return call.refusal(error.code, error.values)
    if isinstance(error, StoreProblem):
        return problem_sentence(call.t, error.code, error.values)
    return f"{type(error).__name__}: {error}"


def _of_rules(call: Call, news: News) -> Iterator[Entry]:
    t, renewed = call.t, news.renewed
    if renewed.desk is not None:
        rules = renewed.desk.rules
        value: dict[str, Any] = {"policy": rules.policy_version, "calendar": rules.calendar_version}
        yield "rules", value, t("The changed rules hold from now on.")
    for moved in renewed.moved:
        value = {
            "ticket": moved.ticket,
            "clock": moved.clock,
            "was": call.iso(moved.was),
            "due_at": call.iso(moved.now),
        }
        yield "moved", value, call.moved(moved)
    if renewed.mistake is not None:
        said = call.mistake(renewed.mistake)
        yield "mistake", {"code": renewed.mistake.code, "message": said}, said


def _of_clock(call: Call, news: News) -> Iterator[Entry]:
    t = call.t
    if news.held is not None:
        yield "held", {"reason": news.held}, held_line(call, news.held)
    if news.freed:
        yield "freed", {}, t("The computer's clock is trusted again: escalating goes on.")
    if news.unwatched is not None:
        since, until = news.unwatched
        said = t(
            "Nobody watched for {length} ({since} to {until}).",
            length=duration(t, until - since),
            since=_clock_time(call, since, news.at),
            until=_clock_time(call, until, news.at),
        )
        value = {"since": call.iso(since), "until": call.iso(until), "seconds": until - since}
        yield "unwatched", value, said


def _clock_time(call: Call, at: int, now: int) -> str:
    assert call.zone is not None
    return clock_time(datetime.fromtimestamp(at, call.zone), datetime.fromtimestamp(now, call.zone))


def _of_tickets(call: Call, news: News) -> Iterator[Entry]:
    for fired in news.fired:
        yield "escalation", fired_json(call, fired), fired_line(call, fired)
    for ticket in news.raised:
        yield "raised", {"ticket": ticket}, call.t("{ticket} is major now.", ticket=ticket)
