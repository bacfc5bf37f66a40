"""The line of revisions that this program knows; opening a current store imports only this."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Line:
    """Revisions from the first to the newest, and the folders in which their files lie."""

    revisions: tuple[str, ...]
    folders: tuple[Path, ...]

    @property
    def head(self) -> str:
        """The newest revision."""
        return self.revisions[-1]


SHIPPED = Line(
    revisions=("0001", "0002", "0003", "0004", "0005", "0006"), folders=(HERE / "versions",)
)
