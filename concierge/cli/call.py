"""One call of the command line: what every command is given."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from concierge.cli.output import Output
from concierge.domain.instants import iso, parse_instant
from concierge.domain.typed_text import clean_line
from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.refusals import sentence
from concierge.language.search_news import OLD_KEYS
from concierge.language.translator import Language

# Opening a store costs a third of a second; `deadline` and `policy` never import it.
if TYPE_CHECKING:
    from concierge.bootstrap import Opened
    from concierge.domain.refusal import Refusal
    from concierge.services.desk import Desk
    from concierge.services.rules import Moved

_DESK_NAME = 80


@dataclass(slots=True)
class Call:
    """The arguments, the reader's language, the home folder and the streams.

    ``zone`` and ``now`` are the property's once the desk is open.
    """

    args: argparse.Namespace
    t: Language
    environ: Mapping[str, str]
    home: Path
    stdin: BinaryIO
    output: Output
    zone: ZoneInfo | None = None
    now: int | None = None

    @property
    def as_json(self) -> bool:
        """Whether a program is listening."""
        return bool(getattr(self.args, "json", False))

    @property
    def desk_name(self) -> str | None:
        """The desk that was named, if any."""
        said = getattr(self.args, "desk", None)
        return clean_line(said, limit=_DESK_NAME).text.strip() or None if said else None

    @contextmanager
    def desk(self, *, name: str | None = None, ticking: bool = False) -> Iterator[Desk]:
        """Open the store for the length of a command, and say what opening it brought to light.

        Args:
            name: the desk's name where none was given, if not the usual one.
            ticking: whether a rehearsal's clock runs on, for a command that lasts.

        Raises:
            StoreProblem: missing, newer, damaged, read-only or full.
        """
        from concierge.bootstrap import open_desk

        gc.enable()  # off while the program starts
        opened = open_desk(
            self.home, name=self.desk_name or name, environ=self.environ, ticking=ticking
        )
        try:
            self.zone, self.now = opened.desk.rules.calendar.zone, opened.desk.clock.now()
            self._notice(opened)
            yield opened.desk
        finally:
            opened.desk.store.close()

    def _notice(self, opened: Opened) -> None:
        if opened.problem is not None:
            self.output.aside(self.mistake(opened.problem))
        if opened.old_keys:
            self.output.aside(self.t(OLD_KEYS))
        for moved in opened.moved:
            self.output.aside(self.moved(moved))

    def mistake(self, problem: Refusal) -> str:
        """What is said of rules that were not taken."""
        said = self.refusal(problem.code, problem.values)
        return self.t("Working with the rules as they were. {problem}", problem=said)

    def moved(self, moved: Moved) -> str:
        """What is said of a due time that a calendar moved."""
        return self.t(
            "By the new rules {clock} of ticket {ticket} is due {now}, not {was}.",
            clock=terms.clock(self.t, moved.clock),
            ticket=moved.ticket,
            now=self.when(moved.now),
            was=self.when(moved.was),
        )

    def refusal(self, code: str, values: Mapping[str, object]) -> str:
        """What a refusal says, in the property's time as far as that is known."""
        if code == "output.exists" and hasattr(self.args, "force"):
            return self.t("{path} exists already: choose another name, or add --force.", **values)
        return sentence(self.t, code, values, zone=self.zone, now=self.now)

    def time(self, text: str | None) -> int | None:
        """An instant as typed; without an offset it is the property's wall time.

        Raises:
            Refusal: ``time.bad`` or ``time.skipped``.
        """
        assert self.zone is not None
        return None if text is None else parse_instant(text, self.zone)

    def iso(self, at: int | None) -> str | None:
        """An instant for a program."""
        assert self.zone is not None
        return None if at is None else iso(at, self.zone)

    def when(self, at: int) -> str:
        """An instant for a person."""
        assert self.zone is not None
        assert self.now is not None
        local = datetime.fromtimestamp(at, self.zone)
        return moment(self.t, local, datetime.fromtimestamp(self.now, self.zone))

    def answer(self, value: object, lines: Callable[[], Iterable[str]]) -> None:
        """Say a value to a program, or lines to a person."""
        if self.as_json:
            self.output.json(value)
        else:
            self.output.lines(lines())
