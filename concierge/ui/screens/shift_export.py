"""Writing the summary of a shift to a file."""

from __future__ import annotations

from typing import Any

from concierge.ui.screens.base import DeskScreen
from concierge.ui.screens.writing_out import shift_paper, write_out


async def export_summary(screen: DeskScreen[Any], shift: int) -> None:
    """Ask for format, language and file, and write; await it inside ``steps``."""
    summary = await screen.gateway.reading(lambda desk: desk.shift_summary(shift))
    await write_out(screen, shift_paper(summary))
