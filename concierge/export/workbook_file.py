"""What a workbook's file allows: characters, names of sheets, and bytes that are the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from concierge.export.csv_text import harmless
from concierge.export.document import Said

LONGEST_CELL = 32767
"""Characters that a cell may hold."""
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Spreadsheets read "_x0041_" in a text as "A"; what a person typed stays what it was.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a ZIP can tell


def storable(text: str) -> str:
    """Text as a cell may hold it."""
    return _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", text))[:LONGEST_CELL]


def cell_of(sheet: Any, value: Any) -> Any:
    """A cell for the next row of a sheet that is only written; text stays text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    # In this order: openpyxl takes "=" for a formula and "#N/A" for an error when a value is set.
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = harmless(value) != value  # it stays text when somebody edits it
    return cell


def sheet_names(titles: Iterable[Said]) -> list[str]:
    """A name for each sheet that a workbook takes, and no two the same.

    Args:
        titles: what they are called, by language.
    """
    names: list[str] = []
    for title in titles:
        name = _NOT_IN_NAMES.sub(" ", " ".join(text for _, text in title.parts))
        name = " ".join(name.split())[:_LONGEST_NAME].strip("' ")
        number = 2
        while name.casefold() in {each.casefold() for each in names}:
            name = f"{name[: _LONGEST_NAME - 3].rstrip()} {number}"
            number += 1
        names.append(name)
    return names


def as_made(workbook: bytes, at: datetime) -> bytes:
    """The workbook as if it had been written at an instant: packed anew, without the clock of this computer.

    Args:
        workbook: a file as openpyxl writes it.
        at: the instant of its figures, in UTC.
    """
    out, stamp = io.BytesIO(), f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _STAMPS.sub(rb"\g<1>" + stamp + rb"\g<3>", part)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part)
    return out.getvalue()
