"""What can be wrong with a store itself, as opposed to what a rule refuses."""

from __future__ import annotations


class StoreProblem(Exception):
    """The store cannot be used: ``code`` is missing, newer, damaged, read-only, full or locked."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
