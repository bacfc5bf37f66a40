"""PINs of the staff: set by oneself or a supervisor, and wrong ones neither pass nor are free."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event

from concierge.domain.refusal import Refusal
from concierge.services import pins
from concierge.services.desk import Desk
from concierge.services.pins import has_pin, prove, set_pin
from tests.services.world import World


def wrong(world: World, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Refusal, match=r"pin\.wrong"):
            prove(world.desk, actor="Chen", pin="7777777")


def test_who_has_no_pin_signs_by_name_and_who_has_one_with_it(world: World) -> None:
    assert prove(world.desk, actor="Chen", pin=None) == "name"
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    assert has_pin(world.desk, name="Chen")
    assert prove(world.desk, actor="Chen", pin="2580") == "pin"
    for missing in (None, " "):
        with pytest.raises(Refusal, match=r"pin\.missing"):
            prove(world.desk, actor="Chen", pin=missing)
    wrong(world, 1)
    assert world.rows("select actor, data from event where kind = 'staff.pin-refused'") == [
        (None, '{"name":"Chen","staff_id":1}')
    ]
    assert world.is_sound()


def test_the_store_holds_no_pin_in_clear(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="85207413", actor="Chen")
    for table in ("staff", "event", "event_personal"):
        assert "85207413" not in str(world.rows(f"select * from {table}"))


def test_ones_own_pin_is_changed_and_taken_away_with_the_old_one_only(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    with pytest.raises(Refusal, match=r"pin\.missing"):
        set_pin(world.desk, name="Chen", pin="1470", actor="Chen")
    with pytest.raises(Refusal, match=r"pin\.wrong"):
        set_pin(world.desk, name="Chen", pin=None, actor="Chen", old="1111")
    set_pin(world.desk, name="Chen", pin="1470", actor="Chen", old="2580")
    assert prove(world.desk, actor="Chen", pin="1470") == "pin"
    set_pin(world.desk, name="Chen", pin=None, actor="Chen", old="1470")
    assert prove(world.desk, actor="Chen", pin=None) == "name"


def test_somebody_elses_pin_is_set_by_a_supervisor_and_by_no_colleague(world: World) -> None:
    with pytest.raises(Refusal, match=r"role\.needed"):
        set_pin(world.desk, name="Chen", pin="2580", actor="Sun")
    set_pin(world.desk, name="Chen", pin="2580", actor="Zhou")
    assert prove(world.desk, actor="Chen", pin="2580") == "pin"


def test_a_supervisor_who_has_a_pin_takes_nobody_s_away_without_it(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    set_pin(world.desk, name="Zhou", pin="1470", actor="Zhou")
    with pytest.raises(Refusal, match=r"pin\.missing"):
        set_pin(world.desk, name="Chen", pin=None, actor="Zhou")
    with pytest.raises(Refusal, match=r"pin\.wrong"):
        set_pin(world.desk, name="Chen", pin=None, actor="Zhou", old="2580")
    assert has_pin(world.desk, name="Chen")
    set_pin(world.desk, name="Chen", pin=None, actor="Zhou", old="1470")
    assert not has_pin(world.desk, name="Chen")


def test_five_wrong_pins_make_everybody_wait_a_quarter_of_an_hour(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    wrong(world, 5)
    with pytest.raises(Refusal, match=r"pin\.rests") as refused:
        prove(world.desk, actor="Chen", pin="2580")
    assert refused.value.values["minutes"] == 15
    world.clock.at += 15 * 60
    assert prove(world.desk, actor="Chen", pin="2580") == "pin"


def test_a_new_pin_by_a_supervisor_ends_the_wait(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    wrong(world, 5)
    set_pin(world.desk, name="Chen", pin="3690", actor="Zhou")
    assert prove(world.desk, actor="Chen", pin="3690") == "pin"


def test_a_bad_pin_changes_nothing(world: World) -> None:
    before = world.rows("select count(*) from event")
    for pin, code in (("12", "pin.bad"), ("", "pin.bad"), ("1111", "pin.easy")):
        with pytest.raises(Refusal, match=code):
            set_pin(world.desk, name="Chen", pin=pin, actor="Chen")
    assert world.rows("select count(*) from event") == before
    assert not has_pin(world.desk, name="Chen")


def test_proving_a_pin_reads_a_quarter_of_an_hour_of_the_log_and_not_all_of_it(
    world: World,
) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    asked: list[str] = []

    def note(*said: Any) -> None:
        asked.append(said[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        prove(world.desk, actor="Chen", pin="2580")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    questions = [one for one in asked if "FROM event" in one]
    plans = [world.rows(f"explain query plan {one}", 0, "a", "b") for one in questions]
    said = [row[3] for plan in plans for row in plan]
    assert said == ["SEARCH event USING INDEX event_at (at>?)"] * 2  # before the lock, and under it


def test_a_try_that_breaks_off_counts_nothing_and_locks_nobody_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_pin(world.desk, name="Chen", pin="2580", actor="Chen")
    wrong(world, 4)
    with monkeypatch.context() as broken:
        broken.setattr(pins, "is_pin", lambda *_: 1 // 0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                prove(world.desk, actor="Chen", pin="2580")
    assert prove(world.beside(), actor="Chen", pin="2580") == "pin"


def test_a_pin_set_between_the_proof_and_the_change_is_not_taken_away_by_a_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(desk: Desk, *, actor: str, pin: str | None) -> str:
        how = prove(desk, actor=actor, pin=pin)
        monkeypatch.setattr(pins, "prove", prove)
        set_pin(desk, name="Chen", pin="4821", actor="Chen")
        return how

    monkeypatch.setattr(pins, "prove", slow)
    with pytest.raises(Refusal) as refused:
        set_pin(world.desk, name="Chen", pin=None, actor="Chen")
    assert refused.value.code == "pin.missing"
    assert has_pin(world.desk, name="Chen")
