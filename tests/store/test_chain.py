"""Whatever is done to the log behind the program's back shows when it is replayed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from concierge.store.audit import GENESIS, Stamp, append
from concierge.store.chain import check_chain, head
from concierge.store.engine import FILE_NAME, Store
from concierge.store.opening import open_store
from concierge.store.problem import StoreProblem

AddEvents = Callable[[Store, int], None]
EVENTS = 8


def problems_after(
    home: Path, add_events: AddEvents, *statements: str
) -> list[tuple[int | None, str]]:
    store = open_store(home)
    add_events(store, EVENTS)
    with closing(sqlite3.connect(home / FILE_NAME, isolation_level=None)) as raw:
        for trigger in ("event_no_update", "event_no_delete", "event_no_replace"):
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            raw.execute(statement)
    with store.read() as session:
        found = [(problem.event, problem.kind) for problem in check_chain(session)]
    store.close()
    return found


def test_an_empty_log_is_whole(store: Store) -> None:
    with store.read() as session:
        assert list(check_chain(session)) == []
        assert head(session) == (0, GENESIS)


def test_a_log_of_several_pages_is_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concierge.store.chain._AT_A_TIME", 7)
    with store.write() as session:
        for number in range(50):
            append(session, Stamp(number, "前台"), "test", {"n": number}, personal={"n": number})
    with store.read() as session:
        assert list(check_chain(session)) == []
        assert head(session)[0] == 50


@pytest.mark.parametrize(
    "column",
    ["at = at + 1", "desk = 'x'", "actor = 'x'", "kind = 'x'", "ticket_id = 5", "shift_id = 5",
     "data = '{}'", "personal_digest = NULL", "actor_id = 7"],
)  # fmt: skip
def test_every_column_that_is_altered_shows(home: Path, add_events: AddEvents, column: str) -> None:
    found = problems_after(home, add_events, f"UPDATE event SET {column} WHERE id = 4")
    assert (4, "altered") in found
    assert {event for event, _ in found} == {4}


def test_a_row_taken_out_is_a_gap(home: Path, add_events: AddEvents) -> None:
    found = problems_after(home, add_events, "DELETE FROM event WHERE id = 3")
    assert found == [(4, "gap")]


def test_the_first_row_taken_out_is_a_gap(home: Path, add_events: AddEvents) -> None:
    assert problems_after(home, add_events, "DELETE FROM event WHERE id = 1") == [(2, "gap")]


def test_a_row_taken_out_and_the_rest_renumbered_shows(home: Path, add_events: AddEvents) -> None:
    found = problems_after(
        home,
        add_events,
        "DELETE FROM event_personal",
        "DELETE FROM event WHERE id = 3",
        *(f"UPDATE event SET id = {number - 1} WHERE id = {number}" for number in range(4, 9)),
        "UPDATE chain_head SET events = 7",
    )
    assert (3, "link") in found
    assert {(number, "altered") for number in range(3, 8)} <= set(found)


def test_two_rows_that_changed_places_show(home: Path, add_events: AddEvents) -> None:
    found = problems_after(
        home,
        add_events,
        "DELETE FROM event_personal",
        "UPDATE event SET id = 99 WHERE id = 3",
        "UPDATE event SET id = 3 WHERE id = 4",
        "UPDATE event SET id = 4 WHERE id = 99",
    )
    assert {(3, "link"), (3, "altered"), (4, "link"), (4, "altered"), (5, "link")} == set(found)


@pytest.mark.parametrize("cut", [1, EVENTS])
def test_an_end_cut_off_shows_in_the_head(home: Path, add_events: AddEvents, cut: int) -> None:
    found = problems_after(
        home,
        add_events,
        "DELETE FROM event_personal",
        f"DELETE FROM event WHERE id > {EVENTS - cut}",
    )
    assert found == [(None, "head")]


def test_an_end_cut_off_shows_even_if_the_count_was_put_right(
    home: Path, add_events: AddEvents
) -> None:
    found = problems_after(
        home,
        add_events,
        f"DELETE FROM event WHERE id = {EVENTS}",
        f"UPDATE chain_head SET events = {EVENTS - 1}",
    )
    assert found == [(None, "head")]


def test_a_head_that_is_gone_shows(home: Path, add_events: AddEvents) -> None:
    assert problems_after(home, add_events, "DELETE FROM chain_head") == [(None, "head")]


def test_the_head_of_a_store_without_one_is_damage(store: Store) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM chain_head")
    with pytest.raises(StoreProblem, match="damaged"), store.read() as session:
        head(session)


def test_a_personal_half_that_was_rewritten_shows(home: Path, add_events: AddEvents) -> None:
    found = problems_after(
        home, add_events, "UPDATE event_personal SET payload = '{}' WHERE event_id = 2"
    )
    assert found == [(2, "personal")]


def test_a_personal_half_that_was_put_in_shows(home: Path, add_events: AddEvents) -> None:
    found = problems_after(
        home,
        add_events,
        "INSERT INTO event_personal (event_id, salt, payload)"
        " VALUES (3, 'salt', '{\"caller\": \"x\"}')",
    )
    assert found == [(3, "personal")]


def test_forgetting_a_person_keeps_the_chain_whole(home: Path, add_events: AddEvents) -> None:
    assert problems_after(home, add_events, "DELETE FROM event_personal") == []


def test_nothing_personal_can_be_guessed_from_what_stays(home: Path, add_events: AddEvents) -> None:
    """Equal payloads have unequal digests, for each has its own salt."""
    store = open_store(home)
    with store.write() as session:
        for _ in range(2):
            append(session, Stamp(1, "desk"), "test", {}, personal={"caller": "王建国"})
    store.close()
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        rows = raw.execute("SELECT personal_digest, data FROM event").fetchall()
    assert len({digest for digest, _ in rows}) == 2
    assert {data for _, data in rows} == {"{}"}
