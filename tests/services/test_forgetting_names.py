"""Names in Latin letters and given names alone: what is erased, what is shown first, what is left and said."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.domain.traces import Traces
from concierge.services import progress
from concierge.services.agreeing import agree
from concierge.services.escalating import escalate
from concierge.services.facts import NewFact, add_fact
from concierge.services.forgetting import before_forgetting, forget_household, forget_member
from concierge.services.forgetting_search import look
from concierge.services.household_edit import add_part, edit_part, set_household
from concierge.services.household_file import household_file
from concierge.services.households import add_household
from concierge.services.phoning import told_by_phone
from concierge.services.shifts import end_shift, note_shift, start_shift
from concierge.services.views import TicketView
from concierge.store import scrubbing
from concierge.store.scrubbing import scrub
from tests.services.world import World

UNIT, OTHER, THIRD = "3-1201", "3-1301", "1-0803"
ZHOU = "Zhou"


@pytest.fixture
def town(world: World) -> World:
    """王建国 moved out of 3-1201; a shift is on, so that there is a running log."""
    start_shift(world.desk, actor="Chen")
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")
    return world


def said(world: World, words: str, *, unit: str | None = OTHER, **more: str) -> TicketView:
    """A ticket of the neighbours, or of nobody."""
    place = {"unit": unit} if unit else {"place": "大堂"}
    category = "neighbour" if unit else "public-repair"
    return world.add(category, words=words, **place, **more)


def words(world: World) -> list[str]:
    return [text for (text,) in world.rows("select words from ticket order by id")]


def left_in_log(world: World) -> str:
    return "".join(text for (text,) in world.rows("select payload from event_personal"))


def test_a_name_in_latin_letters_goes_where_the_name_goes(town: World) -> None:
    said(town, "Wang Jianguo and jianguo wang are loud", against=UNIT)
    said(town, "wangjianguo的快递", unit=None)
    said(town, "Ask WANG JIAN-GUO of 3-1201")
    note_shift(town.desk, text="Jianguo Wang rang, Wang Jianguotang did not", actor="Chen")
    for (number,) in town.rows("select number from ticket"):
        progress.record(town.desk, action="resolve", number=number, actor="Chen",
                        text="told wang jianguo", cause="forgotten")  # fmt: skip
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert words(town) == ["**** and **** are loud", "****的快递", "Ask **** of 3-1201"]
    assert town.rows("select text from shift_note") == [("**** rang, Wang Jianguotang did not",)]
    assert "jianguo wang" not in left_in_log(town).casefold()
    assert "told wang jianguo" not in left_in_log(town)
    assert done.left == ()
    assert town.is_sound()


def test_a_given_name_goes_beside_the_unit_or_a_form_of_address_and_near_the_flat(
    town: World,
) -> None:
    said(town, "建国又在敲墙", against=UNIT)
    said(town, "３栋1201的建国，还有王先生")
    said(town, "建国阿姨丢了伞", unit=None)
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert words(town) == ["****又在敲墙", "３栋1201的****，还有****", "****丢了伞"]
    assert done.left == ()


def test_where_it_may_be_somebody_else_it_stays_and_is_said(town: World) -> None:
    mine = said(town, "请把王建国的包裹给我")
    hers = said(town, "建国路的灯不亮", unit=None)
    note_shift(town.desk, text="给建国留了门", actor="Chen")
    phoned = said(town, "吵")
    told_by_phone(town.desk, number=phoned.number, whom="建国", actor="Chen")
    answered = said(town, "漏水")
    progress.note(town.desk, number=answered.number, text="告知Jianguo", actor="Chen")
    add_fact(town.desk, unit=OTHER, fact=NewFact("business", "与王建国合伙"), actor="Chen")
    shown = before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places
    assert {each.ref: (each.kind, each.said) for each in shown if each.kind != "ticket"} == {
        "note-1": ("note", "给建国留了门"),
        OTHER: ("file", shown[[e.ref for e in shown].index(OTHER)].said),
    }
    assert {each.ref for each in shown if each.kind == "ticket"} == {
        mine.number, hers.number, phoned.number, answered.number,
    }  # fmt: skip
    assert [each.said for each in shown if each.ref == hers.number] == ["建国路的灯不亮"]
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert set(done.left) == {each.ref for each in shown}
    assert words(town)[:2] == ["请把王建国的包裹给我", "建国路的灯不亮"]


def test_what_was_chosen_loses_the_name_and_is_not_left(town: World) -> None:
    mine = said(town, "请把王建国的包裹给我，王先生不在")
    progress.note(town.desk, number=mine.number, text="建国已取", actor="Chen")
    other = said(town, "建国路的灯不亮", unit=None)
    note_shift(town.desk, text="给建国留了门", actor="Chen")
    end_shift(town.desk, actor="Chen", alone="night")
    also = (mine.number, "note-1")
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU, also=also)
    assert done.left == (other.number,)
    assert words(town) == ["请把****的包裹给我，****不在", "建国路的灯不亮"]
    assert town.rows("select text from shift_note") == [("给****留了门",)]
    sealed = {text for (text,) in town.rows("select text from sealed_text")}
    assert "给****留了门" in sealed
    assert not [text for text in sealed if "建国" in text and text != "建国路的灯不亮"]
    assert "建国已取" not in left_in_log(town)
    assert "给建国留了门" not in left_in_log(town)
    assert town.is_sound()


def test_a_place_that_is_none_is_refused_and_nothing_is_forgotten(town: World) -> None:
    for wrong in ("T-20261123-999", "3-1301", "note-x"):
        with pytest.raises(Refusal, match=wrong) as raised:
            forget_household(town.desk, unit=UNIT, actor=ZHOU, also=[wrong])
        assert raised.value.code == "ticket.unknown"
    assert household_file(town.desk, unit=UNIT).members[0].name == "王建国"


def test_a_household_with_such_a_name_itself_is_left_in_peace(town: World) -> None:
    add_household(town.desk, unit="5-0101", name="李建国")
    said(town, "建国要一把伞", unit="5-0101", caller="李建国")
    assert before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places == ()


def test_a_ticket_about_whoever_looks_is_named_but_not_quoted(town: World) -> None:
    ticket = said(town, "Zhou对王建国说的话")
    town.rows("update ticket set about_staff_id = (select id from staff where name = 'Zhou')")
    (shown,) = before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places
    assert (shown.ref, shown.said) == (ticket.number, "")


def test_looking_is_for_who_may_forget_and_changes_nothing(town: World) -> None:
    said(town, "王建国来过")
    before = town.rows("select count(*), (select group_concat(words) from ticket) from event")
    with pytest.raises(Refusal, match="role"):
        before_forgetting(town.desk, unit=UNIT, actor="Chen")
    assert len(before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places) == 1
    assert (
        town.rows("select count(*), (select group_concat(words) from ticket) from event") == before
    )


def test_one_person_is_known_in_the_same_ways_and_who_stays_keeps_a_name(town: World) -> None:
    file = add_part(town.desk, unit=UNIT, part="member", values={"name": "李建国强"}, actor="Chen")
    him = file.members[0].id
    edit_part(town.desk, unit=UNIT, part="member", row=him, values={"moved_out": "2026-11-20"},
              actor="Chen")  # fmt: skip
    own = said(town, "太吵", unit=UNIT, caller="Jianguo Wang")
    said(town, "Wang Jianguo在3-1201")
    loose = said(town, "建国来过", unit=None)
    for (number,) in town.rows("select number from ticket"):
        progress.record(town.desk, action="resolve", number=number, actor="Chen",
                        text="done", cause="forgotten")  # fmt: skip
    shown = before_forgetting(town.desk, unit=UNIT, actor=ZHOU, member=him).places
    assert [each.ref for each in shown] == [loose.number]
    done = forget_member(town.desk, unit=UNIT, member=him, actor=ZHOU)
    assert done.left == (loose.number,)
    assert words(town) == ["", "****在3-1201", "建国来过"]
    assert town.show(own).caller is None
    assert [each.name for each in household_file(town.desk, unit=UNIT).members] == ["李建国强"]


def test_whoever_waits_is_told_how_far_the_store_was_read(town: World) -> None:
    for nth in range(3):
        said(town, f"灯不亮 {nth}", unit=None)
    told: list[tuple[int, int]] = []
    before_forgetting(
        town.desk, unit=UNIT, actor=ZHOU, tell=lambda done, total: told.append((done, total))
    )
    assert len(told) >= 2
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(0 < done <= total for done, total in told)
    with town.desk.store.read() as session:
        assert look(session, Traces.of(["王建国"], [])).rows["ticket"] == frozenset()


def test_a_large_file_is_not_written_anew_while_the_desks_are_open(
    town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scrub(town.desk.store, largest=10) is False
    assert scrub(town.desk.store, largest=None) is True
    monkeypatch.setattr(scrubbing.scrub, "__kwdefaults__", {"largest": 10})
    assert not forget_household(town.desk, unit=UNIT, actor=ZHOU).scrubbed
    log = town.home / "concierge.db-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_what_stands_around_a_name_is_shown_with_its_phones_masked(town: World) -> None:
    said(town, "建国路请打13800001234找他", unit=None)
    (shown,) = before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places
    assert shown.said == "建国路请打138****12"


@pytest.mark.parametrize("against", [None, UNIT])
def test_whoever_was_named_beside_another_flat_s_ticket_is_gone_there_too(
    town: World, against: str | None
) -> None:
    told = "王建国 13755556666"
    town.rows("update member set phone = '13755556666' where name = '王建国'")
    number = said(town, "太吵", **({"against": against} if against else {})).number
    later = town.clock.now() + 30 * 86400
    agree(town.desk, number=number, agreed_at=later, agreed_with=told, reason=f"{told}要求",
          actor=ZHOU)  # fmt: skip
    escalate(town.desk, number=number, reason=f"{told}催", actor="Chen")
    town.rows("update ticket set state = 'closed'")
    forget_household(town.desk, unit=UNIT, actor=ZHOU)
    left = [
        *town.rows("select agreed_with from clock where agreed_with is not null"),
        *town.rows("select reason from escalation where reason is not null"),
        *town.rows("select reason from approval"),
    ]
    assert [text for (text,) in left] == ["**** ****催", "**** ****要求"]
    assert "王建国" not in left_in_log(town)


def test_nobody_is_erased_by_a_chosen_place_once_the_person_is_unknown(town: World) -> None:
    number = said(town, "王太吵").number
    (person,) = [each.id for each in household_file(town.desk, unit=UNIT).members][:1]
    town.rows(f"update member set name = '王', phone = null where id = {person}")
    town.rows(
        "delete from event_personal where event_id in"
        " (select id from event where kind like 'household%')"
    )
    with pytest.raises(Refusal) as refused:
        forget_member(town.desk, unit=UNIT, member=person, actor=ZHOU, also=[number])
    assert refused.value.code == "forget.nobody-known"
    assert words(town) == ["王太吵"]
