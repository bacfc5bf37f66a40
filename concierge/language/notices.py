"""What came of sending a notice: in a word for one way, in a sentence for the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concierge.language.translator import Language, later

PROBLEMS = {
    "notify.bad-url": later("not an address that Apprise knows"),
    "notify.certificate": later("its certificate is not trusted"),
    "notify.command-failed": later("the command ended with an error"),
    "notify.command-not-found": later("the command cannot be started"),
    "notify.command-too-slow": later("the command took too long and was ended"),
    "notify.no-apprise": later("Apprise is missing: install concierge-desk[notify]"),
    "notify.refused": later("refused"),
    "notify.too-slow": later("no answer in time"),
    "notify.unreachable": later("cannot be reached"),
    "moot": later("no longer needed"),
}


def outcome(t: Language, problem: str | None) -> str:
    """What came of one way; None is delivered, a code that is not known is shown as it is."""
    return t("delivered") if problem is None else t(PROBLEMS.get(problem, problem))


def way(t: Language, scheme: str) -> str:
    """A kind of way: Apprise's own name for it, or the property's command."""
    return t("command") if scheme == "command" else scheme


def sent(t: Language, data: Mapping[str, Any]) -> str:
    """The event of a notice that reached somebody; what failed besides is named too."""
    ways = t(", ").join(way(t, scheme) for scheme in data["ways"])
    if not data["problem"]:
        return t("Notice sent to {name}: {ways}", name=data["to"], ways=ways)
    failed = outcome(t, data["problem"])
    return t("Notice sent to {name}: {ways}; another way failed: {problem}", name=data["to"],
             ways=ways, problem=failed)  # fmt: skip


def given_up(t: Language, data: Mapping[str, Any]) -> str:
    """The event of a notice that reached nobody for a day."""
    return t("Notice to {name} given up after a day: {problem}", name=data["to"],
             problem=outcome(t, data["problem"]))  # fmt: skip
