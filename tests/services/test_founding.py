"""Founding a property: all of its first facts, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from concierge.bootstrap import found_property
from concierge.domain.refusal import Refusal
from concierge.services.founding import know_desk, read_property, set_language
from concierge.services.staffing import NewStaff
from concierge.store.engine import FILE_NAME
from tests.services.world import STAFF, World


def found(home: Path, **fields: Any) -> None:
    given: dict[str, Any] = {"name": "Garden", "language": "en", "staff": STAFF[:1], "environ": {}}
    found_property(home, **(given | fields)).store.close()


def test_the_first_facts_are_in_the_log(world: World) -> None:
    kinds = [row[0] for row in world.rows("select kind from event order by id limit 8")]
    assert kinds == ["store.created", "policy.adopted", "calendar.adopted", *["staff.added"] * 5]
    row = read_property(world.desk.store)
    assert row is not None
    assert (row.name, row.language, row.rehearsal) == ("云栖花园", "zh", True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " \x00"}, "property.name-missing"),
        ({"language": "fr"}, "language.unknown"),
        ({"staff": ()}, "staff.none"),
        ({"staff": (NewStaff("A", "manager"), NewStaff("A", "manager"))}, "staff.exists"),
        ({"rehearsal": True, "environ": {"CONCIERGE_NOW": "noon"}}, "time.bad"),
    ],
)
def test_what_is_refused_leaves_no_store(home: Path, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        found(home, **fields)
    assert refused.value.code == code
    assert list(home.iterdir()) == []
    found(home)


def test_what_is_refused_touches_no_other_file(home: Path) -> None:
    kept = home / f"{FILE_NAME}.2025"
    kept.write_text("last year's", encoding="utf-8")
    with pytest.raises(Refusal, match=r"staff\.none"):
        found(home, staff=())
    assert list(home.iterdir()) == [kept]


def test_a_store_is_never_founded_twice(world: World) -> None:
    world.desk.store.close()
    before = (world.home / FILE_NAME).read_bytes()
    with pytest.raises(Refusal, match=r"store\.exists"):
        found(world.home)
    assert (world.home / FILE_NAME).read_bytes() == before


def test_a_desk_is_written_once_and_the_language_is_kept(world: World) -> None:
    know_desk(world.desk.store, "gate")
    know_desk(world.desk.store, "gate")
    assert world.rows("select name from desk order by name") == [("gate",), ("lobby",)]
    set_language(world.desk, language="en")
    with pytest.raises(Refusal, match=r"language\.unknown"):
        set_language(world.desk, language="fr")
    assert world.rows("select language from property") == [("en",)]
