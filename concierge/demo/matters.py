"""The made-up tickets: each taken in, and what was done to it later, by whoever was on shift then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from concierge.demo.handing import Step
from concierge.services import agreeing, escalating, progress
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket

_ACTIONS = ("attend", "answer", "resolve")


class Matter:
    """One ticket told from its row, in one language.

    Args:
        desk: The desk.
        language: zh or en.
        row: The row of the file.
        at: The instant of a row.
        actor: The name of whoever acts at an instant.
        names: The staff's names by id.
    """

    def __init__(
        self,
        desk: Desk,
        language: str,
        row: Mapping[str, Any],
        *,
        at: Callable[[Mapping[str, Any]], int],
        actor: Callable[[int], str],
        names: Mapping[str, str],
    ) -> None:
        self._desk = desk
        self._language = language
        self._row = row
        self._at = at
        self._actor = actor
        self._names = names
        self._number: str | None = None

    @property
    def number(self) -> str:
        """Its number, once it was taken in."""
        assert self._number is not None
        return self._number

    def steps(self) -> Iterator[Step]:
        """Taking the ticket in, and what was done to it later."""
        row = self._row
        yield self._at(row), self._add
        if "acknowledge" in row:
            yield self._at(row["acknowledge"]), self._acknowledge
        if "agree" in row:
            yield self._at(row["agree"]), self._agree
        for action in _ACTIONS:
            if action in row:
                yield self._at(row[action]), partial(self._record, action)

    def _add(self) -> None:
        row, said = self._row, self._language
        asked, where, answered = row.get("asked_in"), row.get("place"), row.get("answered")
        at = self._at(row)
        ticket = add_ticket(
            self._desk,
            intake=Intake(
                category=row["category"],
                words=row[said],
                unit=row.get("unit"),
                place=where[said] if where else None,
                against=row.get("against"),
                channel=row.get("channel", "phone"),
                answered=answered[said] if answered else None,
                confirmed=row.get("confirmed", False),
                agreed_at=at + asked * 60 if asked else None,
                unverified=True,
                assignee=self._names[row["assign"]] if "assign" in row else None,
            ),
            actor=self._actor(at),
        )
        self._number = ticket.number

    def _acknowledge(self) -> None:
        by = self._names[self._row["acknowledge"]["by"]]
        escalating.acknowledge(self._desk, number=self.number, actor=by)

    def _agree(self) -> None:
        agreed = self._row["agree"]
        at = self._at(agreed)
        agreeing.agree(
            self._desk,
            number=self.number,
            agreed_at=at + agreed["in"] * 60,
            agreed_with=agreed["with"],
            actor=self._actor(at),
        )

    def _record(self, action: str) -> None:
        done = self._row[action]
        progress.record(
            self._desk,
            action=action,
            number=self.number,
            actor=self._actor(self._at(done)),
            text=done[self._language],
            cause=done.get("cause"),
        )
