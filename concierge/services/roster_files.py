"""A roster's file as rows of text: workbooks and comma-separated files, whatever wrote them."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import ParseError

from concierge.domain.refusal import Refusal

MOST_ROWS = 200_000
MOST_BYTES = 512 * 1024 * 1024
"""Unpacked; a roster of 200 000 rows takes about a tenth of it."""
MOST_COLUMNS = 64

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_TEXTS = frozenset({".csv", ".txt", ".tsv"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Whatever zipfile, expat and openpyxl raise over a damaged workbook.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something: its number in the sheet, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold something; a text file is a sheet without a name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What a file holds: ``format`` is xlsx or csv, ``encoding`` and ``delimiter`` belong to csv."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None


class _Worksheet(Protocol):
    """The part of openpyxl's read-only worksheet that is used here."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def read_file(path: Path) -> RosterFile:
    """Read every cell of a roster's file as text.

    Args:
        path: an .xlsx workbook, or a .csv in UTF-8, GB18030 or, marked, UTF-16.

    Raises:
        Refusal: ``roster.not-found``, ``roster.unknown-format``, ``roster.broken``, ``roster.encrypted``,
            ``roster.encoding``, ``roster.too-large``.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise Refusal("roster.not-found", path=str(path))
    if suffix not in _WORKBOOKS | _TEXTS:
        raise Refusal("roster.unknown-format", path=str(path), suffix=suffix)
    try:
        return _read_workbook(path) if suffix in _WORKBOOKS else _read_text(path)
    except PermissionError as problem:
        raise Refusal("roster.not-found", path=str(path), problem=problem.strerror) from problem
    except (*_BROKEN, csv.Error) as problem:
        raise Refusal("roster.broken", path=str(path), problem=str(problem)) from problem


def _read_workbook(path: Path) -> RosterFile:
    formulas = _check_archive(path)
    from openpyxl import load_workbook

    with ExitStack() as stack:
        # Files of our own: a reading cut short would leave openpyxl's open, and on Windows locked.
        book = load_workbook(stack.enter_context(path.open("rb")), read_only=True, data_only=True)
        written = (
            load_workbook(stack.enter_context(path.open("rb")), read_only=True)
            if formulas
            else None
        )
        sheets = []
        for place, sheet in enumerate(book.worksheets):
            rows: Iterable[Sequence[object]] = _rows(sheet)
            if written:
                rows = _with_formulas(rows, _rows(written.worksheets[place]))
            sheets.append(Sheet(sheet.title, _lines(rows, path)))
    return RosterFile("xlsx", tuple(sheets))


def _check_archive(path: Path) -> bool:
    """Refuse what would not open or would fill the memory; tell whether any sheet holds a formula."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            # A workbook with a password, or an old .xls under a new name.
            if "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20):
                raise Refusal("roster.encrypted", path=str(path))
            raise Refusal("roster.unknown-format", path=str(path), suffix=".xls")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("roster.encrypted", path=str(path))
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise Refusal("roster.too-large", path=str(path), limit=MOST_BYTES)
        return any(
            _holds_formula(archive, part) for part in parts if "/worksheets/" in part.filename
        )


def _holds_formula(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as sheet:
        while block := sheet.read(1 << 20):
            if re.search(rb"<(?:\w+:)?f[ />]", tail + block):
                return True
            tail = block[-16:]
    return False


def _rows(sheet: _Worksheet) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # some programs write "A1" for a full sheet
    return sheet.iter_rows(values_only=True)


def _with_formulas(
    values: Iterable[Sequence[object]], formulas: Iterable[Sequence[object]]
) -> Iterator[list[object]]:
    """Show a formula's own text where the file holds no result for it; nothing is ever computed."""
    for shown, written in zip(values, formulas, strict=True):
        yield [
            formula if value is None and isinstance(formula, str) else value
            for value, formula in zip(shown, written, strict=True)
        ]


def _read_text(path: Path) -> RosterFile:
    if path.stat().st_size > MOST_BYTES:
        raise Refusal("roster.too-large", path=str(path), limit=MOST_BYTES)
    raw = path.read_bytes()
    text, encoding = _decode(raw, path)
    head = list(
        chain.from_iterable(line for line, _ in zip(io.StringIO(text), range(20), strict=False))
    )
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return RosterFile("csv", (Sheet("", _lines(rows, path)),), encoding, delimiter)


def _decode(raw: bytes, path: Path) -> tuple[str, str]:
    """Decode by the mark, else as UTF-8, else as GB18030, which Chinese Windows writes."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = [("utf-16", "utf-16")]
    else:
        candidates = [("utf-8-sig", "utf-8"), ("gb18030", "gb18030")]
    for codec, name in candidates:
        try:
            return raw.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise Refusal("roster.encoding", path=str(path))


def _lines(rows: Iterable[Sequence[object]], path: Path) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(_text(cell) for cell in row[:MOST_COLUMNS])
        if not any(cells):
            continue
        if len(lines) >= MOST_ROWS:
            raise Refusal("roster.too-large", path=str(path), limit=MOST_ROWS)
        lines.append(Line(number, cells))
    return tuple(lines)


def _text(cell: object) -> str:
    """Write a cell as a person reads it: 13800001234.0 is 13800001234, never 1.38E+10."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        whole = cell.is_integer()
        return str(int(cell)) if whole else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()
