"""What a sweep did, as screens and the command line hear of it; instants are seconds UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fired:
    """A rung that a sweep fired; rung 0 is the warning, nobody told is an empty ``people``.

    Of a ``shift`` that nobody relieves ``ticket`` is the name of its desk, and ``clock`` is "relief".
    """

    ticket: str
    clock: str
    generation: int
    rung: int
    to: str
    people: tuple[str, ...]
    due_at: int
    late_seconds: int
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did.

    ``held`` says why nothing was fired: "clock" when the wall clock is behind the last heartbeat, "jump" when
    it leapt forward inside this process. ``unwatched`` is the stretch (from, until) before it in which nobody
    kept watch, if that was long enough to say so. ``raised`` are tickets that became major by it.
    """

    at: int
    fired: tuple[Fired, ...]
    held: str | None = None
    unwatched: tuple[int, int] | None = None
    raised: tuple[str, ...] = ()
