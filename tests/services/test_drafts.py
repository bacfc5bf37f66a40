"""Drafts outlive the terminal they were typed at."""

from __future__ import annotations

from concierge.services.drafts import discard_draft, list_drafts, save_draft
from concierge.services.founding import know_desk
from tests.services.world import World, at


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


def test_another_desk_s_drafts_are_its_own(world: World) -> None:
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    save_draft(gate, draft="a", received_at=at("14:10"), form={})
    assert list_drafts(world.desk) == ()
    gate.store.close()
