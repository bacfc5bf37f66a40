"""Reading the files a property edits: its policy and its calendars, over the shipped ones."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from concierge.domain.calendar import CalendarFile
from concierge.domain.notify_policy import NotifyPolicy, parse_notify, split_notify
from concierge.domain.policy import overlay, parse_policy
from concierge.domain.refusal import Refusal
from concierge.paths import data_folder


@dataclass(frozen=True, slots=True)
class RawRules:
    """A policy's and its calendars' mappings as read; ``problem`` says why the property's own were left out."""

    policy: Mapping[str, object]
    calendars: tuple[Mapping[str, object], ...]
    problem: Refusal | None = None


def read_toml(path: Path, *, what: str) -> dict[str, object]:
    """A TOML file as a mapping.

    Args:
        path: The file, UTF-8.
        what: "policy" or "calendar", for the refusal's code.

    Raises:
        Refusal: ``file.not-found``, ``file.unreadable``, or ``policy.bad`` / ``calendar.bad`` with the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Refusal("file.not-found", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("file.unreadable", path=str(path)) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(f"{what}.bad", key=path.name, problem="toml", value=str(error)) from error


def shipped_policy() -> dict[str, object]:
    """The policy that ships."""
    return read_toml(data_folder() / "policy.toml", what="policy")


def shipped_calendars() -> tuple[Mapping[str, object], ...]:
    """The calendars that ship, by year."""
    folder = data_folder() / "calendars" / "cn"
    return tuple(read_toml(path, what="calendar") for path in sorted(folder.glob("*.toml")))


def check_policy(path: Path) -> Mapping[str, object]:
    """A property's policy file laid over the shipped one, checked; without its ways to people, checked too.

    Raises:
        Refusal: ``policy.bad`` naming the key, or the file's own problem.
    """
    own, ways = split_notify(read_toml(path, what="policy"))
    parse_notify(ways)
    merged = overlay(shipped_policy(), own)
    parse_policy(merged)
    return merged


def read_notify(home: Path | None) -> NotifyPolicy:
    """The ways to people that the property's policy file names; they hold passwords and stay in the file.

    Raises:
        Refusal: ``policy.bad`` naming the key and no address, or the file's own problem.
    """
    path = home / "policy.toml" if home is not None else None
    if path is None or not path.exists():
        return NotifyPolicy()
    return parse_notify(split_notify(read_toml(path, what="policy"))[1])


def read_calendar(path: Path) -> Mapping[str, object]:
    """One calendar file, checked.

    Raises:
        Refusal: ``calendar.bad`` naming the key, or the file's own problem.
    """
    raw = read_toml(path, what="calendar")
    CalendarFile.parse(raw)
    return raw


def read_rules(home: Path | None) -> RawRules:
    """The rules in force by the files: the shipped ones with the property's own over them.

    A mistake in a property's file never keeps the desk from opening: it is reported in ``problem``, and
    whoever runs a store goes on with the rules it had.
    """
    policy, calendars = shipped_policy(), shipped_calendars()
    if home is None:
        return RawRules(policy, calendars)
    try:
        own = home / "policy.toml"
        if own.exists():
            policy = dict(check_policy(own))
        extra = sorted((home / "calendars").glob("*.toml"))
        calendars += tuple(read_calendar(path) for path in extra)
    except Refusal as problem:
        return RawRules(shipped_policy(), shipped_calendars(), problem)
    return RawRules(policy, calendars)


def rules_stamp(home: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes whenever a property's own files of rules do: their names, times and sizes."""
    found = []
    for path in (home / "policy.toml", *sorted((home / "calendars").glob("*.toml"))):
        with contextlib.suppress(OSError):  # one that is not there, or taken away just now
            state = path.stat()
            found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)
