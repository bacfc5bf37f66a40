"""A roster's file as rows of text: workbooks and comma-separated files, whatever wrote them."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import ParseError

from concierge.domain.refusal import Refusal
from concierge.services import roster_sheet
from concierge.services.roster_sheet import Merged, RosterFile, Sheet, column_number, lines_of
from concierge.services.roster_text import read_text
from concierge.services.roster_watch import NOBODY, Watch
from concierge.services.roster_xls import read_xls

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_OLD = ".xls"
_TEXTS = frozenset({".csv", ".txt", ".tsv"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MOST_PACKED = (
    150  # times; a roster shrinks ten- to thirtyfold, what shrinks more was made to burst
)
_SMALL = 8 * 1024 * 1024  # bytes unpacked, with which nothing can burst
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_PROLOGUE = 64 * 1024  # bytes in which a declaration stands, if anywhere
_LONGEST_MARK = 64  # bytes of either
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


class _Worksheet(Protocol):
    """The part of openpyxl's read-only worksheet that is used here."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def read_file(path: Path, watch: Watch = NOBODY) -> RosterFile:
    """Read every cell of a roster's file as text.

    Args:
        path: an .xlsx or .xls workbook, or a .csv in UTF-8, GB18030, UTF-16 or Big5.
        watch: whoever waits for it.

    Raises:
        Refusal: ``roster.not-found``, ``roster.unknown-format``, ``roster.broken``, ``roster.encrypted``,
            ``roster.encoding``, ``roster.too-large``, ``roster.too-many-rows``, ``roster.xls-extra``,
            ``roster.cancelled``.
    """
    suffix = path.suffix.lower()
    try:
        if not path.is_file():
            raise Refusal("roster.not-found", path=str(path))
        if suffix not in _WORKBOOKS | _TEXTS | {_OLD}:
            raise Refusal("roster.unknown-format", path=str(path), suffix=suffix)
        return _read(path, suffix, watch)
    except PermissionError as problem:
        raise Refusal("roster.not-found", path=str(path), problem=problem.strerror) from problem
    except (*_BROKEN, csv.Error) as problem:
        raise Refusal("roster.broken", path=str(path), problem=str(problem)) from problem


def _read(path: Path, suffix: str, watch: Watch) -> RosterFile:
    """Read by what the file is, not by what it is called: people rename .xls and .xlsx at will."""
    with path.open("rb") as file:
        head = file.read(len(_OLE))
        # A workbook with a password is of the old kind, whatever it holds.
        if head == _OLE and "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20):
            raise Refusal("roster.encrypted", path=str(path))
    if suffix in _TEXTS and not head.startswith((_OLE, _ZIP)):
        return read_text(path, watch)
    if head == _OLE or (suffix == _OLD and not head.startswith(_ZIP)):
        return read_xls(path, watch)
    return _read_workbook(path, watch)


def _read_workbook(path: Path, watch: Watch) -> RosterFile:
    looked = _look_into(path)
    from openpyxl import load_workbook

    with ExitStack() as stack:
        # Files of our own: a reading cut short would leave openpyxl's open, and on Windows locked.
        book = load_workbook(stack.enter_context(path.open("rb")), read_only=True, data_only=True)
        written = (
            load_workbook(stack.enter_context(path.open("rb")), read_only=True)
            if any(part.formulas for part in looked.values())
            else None
        )
        sheets = []
        for place, sheet in enumerate(book.worksheets):
            rows: Iterable[Sequence[object]] = _rows(sheet)
            if written:
                rows = _with_formulas(rows, _rows(written.worksheets[place]))
            part = looked.get(getattr(sheet, "_worksheet_path", ""), _Part())
            sheets.append(Sheet(sheet.title, lines_of(rows, path, watch, part.merged)))
    return RosterFile("xlsx", tuple(sheets))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a sheet holds besides values: whether there is any formula, and cells merged over rows."""

    formulas: bool = False
    merged: tuple[Merged, ...] = ()


def _look_into(path: Path) -> dict[str, _Part]:
    """Refuse what would not open or would fill the memory; look into each sheet's file."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("roster.encrypted", path=str(path))
        most = roster_sheet.MOST_BYTES
        if sum(part.file_size for part in parts) > most or any(map(_would_burst, parts)):
            raise Refusal("roster.too-large", path=str(path), limit=most)
        if any(_declares(archive, part) for part in parts):
            raise Refusal("roster.broken", path=str(path), problem="DOCTYPE")
        return {
            part.filename: _look_at(archive, part)
            for part in parts
            if "/worksheets/" in part.filename
        }


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part declares entities, as no spreadsheet program does: they can multiply without end."""
    with archive.open(part) as file:
        return b"<!DOCTYPE" in file.read(_PROLOGUE)


def _would_burst(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(_SMALL, part.compress_size * _MOST_PACKED)


def _look_at(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Part:
    tail, formulas, merged = b"", False, set()
    with archive.open(part) as sheet:
        while block := sheet.read(1 << 20):
            text = tail + block
            formulas = formulas or _FORMULA.search(text) is not None
            merged |= {found.groups() for found in _MERGED.finditer(text)}
            tail = block[-_LONGEST_MARK:]
    areas = [
        Merged(int(top), int(bottom), column_number(left.decode()))
        for left, top, bottom in merged
        if int(top) < int(bottom)
    ]
    return _Part(formulas, tuple(areas))


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
