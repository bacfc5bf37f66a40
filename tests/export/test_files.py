"""An export is written whole or not at all, and over another file only when that is wanted."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from concierge.domain.refusal import Refusal
from concierge.export import files
from concierge.export.files import write_new

TEXT = "交班小结\r\n"


def refused(path: Path, *, force: bool = False, text: str = TEXT) -> str:
    with pytest.raises(Refusal) as caught:
        write_new(path, text, force=force)
    assert isinstance(caught.value.values["path"], str)
    return caught.value.code


def failing(code: int) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_the_file_holds_the_text_byte_for_byte_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    write_new(tmp_path / "交班.csv", TEXT, force=False)
    assert (tmp_path / "交班.csv").read_bytes() == TEXT.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["交班.csv"]


@pytest.mark.parametrize("name", ["concierge.db-wal", "CONCIERGE.DB-WAL", "Concierge.db-journal"])
def test_what_the_database_keeps_beside_the_store_is_no_place_whatever_the_letters(
    tmp_path: Path, name: str
) -> None:
    store = tmp_path / "concierge.db"
    store.write_bytes(b"")
    with pytest.raises(Refusal, match=r"output\.is-store"):
        write_new(tmp_path / name, TEXT, force=True, store=store)
    assert not (tmp_path / name).exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    for force in (False, True):
        write_new(tmp_path / "a.md", TEXT, force=force)
        assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine")
    assert refused(path) == "output.exists"
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["concierge.db", "another", "concierge.db-wal"])
def test_the_store_is_never_written_over(tmp_path: Path, name: str) -> None:
    store = tmp_path / "concierge.db"
    store.write_text("everything")
    (tmp_path / "another").hardlink_to(store)
    with pytest.raises(Refusal, match=r"output\.is-store"):
        write_new(tmp_path / name, TEXT, force=True, store=store)
    assert store.read_text() == "everything"
    write_new(tmp_path / "concierge.db.md", TEXT, force=True, store=store)


def test_a_file_that_is_there_is_replaced_when_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old and longer than the new text, so that a rest would show")
    write_new(path, TEXT, force=True)
    assert path.read_bytes() == TEXT.encode()


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_a_file_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "a.md"
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    whole = files._write_whole

    def overtaken(beside: Path, content: bytes) -> None:
        whole(beside, content)
        path.write_text("theirs")

    monkeypatch.setattr(files, "_write_whole", overtaken)
    assert refused(path) == "output.exists"
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_links_gets_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    write_new(tmp_path / "a.md", TEXT, force=False)
    assert (tmp_path / "a.md").read_bytes() == TEXT.encode()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_name_that_could_not_be_filled_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(Path, "replace", failing(errno.EIO))
    assert refused(tmp_path / "a.md") == "output.unwritable"
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        write_new(tmp_path / "none" / "a.md", TEXT, force=True)
    assert caught.value.code == "output.no-folder"
    assert caught.value.values == {"path": str(tmp_path / "none")}
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_place_to_write_into(tmp_path: Path) -> None:
    assert refused(tmp_path, force=True) == "output.unwritable"


def test_what_is_no_file_is_not_replaced_even_when_that_is_wanted(tmp_path: Path) -> None:
    make: Callable[[Path], None] | None = getattr(os, "mkfifo", None)
    if make is None:
        pytest.skip("Windows keeps no pipes and devices among files")
    pipe = tmp_path / "pipe.html"
    make(pipe)
    assert refused(pipe, force=True) == "output.unwritable"
    assert pipe.is_fifo()


def test_a_name_no_disk_can_hold_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / ("x" * 300)) == "output.unwritable"
    assert refused(tmp_path / "a\0b") == "output.unwritable"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_read_only_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(os, "open", failing(code))
    assert refused(tmp_path / "a.md") == "output.unwritable"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("code", "refusal"), [(errno.ENOSPC, "output.full"), (errno.EIO, "output.unwritable")]
)
def test_a_write_that_fails_midway_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, refusal: str, force: bool
) -> None:
    path = tmp_path / "a.md"
    if force:
        path.write_text("old")
    monkeypatch.setattr(os, "fsync", failing(code))
    assert refused(path, force=force) == refusal
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.md", "old")] * force


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_disk_that_takes_only_half_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from concierge.domain.refusal import Refusal; from concierge.export.files import write_new\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_new(Path(sys.argv[1]), 'x' * 100_000, force=False)\n"
        "except Refusal as refusal: print(refusal.code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-B", "-c", script, str(tmp_path / "a.md")],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout == "output.full\n"
    assert not list(tmp_path.iterdir())
