"""What ``doctor`` looks at: the home folder, the store, the calendars, the terminal, the disk."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

from concierge import __version__
from concierge.cli.call import Call
from concierge.domain.refusal import Refusal
from concierge.language.refusals import problem_sentence
from concierge.language.translator import Language, later
from concierge.paths import STORE_NAME
from concierge.store.problem import StoreProblem

_MEGABYTE = 1024 * 1024
_LABELS = {
    "version": later("program"),
    "home": later("folder"),
    "store": later("store"),
    "schema": later("schema"),
    "integrity": later("file"),
    "property": later("property"),
    "rehearsal": later("rehearsal"),
    "events": later("events"),
    "head": later("last event"),
    "zone": later("time zone"),
    "verified_through": later("holidays known through"),
    "rules": later("rules"),
    "terminal": later("terminal"),
    "encoding": later("characters"),
    "language": later("language"),
    "free_mb": later("free space, MB"),
}


def look(call: Call) -> dict[str, Any]:
    """Everything worth knowing when something is wrong; nothing here raises on a bad store."""
    found: dict[str, Any] = {"ok": True, "version": __version__, "home": str(call.home)}
    try:
        found |= _store(call)
    except StoreProblem as problem:
        found["ok"] = False
        found["store"] = problem.code
        said = problem_sentence(call.t, problem.code, problem.values)
        found["error"] = {"code": f"store.{problem.code}", "message": said}
    found |= _rules(call)
    found |= {
        "terminal": _terminal(call),
        "encoding": sys.stdout.encoding if sys.stdout else None,
        "language": call.t.code,
        "free_mb": _free(call),
    }
    return found


def _store(call: Call) -> dict[str, Any]:
    from concierge.services.checkup import check_store

    checked = check_store(call.home)
    return {
        "ok": checked.integrity == "ok",
        "store": str(call.home / STORE_NAME),
        "schema": checked.schema,
        "integrity": checked.integrity,
        "property": checked.property_name,
        "rehearsal": checked.rehearsal,
        "events": checked.events,
        "head": checked.head,
    }


def _rules(call: Call) -> dict[str, Any]:
    from concierge.cli.rules import Rules

    try:
        rules = Rules.read(call.home)
    except Refusal as refusal:
        return {"rules": call.refusal(refusal.code, refusal.values)}
    through = [file.verified_through or max(file.listed_years, default=0) for file in rules.files]
    return {
        "zone": rules.calendar.zone.key,
        "verified_through": max(through, default=0) or None,
        "rules": "ok",
    }


def _terminal(call: Call) -> str:
    size = shutil.get_terminal_size()
    kind = call.environ.get("TERM") or ("Windows" if os.name == "nt" else "none")
    return f"{kind} {size.columns}x{size.lines}"


def _free(call: Call) -> int | None:
    folder = call.home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free // _MEGABYTE
    except OSError:
        return None


def checkup_lines(call: Call, found: dict[str, Any]) -> Iterator[str]:
    """The same for a person."""
    from concierge.cli.columns import table

    t = call.t
    yield from table(
        [(t(label), _value(t, found[key])) for key, label in _LABELS.items() if key in found]
    )
    if not found["ok"] and "error" not in found:
        yield t("The file is damaged: restore a backup.")


def _value(t: Language, value: object) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return "-" if value is None else str(value)
