"""Making the copies of signed summaries that the policy asks for: into a folder, by e-mail."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from concierge.domain.notify_policy import NotifyPolicy
from concierge.domain.refusal import Refusal
from concierge.domain.shift import Copies
from concierge.export import render
from concierge.export.files import refusing, write_new
from concierge.export.names import file_name
from concierge.language.translator import language
from concierge.notify.apprise_way import send
from concierge.notify.message import Parcel
from concierge.paths import as_typed
from concierge.services.copies import (
    MAIL,
    Copied,
    CopyOrder,
    is_copy_due,
    keep_delivered,
    lease_copy,
    settle_copy,
)
from concierge.services.desk import Desk
from concierge.services.shifts import shift_summary
from concierge.services.summary import ShiftSummary

NOBODY = "copy.nobody"
"""The policy asks for e-mail and names no address."""
OTHER = "copy.other"
"""Another file has the name; it is left alone."""
STOPPED = "copy.stopped"
"""The policy asks for no such copy any more, or its folder is gone from it."""
_ROUNDS = 50


class CopyMaker:
    """Makes what copies wait, once.

    Args:
        desk: The desk at whose store they are ordered.
        ways: Where e-mail goes.
        home: The folder that a relative folder of the policy lies in.
    """

    def __init__(self, desk: Desk, ways: NotifyPolicy, home: Path) -> None:
        self._desk, self._ways, self._home = desk, ways, home
        self._owner = f"{desk.name}-{secrets.token_hex(8)}"

    def make(self) -> Copied:
        """Make all that may be made now.

        Raises:
            StoreProblem: locked and the like; what was not made, or not kept as made, is made later.
        """
        total = Copied()
        for _ in range(_ROUNDS):
            order = lease_copy(self._desk, owner=self._owner)
            if order is None:
                break
            files: dict[str, str] = {}
            problem = self._try(order, files)
            came = settle_copy(
                self._desk, owner=self._owner, order=order, problem=problem, files=files
            )
            total = Copied(
                total.made + came.made, total.failed + came.failed, total.dead + came.dead
            )
        return total

    def _try(self, order: CopyOrder, kept: dict[str, str]) -> str | None:
        """A code of what went wrong, None when the copy is made; ``kept`` takes what its files are."""
        rules = self._desk.rules.policy.shifts
        copies = rules.copies if rules is not None else Copies()
        if order.way not in copies.ways:
            return STOPPED
        try:
            summary = shift_summary(self._desk, shift=order.shift)
            if order.way == MAIL:
                files = tuple(_file(summary, copies, fmt) for fmt in copies.formats)
                kept |= {name: _digest(content) for name, content in files}
                return self._mail(order, summary, copies, files)
            said = [self._put(summary, copies, fmt, kept) for fmt in copies.formats]
            return next((problem for problem in said if problem is not None), None)
        except Refusal as refusal:
            return refusal.code

    def _put(
        self, summary: ShiftSummary, copies: Copies, fmt: str, kept: dict[str, str]
    ) -> str | None:
        """Put one format into the folder; where it cannot be made, the others are made all the same."""
        folder = self._home / as_typed(copies.folder)
        try:
            name, content = _file(summary, copies, fmt)
            with refusing(folder / name):
                kept[self._put_file(folder / name, summary, content)] = _digest(content)
        except Refusal as refusal:
            return OTHER if refusal.code == "output.exists" else refusal.code
        return None

    def _put_file(self, wanted: Path, summary: ShiftSummary, content: bytes) -> str:
        """Write a file that is not there yet, under a name that is free; returns the name."""
        # Two shifts may start in one minute, at desks whose names look alike in a file's.
        paths = (wanted, wanted.with_stem(f"{wanted.stem}-{summary.shift}"))
        path = next((each for each in paths if _holds(each, content)), None)
        if path is None:  # else made before, and not kept as made
            path = next((each for each in paths if not each.exists()), paths[-1])
            write_new(path, content, force=False, store=self._desk.store.path)
        return path.name

    def _mail(
        self,
        order: CopyOrder,
        summary: ShiftSummary,
        copies: Copies,
        files: tuple[tuple[str, bytes], ...],
    ) -> str | None:
        """Send it to each address that has not got it; those that have are never sent to again."""
        if not self._ways.summary:
            return NOBODY
        t = language(copies.languages[0])
        title = t("Shift summary: {property}, {desk}, shift {shift}",
                  property=summary.property_name, desk=summary.desk, shift=summary.shift)  # fmt: skip
        if summary.rehearsal:
            title = t("[Rehearsal] {title}", title=title)
        body = t("The signed summary is attached.")
        parcel = Parcel(f"summary-{summary.shift}", title, body, {})
        with _attachments(files) as paths:
            return self._send(order, parcel, paths)

    def _send(self, order: CopyOrder, parcel: Parcel, paths: Sequence[Path]) -> str | None:
        first: str | None = None
        for way in self._ways.summary:
            if way.key in order.delivered:
                continue
            problem = send(way.url, parcel, attached=paths)
            first = first or problem
            key = way.key if problem is None else None
            if not keep_delivered(self._desk, owner=self._owner, order=order, key=key):
                break
        return first


@contextmanager
def _attachments(files: Sequence[tuple[str, bytes]]) -> Iterator[list[Path]]:
    """Files to be attached, gone again afterwards.

    Raises:
        Refusal: ``output.full`` or ``output.unwritable`` where they cannot be put aside.
    """
    with refusing(Path(tempfile.gettempdir())):
        folder = tempfile.mkdtemp(prefix="concierge-")
    try:
        paths = [Path(folder) / name for name, _ in files]
        for path, (_, content) in zip(paths, files, strict=True):
            write_new(path, content, force=False)
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _file(summary: ShiftSummary, copies: Copies, fmt: str) -> tuple[str, bytes]:
    """The name and content of a file: all languages in one, as a paper is signed."""
    content = render(fmt, summary, copies.languages)
    return file_name(summary, fmt), content.encode() if isinstance(content, str) else content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False


def copy_summaries(desk: Desk, ways: NotifyPolicy, home: Path) -> Copied:
    """Make what copies wait; when none does, it costs one look at an index.

    Raises:
        StoreProblem: as ``CopyMaker.make``.
    """
    return CopyMaker(desk, ways, home).make() if is_copy_due(desk) else Copied()
