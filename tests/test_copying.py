"""Copies of signed summaries: into a folder, by e-mail, whole, once, tried again where they could not be."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from concierge import copying
from concierge.bootstrap import deliver, make_copies
from concierge.copying import copy_summaries
from concierge.domain.delivery import FEWEST_TRIES, FIRST_WAIT
from concierge.domain.notify_policy import NotifyPolicy, parse_notify
from concierge.domain.refusal import Refusal
from concierge.export import files, render
from concierge.services.board import board
from concierge.services.copies import Copied, lease_copy, settle_copy
from concierge.services.shifts import end_shift, start_shift
from concierge.settings import shipped_policy
from tests.notify.conftest import mail
from tests.notify.servers import Mail
from tests.services.conftest import template, world
from tests.services.world import World

__all__ = ["mail", "template", "world"]

NO_WAYS = NotifyPolicy()


def asked(world: World, **copies: Any) -> World:
    """The property with other copies in its policy, and a shift that has ended."""
    policy = shipped_policy() | {
        "summary": {"folder": "", "formats": ["html", "csv"], "languages": ["zh"], **copies}
    }
    world.adopt(policy)
    start_shift(world.desk, actor="Chen")
    world.add("neighbour", words="=1+1 [/b] 13900001234")
    end_shift(world.desk, actor="Chen", alone="没有人接班")
    return world


def made(world: World) -> Copied:
    return copy_summaries(world.desk, NO_WAYS, world.home)


def states(world: World) -> list[tuple[Any, ...]]:
    return world.rows("select way, state, problem, attempts from summary_copy order by id")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where copies go."""
    made = tmp_path / "summaries"
    made.mkdir()
    return made


def test_each_format_is_put_into_the_folder_once_and_masks_phones(
    world: World, folder: Path
) -> None:
    asked(world, folder=str(folder))
    assert made(world) == Copied(made=1)
    assert made(world) == Copied()
    names = sorted(path.name for path in folder.iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["csv", "html"]
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "没有人接班" in text
    assert "13900001234" not in text
    assert states(world) == [("folder", "done", None, 1)]
    assert world.is_sound()


def test_a_policy_that_asks_for_none_makes_none(world: World) -> None:
    asked(world)
    assert states(world) == []
    assert made(world) == Copied()


def test_a_folder_that_is_not_there_is_said_and_the_copy_made_once_it_is(
    world: World, tmp_path: Path
) -> None:
    asked(world, folder=str(tmp_path / "drive" / "x"))
    assert made(world) == Copied(failed=1)
    (stuck,) = board(world.desk).stuck
    assert (stuck.way, stuck.state, stuck.problem) == ("folder", "waiting", "output.no-folder")
    assert made(world) == Copied(), "not before its time"
    (tmp_path / "drive" / "x").mkdir(parents=True)
    world.clock.at += FIRST_WAIT
    assert made(world) == Copied(made=1)
    assert board(world.desk).stuck == ()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not closed by their mode there")
def test_the_folder_of_a_user_who_does_not_exist_is_a_folder_that_is_not_there(
    world: World,
) -> None:
    assert made(asked(world, folder="~nobody-of-this-name/x")) == Copied(failed=1)
    assert states(world) == [("folder", "waiting", "output.no-folder", 1)]


def test_where_no_pdf_can_be_made_the_other_formats_are(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_font(fmt: str, *said: Any, **more: Any) -> str | bytes:
        if fmt == "pdf":
            raise Refusal("pdf.no-font")
        return render(fmt, *said, **more)

    monkeypatch.setattr(copying, "render", without_font)
    asked(world, folder=str(folder), formats=["pdf", "html"])
    assert made(world) == Copied(failed=1)
    assert [path.suffix for path in folder.iterdir()] == [".html"]
    assert states(world) == [("folder", "waiting", "pdf.no-font", 1)]


def test_what_cannot_be_written_leaves_nothing_half_done(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(world, folder=str(folder))

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "_write_whole", full)
        assert made(world) == Copied(failed=1)
    assert list(folder.iterdir()) == []
    assert [stuck.problem for stuck in board(world.desk).stuck] == ["output.full"]
    world.clock.at += FIRST_WAIT
    assert made(world) == Copied(made=1)


def test_another_file_of_the_same_name_is_left_alone(world: World, folder: Path) -> None:
    asked(world, folder=str(folder), formats=["md"])
    assert made(world) == Copied(made=1)
    (path,) = folder.iterdir()
    path.write_text("somebody's own", encoding="utf-8")
    again = "update summary_copy set state = 'waiting', not_before = 0"
    world.rows(again)
    assert made(world) == Copied(made=1), "beside it, under the shift's number"
    assert path.read_text(encoding="utf-8") == "somebody's own"
    (other,) = set(folder.iterdir()) - {path}
    other.write_text("somebody's too", encoding="utf-8")
    world.rows(again)
    assert made(world) == Copied(failed=1)
    assert other.read_text(encoding="utf-8") == "somebody's too"
    assert [stuck.problem for stuck in board(world.desk).stuck] == ["copy.other"]


def test_a_maker_that_died_between_writing_and_keeping_it_leaves_one_copy(
    world: World, folder: Path
) -> None:
    asked(world, folder=str(folder))
    order = lease_copy(world.desk, owner="dies")
    assert order is not None
    assert made(world) == Copied(), "it has two minutes"
    world.clock.at += 121
    assert made(world) == Copied(made=1)
    assert settle_copy(world.desk, owner="dies", order=order, problem="late") == Copied()
    assert states(world) == [("folder", "done", None, 1)]


def test_a_copy_is_given_up_after_a_day_of_trying_and_the_board_says_so(
    world: World, tmp_path: Path
) -> None:
    asked(world, folder=str(tmp_path / "gone"))
    tries = 0
    while made(world).dead == 0:
        tries += 1
        world.clock.at += 3600
    assert tries >= FEWEST_TRIES
    assert [(stuck.state, stuck.problem) for stuck in board(world.desk).stuck] == [
        ("dead", "output.no-folder")
    ]
    world.clock.at += 25 * 3600
    assert board(world.desk).stuck == ()
    assert world.is_sound()


def test_a_summary_is_mailed_with_its_files(world: World, mail: Mail) -> None:
    asked(world, mail=True, formats=["html"])
    ways = parse_notify({"summary": [mail.url()]})
    assert copy_summaries(world.desk, ways, world.home) == Copied(made=1)
    (letter,) = mail.got
    attached = [part for part in letter.walk() if part.get_filename()]
    assert [Path(str(part.get_filename())).suffix for part in attached] == [".html"]
    content = attached[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    assert "没有人接班" in content.decode()


def test_mail_without_an_address_is_said(world: World) -> None:
    asked(world, mail=True)
    assert made(world) == Copied(failed=1)
    assert [stuck.problem for stuck in board(world.desk).stuck] == ["copy.nobody"]


def test_the_program_makes_them_with_its_notices(world: World, folder: Path) -> None:
    asked(world, folder=str(folder))
    deliver(world.desk, world.home)
    assert len(list(folder.iterdir())) == 2
    assert make_copies(world.desk, world.home) == Copied()


def test_a_folder_that_the_system_will_not_even_look_at_is_said_and_stops_nobody(
    world: World, tmp_path: Path
) -> None:
    asked(world, folder=str(tmp_path / ("x" * 300)))
    assert made(world) == Copied(failed=1)
    (stuck,) = board(world.desk).stuck
    assert stuck.problem in {"output.unwritable", "output.no-folder"}
