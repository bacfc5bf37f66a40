"""What a command says: lines that cannot steer a terminal, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TextIO

from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean


def plain(text: str) -> str:
    """Text without what could steer a terminal; newlines and tabs stay."""
    return clean(text, limit=len(text)).text


def one_line(text: str) -> str:
    """The same as one line."""
    return clean(text, limit=len(text), lines=False).text


@contextmanager
def written() -> Iterator[None]:
    """Turn what keeps a stream from being written into a refusal; a closed pipe passes as it is.

    Raises:
        Refusal: ``output.stream`` with ``reason``.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refusal("output.stream", reason=error.strerror) from error


@dataclass(frozen=True, slots=True)
class Output:
    """The two streams of a command."""

    out: TextIO
    err: TextIO

    def lines(self, lines: Iterable[str]) -> None:
        """Say lines of text."""
        for line in lines:
            self.text(plain(line) + "\n")

    def text(self, text: str) -> None:
        """Say a whole text as it is, such as an export."""
        with written():
            self.out.write(text)

    def json(self, value: object, *, compact: bool = False) -> None:
        """Say a value as JSON; ``compact`` puts it on one line."""
        indent = None if compact else 2
        self.text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")

    def flush(self) -> None:
        """Hand over what was said."""
        with written():
            self.out.flush()

    def aside(self, text: str) -> None:
        """Say one sentence to the person at the terminal, beside the answer."""
        with suppress(OSError):  # there is nobody left to tell
            self.err.write(one_line(text) + "\n")
