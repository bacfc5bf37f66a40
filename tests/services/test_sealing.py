"""Signed summaries: as they were signed for ever, with the hash in the log, whoever is forgotten."""

from __future__ import annotations

import json

import pytest

from concierge.services.forgetting import forget_household, forget_member
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import count_item
from concierge.services.handover_signing import review_handover, sign_handover
from concierge.services.household_edit import set_household
from concierge.services.household_file import household_file
from concierge.services.progress import record
from concierge.services.sealing import hash_of_summary
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from concierge.services.verify import verify
from tests.services.handing import count_all, hand_over, ready, take_note
from tests.services.world import World

NAME, PHONE = "王建国", "13900001234"
UNIT = "3-1201"
ODD = '=1+1,"a";[/b]\u202e 王建国\n<script>'


def signed(world: World) -> World:
    """A shift in which people said much, handed over, with a difference in the keys."""
    world.go("08:00")
    start_shift(world.desk, actor="Chen")
    hand_over(world.desk)
    world.add("neighbour", unit=UNIT, caller=NAME, phone=PHONE, words=f"我是{NAME}，太吵了")
    world.add("public-repair", place=f"{NAME}家门口", words=ODD)
    note_shift(world.desk, text=f"{NAME}来取钥匙", actor="Sun", flag="next")
    world.go("08:20")
    begin_handover(world.desk, actor="Zhou")
    take_note(world.desk, by="Zhou")
    count_item(world.desk, item="keys", counted=6, actor="Zhou", word=f"{NAME}拿走一把")
    count_all(world.desk, by="Zhou")
    sign_handover(world.desk, actor="Sun")
    sign_handover(world.desk, actor="Zhou")
    return world


def test_a_summary_is_read_back_as_it_was_signed_whatever_is_edited_later(world: World) -> None:
    signed(world)
    kept = shift_summary(world.desk, shift=2)
    assert {one.words for one in kept.carried} == {f"我是{NAME}，太吵了", ODD.replace("\u202e", "")}
    assert [one.text for one in kept.notes] == [f"{NAME}来取钥匙"]
    assert [one.word for one in kept.counts if one.item == "keys"] == [f"{NAME}拿走一把"]
    assert (kept.taken_from, kept.handed_to, kept.ended_how) == ("Chen", "Zhou", "handover")
    assert (kept.singly, kept.grouped) == (1, 1)
    assert [(one.part, one.name) for one in kept.signatures] == [
        ("outgoing", "Sun"), ("incoming", "Zhou"),
    ]  # fmt: skip
    for (number,) in world.rows("select number from ticket where state = 'open'"):
        record(world.desk, action="resolve", number=number, actor="Zhou", cause="forgotten")
    world.go("2026-11-24T08:00")
    assert shift_summary(world.desk, shift=2) == kept
    assert world.is_sound()


def test_nothing_that_was_typed_stands_in_what_is_hashed(world: World) -> None:
    signed(world)
    ((text, digest),) = world.rows("select summary, summary_hash from shift where id = 2")
    assert NAME not in text
    assert "script" not in text
    assert hash_of_summary(text) == digest
    ((data,),) = world.rows("select data from event where kind = 'shift.ended' and shift_id = 2")
    assert json.loads(data)["summary"] == digest
    assert shift_summary(world.desk, shift=2).signed == digest
    assert json.loads(text)["signed"] is None


@pytest.mark.parametrize("whole", [True, False])
def test_who_is_forgotten_is_gone_from_what_was_signed_and_it_still_proves_itself(
    world: World, *, whole: bool
) -> None:
    signed(world)
    start = world.rows("select summary, summary_hash from shift where summary is not null")
    for (number,) in world.rows("select number from ticket where state = 'open'"):
        record(world.desk, action="resolve", number=number, actor="Zhou", cause="forgotten")
    end_shift(world.desk, actor="Zhou", alone=f"{NAME}请我去帮忙")
    end = world.rows("select summary, summary_hash from shift where summary is not null")
    assert end[:2] == start
    review_handover(world.desk, shift=2, actor="Lin", note=f"{NAME}还钥匙了吗")
    him = household_file(world.desk, unit=UNIT).members[0].id
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Zhou")
    if whole:
        forget_household(world.desk, unit=UNIT, actor="Zhou")
    else:
        forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")
    for table in ("sealed_text", "handover", "handover_count", "shift", "event_personal"):
        assert NAME not in str(world.rows(f"select * from {table}")), table
    assert world.rows("select summary, summary_hash from shift where summary is not null") == end
    kept = shift_summary(world.desk, shift=2)
    assert [one.words for one in kept.carried if one.unit == UNIT] == [""]
    assert "***" in kept.notes[0].text
    assert world.is_sound()


