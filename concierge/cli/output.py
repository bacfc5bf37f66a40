"""What a command says: lines that cannot steer a terminal, or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from concierge.domain.typed_text import clean


def plain(text: str) -> str:
    """Text without what could steer a terminal; newlines and tabs stay."""
    return clean(text, limit=len(text)).text


def one_line(text: str) -> str:
    """The same as one line."""
    return clean(text, limit=len(text), lines=False).text


@dataclass(frozen=True, slots=True)
class Output:
    """The two streams of a command."""

    out: TextIO
    err: TextIO

    def lines(self, lines: Iterable[str]) -> None:
        """Say lines of text."""
        for line in lines:
            self.out.write(plain(line) + "\n")

    def text(self, text: str) -> None:
        """Say a whole text as it is, such as an export."""
        self.out.write(text)

    def json(self, value: object, *, compact: bool = False) -> None:
        """Say a value as JSON; ``compact`` puts it on one line."""
        indent = None if compact else 2
        self.out.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")

    def aside(self, text: str) -> None:
        """Say one sentence to the person at the terminal, beside the answer."""
        self.err.write(one_line(text) + "\n")
