"""``deadline --batch``: a question a line, an answer a line; a bad line does not stop the rest."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from concierge.cli.call import Call
from concierge.cli.counting import Counter, Request, answer_json
from concierge.cli.exits import Exit
from concierge.cli.output import one_line
from concierge.domain.refusal import Refusal
from concierge.paths import as_typed

_KEYS = ("category", "limit", "received", "agreed", "calendar")


def run_batch(call: Call, counter: Counter, name: str) -> int:
    """Answer every line of a file, or of standard input for ``-``.

    Returns:
        Exit code 1 when any line could not be answered.

    Raises:
        Refusal: ``file.not-found`` or ``file.unreadable``.
    """
    gc.enable()  # off while the program starts
    code = Exit.DONE
    with _opened(call, name) as (lines, folder):
        for number, raw in enumerate(lines, start=1):
            if not raw.strip():
                continue
            try:
                said = answer_json(counter.answer(_request(raw, folder)))
            except Refusal as refusal:
                message = one_line(call.refusal(refusal.code, refusal.values))
                said = {"line": number, "error": {"code": refusal.code, "message": message}}
                code = Exit.REFUSED
            call.output.json(said, compact=True)
            call.output.flush()
    return code


@contextmanager
def _opened(call: Call, name: str) -> Iterator[tuple[Iterable[bytes], Path]]:
    if name == "-":
        yield _lines(call.stdin, Path("-")), Path.cwd()
        return
    path = as_typed(name)
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise Refusal("file.not-found", path=str(path)) from error
    except OSError as error:
        raise Refusal("file.unreadable", path=str(path)) from error
    with file:
        yield _lines(file, path), path.absolute().parent


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes]:
    mark = b"\xef\xbb\xbf"
    try:
        for number, line in enumerate(file):
            yield line.removeprefix(mark) if not number else line
    except OSError as error:
        raise Refusal("file.unreadable", path=str(path)) from error


def _request(raw: bytes, folder: Path) -> Request:
    """One line as a request.

    Raises:
        Refusal: ``batch.*`` for what is no request.
    """
    try:
        asked: Any = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Refusal("batch.not-json") from error
    if not isinstance(asked, dict):
        raise Refusal("batch.not-object")
    for key, value in asked.items():
        if key not in _KEYS:
            raise Refusal("batch.unknown-key", key=key, keys=", ".join(_KEYS))
        if value is not None and not isinstance(value, str):
            raise Refusal("batch.not-text", key=key)
    if (asked.get("category") is None) == (asked.get("limit") is None):
        raise Refusal("batch.one-of")
    calendar = asked.get("calendar")
    return Request(
        category=asked.get("category"),
        limit=asked.get("limit"),
        received=asked.get("received"),
        agreed=asked.get("agreed"),
        calendar=None if calendar is None else folder / as_typed(calendar),
    )
