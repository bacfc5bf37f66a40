"""Files that only their owner reads, and that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concierge.domain.refusal import Refusal
from concierge.store.problem import disk_problem

SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Turn what the system says of files into a problem of this one.

    Raises:
        StoreProblem: full or read-only, with ``path`` and ``reason``.
    """
    try:
        yield
    except OSError as error:
        raise disk_problem(error, path) from error


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone; one that already holds something keeps its permissions."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        folder.chmod(0o700)


def private_file(beside: Path) -> Path:
    """An empty file, mode 0600, in the same folder as ``beside`` and on the same disk."""
    path = beside.with_name(f".{beside.name}.{secrets.token_hex(4)}.new")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return path


def publish(finished: Path, target: Path, *, force: bool, refusal: str) -> None:
    """Give a finished file its name at once: whoever looks sees nothing, or all of it.

    Side files left beside the target by a database that is gone would be replayed into the new one,
    so they go first.

    Args:
        finished: The file, complete and closed, in the target's folder.
        target: Its name from now on.
        force: Whether it may take the place of another file.
        refusal: The code of the refusal otherwise.

    Raises:
        Refusal: ``refusal`` with ``path``, when the target exists.
    """
    sync(finished)
    if target.exists() and not force:
        raise Refusal(refusal, path=str(target))
    for suffix in SIDE_FILES:
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    if force:
        finished.replace(target)
    else:
        _link(finished, target, refusal)
    sync_folder(target.parent)


def sync(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _link(finished: Path, target: Path, refusal: str) -> None:
    """A second name cannot take another file's place, not even if that appears meanwhile."""
    try:
        os.link(finished, target)
    except FileExistsError as error:
        raise Refusal(refusal, path=str(target)) from error
    except OSError:  # a disk without links
        finished.rename(target)
    else:
        finished.unlink()
