"""Writing an export: the whole file or nothing, and never over another one unasked."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from concierge.domain.refusal import Refusal

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# A volume without hard links (FAT, some network drives) says one of these.
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL, errno.EACCES}
)


def write_new(path: Path, content: str | bytes, *, force: bool, store: Path | None = None) -> None:
    """Write a file that only its owner reads; a crash leaves the old state or the new one.

    Args:
        path: where.
        content: all of it; text is written as UTF-8 with its line ends as they are.
        force: whether a file that is there may be replaced.
        store: the store's file, which is never replaced, nor what SQLite keeps beside it.

    Raises:
        Refusal: ``output.is-store``, ``output.exists``, ``output.no-folder``, ``output.unwritable`` or
            ``output.full``, each with ``path``; nothing is left behind.
    """
    with refusing(path):
        if not path.parent.is_dir():
            raise Refusal("output.no-folder", path=str(path.parent))
        if (
            path.exists() and not path.is_file()
        ):  # a folder; a device or a pipe, which it would replace
            raise Refusal("output.unwritable", path=str(path))
        if store is not None and _is_store(path, store):
            raise Refusal("output.is-store", path=str(path))
        if not force and os.path.lexists(path):
            raise Refusal("output.exists", path=str(path))
        beside = path.with_name(f".{secrets.token_hex(8)}.new")
        try:
            _write_whole(beside, content.encode() if isinstance(content, str) else content)
            if force:
                beside.replace(path)
            else:
                _name_once(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        _sync_folder(path.parent)


def _is_store(path: Path, store: Path) -> bool:
    """Whether a path leads to the store, under whatever name, or to a side file of it."""
    if path.exists() and path.samefile(store):
        return True
    # Windows and macOS take a name in other letters for the same one.
    beside = path.name.casefold().startswith(f"{store.name}-".casefold())
    return beside and path.parent.samefile(store.parent)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the system says into a refusal that names the file.

    Raises:
        Refusal: ``output.full`` or ``output.unwritable``.
    """
    try:
        yield
    except OSError as error:
        code = "output.full" if error.errno in _FULL else "output.unwritable"
        raise Refusal(code, path=str(path)) from error
    except ValueError as error:  # a NUL in the name
        raise Refusal("output.unwritable", path=str(path)) from error


def _write_whole(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _name_once(finished: Path, path: Path) -> None:
    """Give the finished file its name unless somebody has taken that meanwhile."""
    try:
        os.link(finished, path)
    except FileExistsError as error:
        raise Refusal("output.exists", path=str(path)) from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _reserve_then_replace(finished, path)


def _reserve_then_replace(finished: Path, path: Path) -> None:
    """Where there are no links: take the name with an empty file, which nobody else can, then fill it."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise Refusal("output.exists", path=str(path)) from error
    try:
        finished.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the name durable where the system can; the file is whole and in its place either way."""
    if os.name != "posix":
        return
    with suppress(OSError):  # a folder that may be written but not read, a network drive
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
