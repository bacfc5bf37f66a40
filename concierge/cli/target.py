"""Where a command writes a file: under the name that was given, or in a folder under one of its own."""

from __future__ import annotations

import os
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.paths import as_typed


def target(typed: str, name: str) -> Path:
    """Where to write.

    Args:
        typed: a file or a folder.
        name: what the file is called in a folder.

    Raises:
        Refusal: ``output.no-folder`` for what is typed as a folder and is none.
    """
    path = as_typed(typed)
    if _is_folder(path):
        return path / name
    if typed.endswith(tuple(each for each in (os.sep, os.altsep) if each)):
        raise Refusal("output.no-folder", path=str(path))
    return path


def _is_folder(path: Path) -> bool:
    """Of a name that no file can have the writing says so."""
    try:
        return path.is_dir()
    except OSError:
        return False
