"""At a shared server people are forgotten, and their households found anew, as at a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import select

from concierge.services.desk import Desk
from concierge.services.finding import find_households
from concierge.services.forgetting import before_forgetting, forget_household
from concierge.services.founding import keys_are_current, renew_keys
from concierge.services.household_edit import set_household
from concierge.services.intake import Intake, add_ticket
from concierge.services.verify import verify
from concierge.store.engine import Store
from concierge.store.migrate import run
from concierge.store.migrations import SHIPPED
from concierge.store.tables import Ticket
from tests.services.postgresql import Cluster, copy_rows
from tests.services.world import World

UNIT = "3-1201"


@pytest.fixture
def shared(server: Cluster, world: World) -> Iterator[Desk]:
    """A desk at a server that holds what the file held."""
    with server.database("forgetting", None) as engine:
        with engine.begin() as connection:
            run(connection, SHIPPED)
        copy_rows(world.desk.store.engine, engine)
        yield Desk(Store(engine, None), world.clock, world.desk.rules, world.desk.name)


def test_a_server_forgets_and_finds_as_a_file_does(shared: Desk) -> None:
    numbers = [
        add_ticket(
            shared,
            intake=Intake(category="fees", words=words, unit="3-1301", answered="done"),
            actor="Chen",
        ).number
        for words in ("Wang Jianguo在3栋1201", "建国的伞", "楼上太吵")
    ]
    set_household(shared, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")
    assert [
        each.ref for each in before_forgetting(shared, unit=UNIT, actor="Zhou").places
    ] == numbers[1:2]
    done = forget_household(shared, unit=UNIT, actor="Zhou", also=numbers[1:2])
    assert (done.left, done.scrubbed) == ((), False)
    with shared.store.read() as session:
        assert session.exec(select(Ticket.words).order_by(Ticket.number)).all() == [
            "****在3栋1201", "****的伞", "楼上太吵",
        ]  # fmt: skip
    assert find_households(shared, text="王建国") == ()
    with shared.store.write() as session:
        session.execute(text("UPDATE property SET search_version = NULL"))
        session.execute(text("DELETE FROM search_key"))
    renew_keys(shared.store, pause=lambda _: None)
    assert keys_are_current(shared.store)
    assert [hit.unit for hit in find_households(shared, text="李敏")] == ["3-1301"]
    assert verify(shared).problems == ()
