"""A handover under load: two desks at once, one killed in the middle of signing, and thousands of matters."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest
from concierge.services.handover_signed import reviews
from concierge.services.handover_signing import sign_handover
from concierge.services.shifts import current_shift, shift_summary, start_shift
from concierge.store.engine import FILE_NAME
from concierge.store.tables import Shift
from tests.services.handing import count_all, hand_over, ready
from tests.services.world import World

ROOT = Path(__file__).parents[2]


def taker(home: Path, at: int, actor: str, *acts: str, fuse: int = 0) -> subprocess.Popen[str]:
    """A program that waits for the word."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.harness.taker", str(home), str(at), actor, str(fuse), *acts],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def let_go(*programs: subprocess.Popen[str]) -> list[list[str]]:
    """Start them together when all are ready; what each said."""
    try:
        for one in programs:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in programs:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        return [one.communicate()[0].split() for one in programs]
    finally:
        for one in programs:
            one.kill()
            one.wait()


def test_two_desks_acknowledge_and_sign_the_same_handover_exactly_once(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    major = world.add("emergency", place="Lift 2").number
    for _ in range(3):
        world.add("public-repair", place="Hall", confirmed=True)
    begin_handover(world.desk, actor="Sun")
    count_all(world.desk)
    sign = (major, "rest=3", "rest=0", "sign")
    programs = [taker(world.home, world.clock.at, "Sun", *sign) for _ in range(2)]
    for said in let_go(*programs):
        # Whoever comes second finds it done: the group is another number then, or the signature is there.
        assert said[0] == "ok"
        assert set(said[:-1]) <= {"ok", "handover.changed", "handover.signed-already"}
    programs = [taker(world.home, world.clock.at, "Chen", "sign") for _ in range(2)]
    codes = sorted(said[0] for said in let_go(*programs))
    assert codes == ["handover.none", "ok"], "the shift that runs by then is the next one"
    assert world.rows("select kind, count(*) from event where kind like 'handover.%'"
                      " group by kind order by kind") == [
        ("handover.acknowledged", 1), ("handover.begun", 1), ("handover.counted", 6),
        ("handover.group", 1), ("handover.signed", 2),
    ]  # fmt: skip
    assert world.rows("select count(*) from shift") == [(2,)]
    assert world.is_sound()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_desk_killed_in_the_second_signature_leaves_the_old_state_or_the_new(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    world.desk.store.close()

    def signing(name: str, fuse: int) -> tuple[World, list[str]]:
        home = world.home / name
        home.mkdir()
        shutil.copy(world.home / FILE_NAME, home / FILE_NAME)
        (said,) = let_go(taker(home, world.clock.at, "Sun", "sign", fuse=fuse))
        here = World(home, world.desk, world.clock)
        return World(home, here.beside(), world.clock), said

    whole, said = signing("whole", 0)
    assert said[0] == "ok"
    statements = int(said[1])
    assert statements > 20
    whole.desk.store.close()
    for nth in (1, statements // 3, statements // 2, statements - 1, statements):
        left, said = signing(f"killed-{nth}", nth)
        assert said == []
        shift = current_shift(left.desk)
        assert shift is not None
        assert (shift.id, shift.staff) == (1, "Chen"), "nothing of it is half done"
        assert left.is_sound()
        assert sign_handover(left.desk, actor="Sun").state == "signed"
        assert left.is_sound()
        left.desk.store.close()


def test_two_thousand_matters_take_no_more_questions_than_two(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("public-repair", place="Hall")
    world.add("emergency", place="Lift 2")
    begin_handover(world.desk, actor="Sun")
    asked: list[str] = []
    event.listen(
        world.desk.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2])
    )

    def questions() -> int:
        asked.clear()
        handover(world.desk)
        return len(asked)

    few = questions()
    with world.desk.store.write() as session:
        for table, changed in (
            ("ticket", {"number": "'T-' || n", "sequence": "1000 + n", "id": "1000 + n"}),
            ("clock", {"ticket_id": "1000 + n", "id": "10000 + n"}),
        ):
            columns = [row[1] for row in world.rows(f"pragma table_info({table})")]
            values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
            session.connection().exec_driver_sql(
                "with recursive count(n) as (select 1 union all select n + 1 from count"
                f" where n < 2000) insert into {table} select {values} from {table}, count"
                f" where {table}.id = (select min(id) from {table})"
            )
    assert questions() == few
    view = handover(world.desk)
    assert (len(view.matters), view.group_left, len(view.left)) == (2002, 2001, 1)
    asked.clear()
    view = acknowledge_rest(world.desk, count=2001, actor="Sun")
    assert view.group_left == 0
    assert len(asked) < 2 * few + 20
    count_all(world.desk)
    acknowledge_matter(world.desk, number=view.left[0], actor="Sun")
    sign_handover(world.desk, actor="Chen")
    asked.clear()
    assert len(sign_handover(world.desk, actor="Sun").matters) == 2002
    assert len(asked) < 200


def test_what_was_typed_in_sixty_matters_is_sealed_as_it_was_cleaned(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    for _ in range(60):
        world.add("public-repair", place="Hall [/b]\x1b", words="=1+1 \x00[/b]", confirmed=True)
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    view = sign_handover(world.desk, actor="Sun")
    summary = shift_summary(world.desk, shift=1)
    assert (len(view.matters), view.group, summary.grouped) == (60, 60, 60)
    assert {(one.words, one.place) for one in summary.carried} == {("=1+1 [/b]", "Hall [/b]")}
    assert world.is_sound()


def test_who_reviewed_a_handover_is_found_among_thousands(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    hand_over(world.desk)
    world.rows(
        "with recursive count(n) as (select 10 union all select n + 1 from count where n < 3000)"
        " insert into shift (id, desk, staff_id, started_at, ended_at, first_event)"
        " select n, 'lobby', 1, n, n, 0 from count"
    )
    world.rows(
        "insert into handover (shift_id, state, incoming_id, begun_at, next_until)"
        " select id, 'signed', 1, id, id from shift where id >= 10"
    )
    hundreds: list[int] = []
    with world.desk.store.read() as session:
        raw: Any = session.connection().connection.driver_connection
        shift = session.get_one(Shift, 1)
        raw.set_progress_handler(lambda: hundreds.append(1), 100)
        assert list(reviews(session, shift)) == []
        raw.set_progress_handler(None, 100)
    assert len(hundreds) < 3
