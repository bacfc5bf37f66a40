"""Drafts outlive the terminal they were typed at."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.drafts import discard_draft, list_drafts, save_draft
from concierge.services.founding import know_desk
from concierge.services.progress import note
from tests.services.world import World, at, kinds


def test_a_draft_is_kept_with_the_moment_the_resident_spoke(world: World) -> None:
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={"words": "lea"})
    world.go("14:15")
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={"words": "leak [/b]\n"})
    save_draft(world.desk, draft="b", received_at=at("14:09"), form={})
    again = world.beside()
    later, first = list_drafts(again)
    assert (later.id, first.id) == ("b", "a")
    assert (first.received_at, first.updated_at, first.form) == (
        at("14:10"),
        at("14:15"),
        {"words": "leak [/b]\n"},
    )
    again.store.close()


def test_text_that_no_file_can_hold_does_not_lose_the_draft(world: World) -> None:
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={"words": "leak\udc80" * 9000})
    assert list_drafts(world.desk)[0].form == {"words": "leak" * 9000}


def test_discarding_typed_words_is_a_fact_of_the_log(world: World) -> None:
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={"words": "leak"})
    discard_draft(world.desk, draft="a", actor="Chen")
    discard_draft(world.desk, draft="a", actor="Chen")
    assert list_drafts(world.desk) == ()
    assert world.rows("select kind, actor from event where kind like 'draft%'") == [
        ("draft.discarded", "Chen")
    ]
    assert world.is_sound()


def test_words_that_joined_an_open_ticket_are_a_note_and_no_draft_in_one_go(world: World) -> None:
    ticket = world.add("neighbour")
    save_draft(world.desk, draft="a", received_at=at("14:10"), form={"words": "still loud"})
    with pytest.raises(Refusal, match=r"staff\.unknown"):
        note(world.desk, number=ticket.number, text="still loud", actor="?", draft="a")
    assert [each.id for each in list_drafts(world.desk)] == ["a"]
    note(world.desk, number=ticket.number, text="still loud", actor="Chen", draft="a")
    assert list_drafts(world.desk) == ()
    assert kinds(world.show(ticket)) == ["ticket.added", "ticket.noted"]


def test_another_desk_s_drafts_are_its_own(world: World) -> None:
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    save_draft(gate, draft="a", received_at=at("14:10"), form={})
    assert list_drafts(world.desk) == ()
    gate.store.close()
