"""The store proves the copies of its summaries: asked for by a signed one, and what came of each."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from concierge.services.verify import verify
from tests.services.conftest import template, world
from tests.services.world import World
from tests.test_copying import asked, folder, made

__all__ = ["folder", "template", "world"]


def problems(world: World) -> list[str]:
    return [one.detail for one in verify(world.desk).problems if one.kind == "copy"]


def test_the_log_holds_what_each_file_of_a_copy_was(world: World, folder: Path) -> None:
    asked(world, folder=str(folder), formats=["html", "csv"])
    made(world)
    ((data,),) = world.rows("select data from event where kind = 'summary.copy-done'")
    assert json.loads(data)["files"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
    }
    assert world.is_sound()


def test_a_copy_that_was_made_waits_or_was_given_up_proves_itself(
    world: World, folder: Path
) -> None:
    asked(world, folder=str(folder / "gone"), mail=True)
    assert world.is_sound()
    (folder / "gone").mkdir()
    while made(world).dead == 0:  # nobody to mail it to
        world.clock.at += 3600
    assert world.rows("select way, state from summary_copy order by id") == [
        ("folder", "done"), ("mail", "dead"),
    ]  # fmt: skip
    assert world.is_sound()


TAMPERED = (
    ("delete from summary_copy", "shift 1 copy (folder): the row is gone"),
    ("update summary_copy set state = 'dead'", "shift 1 copy (folder): dead is not in the log"),
    ("update summary_copy set state = 'waiting'", "shift 1 copy (folder): waiting is not in the log"),
    ("update summary_copy set problem = 'output.full'",
     "shift 1 copy (folder): the row differs from the log"),
    ("update summary_copy set settled_at = settled_at - 60",
     "shift 1 copy (folder): the row differs from the log"),
    ("update summary_copy set created_at = created_at - 60",
     "shift 1 copy (folder): it was not asked for so"),
    ("update summary_copy set way = 'mail'", "shift 1 copy (mail): it was not asked for so"),
    ("update summary_copy set shift_id = 2",
     "shift 2 copy (folder): no signed summary stands behind it"),
)  # fmt: skip


@pytest.mark.parametrize(("sql", "said"), TAMPERED)
def test_a_copy_that_was_altered_or_taken_away_is_found(
    world: World, folder: Path, sql: str, said: str
) -> None:
    asked(world, folder=str(folder))
    made(world)
    assert problems(world) == []
    world.rows(sql)
    assert said in problems(world)


def test_a_copy_that_still_waits_and_is_taken_away_is_found(world: World, folder: Path) -> None:
    asked(world, folder=str(folder))
    world.rows("delete from summary_copy")
    assert problems(world) == ["shift 1 copy (folder): the row is gone"]


@pytest.mark.parametrize("said", ['{"copies": 5, "summary": "x"}', '{"copies": [[]]}', "[]", "7"])
def test_an_end_that_was_altered_is_found_whatever_it_says_now(
    world: World, folder: Path, said: str
) -> None:
    asked(world, folder=str(folder))
    world.rows("drop trigger event_no_update")
    world.rows("update event set data = ? where kind = 'shift.ended'", said)
    assert not verify(world.desk).ok


def test_a_copy_that_nobody_asked_for_is_found(world: World, folder: Path) -> None:
    asked(world, folder="")
    assert problems(world) == []
    world.rows(
        "insert into summary_copy (shift_id, way, state, created_at, not_before, attempts)"
        " select id, 'folder', 'waiting', ended_at, 0, 0 from shift"
    )
    assert problems(world) == ["shift 1 copy (folder): it was not asked for so"]