TAMPERED = (
    ("update shift set summary = replace(summary, '\"closed\":', '\"closed\" :') where id = 2", "summary"),
    ("update shift set summary_hash = 'x' where id = 2", "shift"),
    ("update shift set summary = null, summary_hash = null where id = 2", "shift"),
    ("update shift set ended_how = 'alone' where id = 2", "shift"),
    ("update shift set planned_until = planned_until + 1 where id = 2", "shift"),
    ("update shift set staff_id = 3 where id = 2", "shift"),
    ("update shift set first_event = 1 where id = 2", "shift"),
    ("delete from shift where id = 3", "shift"),
    ("update sealed_text set text = 'calm' where shift_id = 2", "summary"),
    ("delete from sealed_text where shift_id = 2", "summary"),
    ("update sealed_text set place = 'notes/9/text' where shift_id = 2 and place = 'notes/0/text'",
     "summary"),
    ("update handover_matter set grouped = 1 - grouped", "handover"),
    ("update handover_matter set at = at - 1", "handover"),
    ("update handover_matter set staff_id = 1", "handover"),
    ("delete from handover_matter", "handover"),
    ("update handover_count set counted = 7 where counted = 6", "handover"),
    ("update handover_count set word = 'lost' where word is not null", "handover"),
    ("delete from handover_count where counted = 6", "handover"),
    ("update handover set state = 'dropped' where shift_id = 2", "handover"),
    ("update handover set outgoing_how = 'pin' where shift_id = 2", "handover"),
    ("update handover set incoming_at = incoming_at - 60 where shift_id = 2", "handover"),
    ("update handover set absent = 'ill' where shift_id = 1", "handover"),
)  # fmt: skip


@pytest.mark.parametrize(("sql", "kind"), TAMPERED)
def test_whatever_is_altered_of_what_was_signed_is_found(world: World, sql: str, kind: str) -> None:
    signed(world)
    assert verify(world.desk).ok
    world.rows(sql)
    assert kind in {one.kind for one in verify(world.desk).problems}


def test_an_acknowledgement_or_a_count_that_was_put_in_is_found(world: World) -> None:
    signed(world)
    start = {one.detail for one in verify(world.desk).problems}
    assert start == set()
    world.rows(
        "insert into handover_matter (handover_id, ticket_id, grouped, why, at, staff_id)"
        " select 1, min(id), 0, '', 1, 1 from ticket"
    )
    world.rows(
        "insert into handover_count (handover_id, item, counted, at, staff_id)"
        " values (2, 'swords', 1, 1, 1)"
    )
    assert {one.kind for one in verify(world.desk).problems} == {"handover"}
    assert len(verify(world.desk).problems) == 2


def test_an_old_summary_that_was_kept_with_its_texts_is_still_read(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour", words="old words")
    end_shift(world.desk, actor="Chen", alone="x")
    kept = shift_summary(world.desk)
    old = kept.to_json() | {"signed": None}
    for newer in ("rungs", "hours", "timeline", "counts", "signatures", "singly", "grouped"):
        del old[newer]
    world.rows("update shift set summary = ?, summary_hash = null", json.dumps(old))
    again = shift_summary(world.desk)
    assert again.signed is None
    assert again.carried == kept.carried
    assert again.counts == ()


def test_a_signed_handover_is_shown_as_it_was_signed(world: World) -> None:
    signed(world)
    view = handover(world.desk, shift=2)
    for (number,) in world.rows("select number from ticket where state = 'open'"):
        record(world.desk, action="resolve", number=number, actor="Zhou", cause="forgotten")
    world.go("12:00")
    again = handover(world.desk, shift=2)
    assert again.matters == view.matters
    assert (view.group, [bool(one.why) for one in view.matters].count(True)) == (1, 1)
    assert again.counts == view.counts


def test_a_handover_that_is_ready_is_not_yet_in_the_summary(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    ready(world.desk)
    assert shift_summary(world.desk).signatures == ()
