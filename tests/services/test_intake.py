"""Taking a matter in: one transaction from the resident's words to running clocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.policy import overlay
from concierge.domain.refusal import Refusal
from concierge.domain.typed_text import clean
from concierge.services.drafts import list_drafts, save_draft
from concierge.services.intake import promised
from concierge.services.ticket_view import list_tickets
from concierge.settings import shipped_policy
from tests.services.world import World, at, clock_of, kinds, rungs


def test_clocks_count_from_the_moment_the_resident_spoke(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201", received_at=at("14:10"))
    attend, resolve = clock_of(ticket, "attend"), clock_of(ticket, "resolve")
    assert (attend.counted_from, attend.due_at) == (at("14:10"), at("14:25"))
    assert (resolve.due_at, resolve.to_be_agreed) == (at("2026-11-24T18:00"), True)
    assert (ticket.received_at, ticket.logged_at) == (at("14:10"), at("14:13"))
    assert world.is_sound()


def test_five_minutes_later_is_not_late_and_a_second_more_needs_a_reason(world: World) -> None:
    now = at("14:13")
    assert not world.add("fees", received_at=now - 300).logged_late
    with pytest.raises(Refusal, match=r"time\.late-reason"):
        world.add("fees", received_at=now - 301)
    late = world.add("fees", received_at=now - 301, late_reason="power cut")
    assert (late.logged_late, late.late_reason) == (True, "power cut")


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "\u200b"])
def test_a_reason_that_says_nothing_is_no_reason(world: World, reason: str) -> None:
    with pytest.raises(Refusal, match=r"time\.late-reason"):
        world.add("fees", received_at=at("13:00"), late_reason=reason)


def test_nothing_is_received_later_than_now(world: World) -> None:
    with pytest.raises(Refusal, match=r"time\.future"):
        world.add("fees", received_at=at("14:13") + 1)


def test_numbers_run_by_the_day_on_the_property_s_wall(world: World) -> None:
    assert world.add("fees").number == "T-20261123-001"
    world.go("23:59:59")
    assert world.add("fees").number == "T-20261123-002"
    world.go("2026-11-24T00:00")
    assert world.add("fees").number == "T-20261124-001"


def test_a_time_may_be_agreed_up_to_the_cap_and_not_a_second_beyond(world: World) -> None:
    cap = at("2026-12-02T18:00")
    ticket = world.add("home-repair", agreed_at=cap, agreed_with="王建国")
    clock = clock_of(ticket, "resolve")
    assert (clock.due_at, clock.cap_at, clock.agreed_with) == (cap, cap, "王建国")
    assert not clock.to_be_agreed
    with pytest.raises(Refusal, match=r"agreed\.past-cap"):
        world.add("home-repair", agreed_at=cap + 1)
    assert len(list_tickets(world.desk)) == 1


def test_whom_a_time_was_agreed_with_steers_no_terminal(world: World) -> None:
    ticket = world.add("home-repair", agreed_at=at("16:00"), agreed_with="Wang\x1b[2J\u202e")
    assert (clock_of(ticket, "resolve").agreed_with, ticket.cleaned) == ("Wang[2J", True)


def test_an_errand_is_due_its_lead_before_the_time_asked_for_or_in_half_an_hour(
    world: World,
) -> None:
    taxi = world.add("taxi", agreed_at=at("16:00"), confirmed=True)
    assert clock_of(taxi, "resolve").due_at == at("15:50")
    assert clock_of(taxi, "answer").met_at == at("14:13")
    assert clock_of(world.add("meals"), "resolve").due_at == at("14:43")


def test_a_major_matter_is_told_inside_the_saving_transaction(world: World) -> None:
    ticket = world.add("emergency", place="Lift 2", received_at=at("14:11"))
    (told,) = ticket.escalations
    assert (told.clock, told.rung, told.to, told.people) == ("attend", 1, "supervisor", ("Zhou",))
    assert (told.due_at, told.fired_at, told.late_seconds) == (at("14:11"), at("14:13"), 120)
    assert kinds(ticket) == ["ticket.added", "ticket.escalated"]
    assert world.rows("select count(*) from outbox") == [(1,)]
    assert (clock_of(ticket, "attend").next_rung, clock_of(ticket, "resolve").next_rung) == (2, 0)


def test_a_major_matter_answered_on_the_spot_is_told_all_the_same(world: World) -> None:
    ticket = world.add("staff-conduct", answered="apologised at once")
    assert clock_of(ticket, "answer").met_at == at("14:13")
    assert rungs(ticket) == [("resolve", 1, 1, "supervisor")]
    assert world.is_sound()


def test_a_matter_may_be_major_though_its_category_is_not(world: World) -> None:
    ticket = world.add("public-glass", grade="major")
    assert (ticket.grade, rungs(ticket)) == ("major", [("resolve", 1, 1, "supervisor")])


def test_an_inquiry_answered_on_the_spot_is_closed_by_the_same_act(world: World) -> None:
    ticket = world.add("fees-on-site", answered="three yuan", consent="Anna")
    assert (ticket.state, ticket.closed_at) == ("closed", at("14:13"))
    assert {clock.met_at for clock in ticket.clocks} == {at("14:13")}
    assert all(clock.next_at is None for clock in ticket.clocks)
    assert ticket.consent == "Anna"
    assert world.is_sound()


def test_an_answer_without_words_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match=r"answer\.empty"):
        world.add("fees", answered=" \u200b")


def test_only_an_errand_is_accepted_at_once(world: World) -> None:
    assert world.add("fees", confirmed=True).state == "open"
    assert clock_of(world.add("staff-conduct", confirmed=True), "answer").open


def test_an_open_ticket_runs_even_if_its_category_promises_an_answer_only(world: World) -> None:
    chat = {"kind": "errand", "zh": "闲谈", "en": "Chat", "answer": "15 minutes"}
    world.adopt(overlay(shipped_policy(), {"categories": {"chat": chat}}))
    ticket = world.add("chat", confirmed=True)
    assert clock_of(ticket, "resolve").due_at == at("2026-11-24T18:00")
    assert world.is_sound()


def test_who_it_is_about_neither_takes_it_in_nor_handles_it(world: World) -> None:
    with pytest.raises(Refusal, match=r"about\.self"):
        world.add("staff-conduct", about="Chen")
    with pytest.raises(Refusal, match=r"about\.handles"):
        world.add("staff-conduct", about="Sun", assignee="Sun")
    told = world.add("staff-conduct", about="Zhou").escalations[0]
    assert (told.to, told.people) == ("supervisor", ())


def test_an_unknown_unit_is_refused_or_kept_as_typed(world: World) -> None:
    with pytest.raises(Refusal, match=r"unit\.unknown"):
        world.add("fees", unit="9-9999")
    kept = world.add("fees", unit="9-9999", unverified=True)
    assert (kept.unit, kept.unit_verified, kept.household_id) == ("9-9999", False, None)
    known = world.add("fees", unit="３栋1201")
    assert (known.unit, known.unit_verified) == ("3-1201", True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "nonsense"}, "category.unknown"),
        ({"category": "fees", "words": ""}, "words.empty"),
        ({"category": "fees", "words": " \n\u200b\x00"}, "words.empty"),
        ({"category": "fees", "words": "长" * 4001}, "text.too-long"),
        ({"category": "fees", "words": "x" * 1_000_000}, "text.too-long"),
        ({"category": "fees", "channel": "pigeon"}, "channel.unknown"),
        ({"category": "fees", "by": "Nobody"}, "staff.unknown"),
        ({"category": "fees", "caller": "x" * 201}, "text.too-long"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    world: World, fields: dict[str, str], code: str
) -> None:
    before = world.rows("select events from chain_head")
    save_draft(world.desk, draft="d1", received_at=at("14:10"), form={"words": "half"})
    with pytest.raises(Refusal) as refused:
        world.add(draft="d1", **fields)
    assert refused.value.code == code
    assert world.rows("select count(*) from ticket") == [(0,)]
    assert world.rows("select events from chain_head") == before
    assert [draft.id for draft in list_drafts(world.desk)] == ["d1"]


def test_a_saved_draft_is_gone_with_the_transaction_that_saved_it(world: World) -> None:
    save_draft(world.desk, draft="d1", received_at=at("14:10"), form={"words": "half"})
    world.add("fees", draft="d1")
    assert list_drafts(world.desk) == ()


def test_four_thousand_characters_are_kept_byte_for_byte(world: World) -> None:
    words = "长" * 4000
    assert world.add("fees", words=words).words == words


@pytest.mark.parametrize(
    "words",
    [
        "see [lobby], leak [/b] lift [#12] [link=x]y[/link]",
        "'; drop table ticket; --",
        '=HYPERLINK("http://x")',
        "e\u0301 ＡＢ　👨‍👩‍👧 \u00a0two  blanks\n\ttab ",
        "{0} {words} %s %(x)d \\n",
        "<script>alert(1)</script> & &amp;",
    ],
)
def test_markup_formulas_and_odd_text_stay_as_they_were_said(world: World, words: str) -> None:
    ticket = world.add("fees", words=words, caller=words.replace("\n", "").replace("\t", ""))
    assert (ticket.words, ticket.cleaned) == (words, False)
    assert world.rows("select words from ticket") == [(words,)]
    assert world.is_sound()


def test_control_characters_are_taken_out_and_it_is_told(world: World) -> None:
    ticket = world.add("fees", words="a\x1b[31mb\u202ec\nd\te\x00")
    assert (ticket.words, ticket.cleaned) == ("a[31mbc\nd\te", True)
    assert world.add("fees", caller="Wang\x07").cleaned


@given(text=st.text(max_size=300))
def test_whatever_is_typed_is_what_cleaning_leaves_of_it(text: str) -> None:
    once = clean(text)
    assert clean(once.text) == type(once)(once.text, changed=False)


@pytest.mark.parametrize("category", list(shipped_policy()["categories"]))  # type: ignore[call-overload]
def test_what_is_promised_before_saving_is_what_is_saved(world: World, category: str) -> None:
    before = promised(world.desk, category=category, received_at=at("14:10"))
    after = world.add(category, received_at=at("14:10")).clocks
    assert [(c.kind, c.due_at, c.warn_at, c.provisional, c.to_be_agreed) for c in before] == [
        (c.kind, c.due_at, c.warn_at, c.provisional, c.to_be_agreed) for c in after
    ]
    assert world.is_sound()
