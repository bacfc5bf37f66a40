"""Paths of files as people type them."""

from __future__ import annotations

from pathlib import Path

from concierge.paths import as_typed


def typed_path(text: str) -> Path:
    """A path as people type it: ``~`` is the user's own folder, quotes around it are left out."""
    return as_typed(text.strip().strip("\"'"))


def own_folder() -> Path:
    """The user's own folder."""
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as a service has none
        return Path.cwd()
