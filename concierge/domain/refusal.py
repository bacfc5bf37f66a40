"""The one way in which a rule says no."""

from __future__ import annotations


class Refusal(Exception):
    """A rule refuses: a code and the values that its sentence names.

    The sentence is made where it is read, in the reader's language (``language/refusals.py``).
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code
