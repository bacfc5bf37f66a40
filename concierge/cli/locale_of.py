"""Which language a command answers in."""

from __future__ import annotations

import argparse
import locale
from collections.abc import Mapping, Sequence
from pathlib import Path

from concierge.language.translator import LANGUAGES

VARIABLE = "CONCIERGE_LANG"


def typed(argv: Sequence[str], option: str) -> str | None:
    """The last value of an option among arguments that are not parsed yet."""
    found = None
    for place, word in enumerate(argv):
        if word == option and place + 1 < len(argv):
            found = argv[place + 1]
        elif word.startswith(f"{option}="):
            found = word.partition("=")[2]
    return found


def language_code(argv: Sequence[str], environ: Mapping[str, str], home: Path) -> str:
    """What ``--lang`` says, else CONCIERGE_LANG, else the store, else the machine, else English."""
    for said in (typed(argv, "--lang"), environ.get(VARIABLE)):
        if said in LANGUAGES:
            return said
    from concierge.store.peek import peek

    peeked = peek(home)
    if peeked is not None and peeked.language in LANGUAGES:
        return peeked.language
    return "zh" if is_chinese(environ) else "en"


def founding_language(args: argparse.Namespace, environ: Mapping[str, str]) -> str | None:
    """The language chosen for a property that is being set up; None for every other call.

    Whoever asked for another language to read in is answered in that one.
    """
    if args.command != "init" or getattr(args, "lang", None) or environ.get(VARIABLE) in LANGUAGES:
        return None
    chosen: str | None = args.language
    return chosen


def is_chinese(environ: Mapping[str, str]) -> bool:
    """Whether the machine is set up in Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name].lower().startswith("zh")
    said = (locale.getlocale()[0] or "").lower()
    return said.startswith(("zh", "chinese"))
