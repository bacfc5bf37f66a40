"""Frozen views of what comes up by itself: rules that changed, complaints that come again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A running clock whose due time a recount changed; instants in seconds since the epoch, UTC."""

    ticket: str
    clock: str
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class RulesNews:
    """What became of rules that changed: the mistake that left them as they were, or what moved by them.

    ``old_keys`` says that a store which cannot be written is searched by an older program's keys.
    """

    mistake: Exception | None = None
    moved: tuple[MovedClock, ...] = ()
    old_keys: bool = False


@dataclass(frozen=True, slots=True)
class RepeatView:
    """Why a complaint is a repeated matter: ``kind`` is household or building.

    ``count`` complaints or households within ``days``; ``numbers`` are the earlier tickets.
    """

    kind: str
    count: int
    days: int
    numbers: tuple[str, ...] = ()
