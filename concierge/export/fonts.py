"""Which Chinese font of this computer a PDF takes: the first of those known to be good that is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.paths import as_typed

if TYPE_CHECKING:  # an extra, loaded when a font is looked into
    from fontTools.ttLib import TTFont

# Regular and bold, the best first; without a bold one letters are drawn thicker. All are known to hold both
# simplified Chinese and Latin letters.
_KNOWN = (
    ("msyh.ttc", "msyhbd.ttc"),
    ("PingFang.ttc", None),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("wqy-microhei.ttc", None),
    ("wqy-zenhei.ttc", None),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc"),
    ("Hiragino Sans GB.ttc", None),
    ("simhei.ttf", None),
    ("simsun.ttc", None),
    ("DroidSansFallbackFull.ttf", None),
    ("uming.ttc", None),
)
_SIMPLIFIED = (" SC", " GB", "SimSun")
_TELLING = "班交"  # characters without which a font is none for this paper


@dataclass(frozen=True, slots=True)
class Face:
    """A font's file, and which of a collection's faces."""

    path: Path
    number: int = 0


@dataclass(frozen=True, slots=True)
class Faces:
    """A font; ``bold`` None where it has none."""

    regular: Face
    bold: Face | None


def folders(
    environ: Mapping[str, str], home: Path, platform: str = sys.platform
) -> tuple[Path, ...]:
    """Where a system keeps its fonts.

    Args:
        environ: for Windows' own folders.
        home: the user's folder.
        platform: as ``sys.platform``.
    """
    if platform == "win32":
        system = Path(environ.get("WINDIR", "C:/Windows")) / "Fonts"
        own = Path(environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return (system, own / "Microsoft/Windows/Fonts")
    if platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local/share")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        data / "fonts",
        home / ".fonts",
    )


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts."""
    return folders(os.environ, as_typed("~"))


def find_faces(places: Iterable[Path]) -> Faces | None:
    """The best of the known fonts that lies in these folders; None without any.

    Args:
        places: folders, looked through with those in them.
    """
    there = {path.name.casefold(): path for path in _files(places)}
    for name, bold_name in _KNOWN:
        regular = _face(there.get(name.casefold()))
        if regular is not None:
            bold = None if bold_name is None else _face(there.get(bold_name.casefold()))
            return Faces(regular, bold)
    return None


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        for folder, _, names in os.walk(place):
            yield from (Path(folder) / name for name in names)


def _face(path: Path | None) -> Face | None:
    """The face for simplified Chinese in a file; None for a file that is none or lacks the characters."""
    if path is None:
        return None
    from fontTools.ttLib import TTCollection, TTFont

    try:
        with path.open("rb") as file:
            if path.suffix.lower() != ".ttc":
                return Face(path) if _is_chinese(TTFont(file, lazy=True)) else None
            faces = TTCollection(file, lazy=True)
            named = [_is_simplified(face) for face in faces]
            number = named.index(True) if True in named else 0
            return Face(path, number) if _is_chinese(faces[number]) else None
    except Exception:  # noqa: BLE001 - a damaged font fails in as many ways as it has tables
        return None


def _is_simplified(font: TTFont) -> bool:
    names = font["name"]
    return any(mark in f" {names.getDebugName(1)}" for mark in _SIMPLIFIED)


def _is_chinese(font: TTFont) -> bool:
    known = font.getBestCmap() or {}
    return all(ord(character) in known for character in _TELLING)
