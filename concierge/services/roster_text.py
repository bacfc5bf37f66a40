"""A roster as comma-separated text: its encoding and its separator found out, never asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.services import roster_sheet
from concierge.services.roster_headers import field_named
from concierge.services.roster_sheet import RosterFile, Sheet, lines_of
from concierge.services.roster_watch import Watch

_HEAD_LINES = 20
_HEAD_BYTES = 4096
_DELIMITERS = ",;\t"
_CELL_END = re.compile('[,;\t\r\n"]+')
_HAN = re.compile("[\u3400-\u9fff]")
_STRANGE = 0.1  # share of characters outside GB2312 from which text is hardly Chinese written on the mainland
_QUARTER = 4


def read_text(path: Path, watch: Watch) -> RosterFile:
    """Read a .csv in UTF-8, GB18030, UTF-16 or Big5, separated by commas, semicolons or tabs.

    Raises:
        Refusal: ``roster.too-large``, ``roster.encoding``, ``roster.too-many-rows``, ``roster.cancelled``.
        csv.Error: for what is no text file.
    """
    if path.stat().st_size > roster_sheet.MOST_BYTES:
        raise Refusal("roster.too-large", path=str(path), limit=roster_sheet.MOST_BYTES)
    text, encoding = decode(path.read_bytes(), path)
    head = "".join(islice(io.StringIO(text), _HEAD_LINES))
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return RosterFile("csv", (Sheet("", lines_of(rows, path, watch)),), encoding, delimiter)


def decode(raw: bytes, path: Path) -> tuple[str, str]:
    """Decode by the mark, else as UTF-8, else as what its headers can be read in.

    Chinese Windows writes GB18030, in Taiwan and Hong Kong Big5. Nearly all bytes can be read as either,
    so the one in which headers are known wins.

    Raises:
        Refusal: ``roster.encoding``.
    """
    for codec, name in _marked(raw) or [("utf-8-sig", "utf-8")]:
        text = _read(raw, codec)
        if text is not None and "\x00" not in text:
            return text, name
    found = {name: _read(raw, name) for name in ("gb18030", "big5hkscs")}
    mainland, island = found["gb18030"], found["big5hkscs"]
    if b"\x00" not in raw and not _marked(raw):
        if island is not None and _known(island) > _known(mainland or ""):
            return island, "big5"
        if mainland is not None and (_known(mainland) or not _is_strange(mainland)):
            return mainland, "gb18030"
    raise Refusal("roster.encoding", path=str(path))


def _marked(raw: bytes) -> list[tuple[str, str]]:
    """The codecs that a mark, or zero bytes in every other place, point to."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "utf-16")]
    head = raw[:_HEAD_BYTES]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * _QUARTER > len(head) // _QUARTER and min(even, odd) == 0:
        return [("utf-16-be", "utf-16") if even else ("utf-16-le", "utf-16")]
    return []


def _read(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _known(text: str) -> int:
    """How many headers are known in the first lines."""
    head = "".join(islice(io.StringIO(text), _HEAD_LINES))
    return sum(field_named(cell) is not None for cell in _CELL_END.split(head))


def _is_strange(text: str) -> bool:
    """Whether too many characters are such as nobody on the mainland writes: Big5 read as GB18030."""
    han = _HAN.findall(text[:_HEAD_BYTES])
    return sum(_read_back(each) for each in han) > _STRANGE * len(han)


def _read_back(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
