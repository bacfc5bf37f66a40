"""Notices are sent beside everything else: at once after an escalation, one at a time, holding nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from concierge.domain.refusal import Refusal
from concierge.services.notices import Delivered
from concierge.services.sweep_views import Fired, Sweep
from concierge.ui import ticker
from concierge.ui.app import DeskApp
from tests.ui.fake_desk import NOON, FakeDesk
from tests.ui.waiting import until

FIRED = Fired("T-20261123-001", "attend", 1, 1, "supervisor", ("周强",), NOON, 1)


@dataclass
class Network(FakeDesk):
    """A desk whose network answers when it is told to."""

    up: Event = field(default_factory=Event)
    fired: tuple[Fired, ...] = ()
    trouble: Exception | None = None

    def sweep(self) -> Sweep:
        """Fires once what it was given."""
        self.sweeps += 1
        fired, self.fired = self.fired, ()
        return Sweep(at=self.now(), fired=fired)

    def deliver(self) -> Delivered:
        """Hangs until the network is up."""
        self.deliveries += 1
        self.up.wait(60)
        if self.trouble is not None:
            raise self.trouble
        return Delivered()


@pytest.fixture
def network() -> Iterator[Network]:
    """A network that is down, and up again when the test is over."""
    made = Network()
    yield made
    made.up.set()


def desk_app(desk: Any) -> DeskApp:
    return DeskApp(lambda: desk, language="en")


async def settled(app: DeskApp, pilot: Pilot[int]) -> None:
    await until(pilot, lambda: not app.ticker._delivering, "the delivery is over")


async def swept(app: DeskApp, pilot: Pilot[int], network: Network) -> None:
    await until(pilot, lambda: network.sweeps == 1, "the first sweep")
    await until(pilot, lambda: not app.ticker._sweeping, "the sweep is over")


async def test_a_network_that_hangs_holds_up_neither_reads_nor_writes_nor_leaving(
    network: Network,
) -> None:
    app = desk_app(network)
    async with app.run_test() as pilot:
        await until(pilot, lambda: network.deliveries == 1, "the delivery hangs")
        done: list[str] = []
        app.gateway.write(lambda _: "written", done.append, owner=app)
        app.gateway.read("test", lambda _: "read", done.append, owner=app)
        await until(pilot, lambda: sorted(done) == ["read", "written"], "both are answered")
        await swept(app, pilot, network)
        app.ticker.sweep()
        await until(pilot, lambda: network.sweeps == 2, "the sweep runs")
    assert not network.up.is_set()


async def test_there_are_never_two_deliveries_at_once(network: Network) -> None:
    app = desk_app(network)
    async with app.run_test() as pilot:
        await until(pilot, lambda: network.deliveries == 1, "the delivery hangs")
        for _ in range(3):
            app.ticker.deliver()
        assert network.deliveries == 1
        network.up.set()
        await settled(app, pilot)
        app.ticker.deliver()
        await until(pilot, lambda: network.deliveries == 2, "the next one runs")


async def test_what_a_sweep_fired_is_sent_at_once(network: Network) -> None:
    network.up.set()
    app = desk_app(network)
    async with app.run_test() as pilot:
        await until(pilot, lambda: network.deliveries == 1, "the first look")
        await settled(app, pilot)
        await swept(app, pilot, network)
        app.ticker.sweep()
        await until(pilot, lambda: network.sweeps == 2, "a sweep that fires nothing")
        await until(pilot, lambda: not app.ticker._sweeping, "it is over")
        assert network.deliveries == 1
        network.fired = (FIRED,)
        app.ticker.sweep()
        await until(pilot, lambda: network.deliveries == 2, "the notice is sent")


async def test_between_escalations_it_looks_every_quarter_of_a_minute(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.up.set()
    app = desk_app(network)
    async with app.run_test() as pilot:
        await until(pilot, lambda: network.deliveries == 1, "the first look")
        await settled(app, pilot)
        app.ticker.tick()
        assert network.deliveries == 1
        monkeypatch.setattr(ticker, "DELIVER_EVERY", 0.0)
        app.ticker.tick()
        await until(pilot, lambda: network.deliveries == 2, "the next look")


async def test_a_mistake_in_the_ways_is_said_once_until_it_is_mended(network: Network) -> None:
    network.trouble = Refusal("policy.bad", key="notify.roles", problem="table", value="")
    network.up.set()
    app = desk_app(network)
    said: list[Exception] = []
    app.ticker._failed = said.append
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(said) == 1, "it is said")
        await settled(app, pilot)
        for count in (2, 3):
            app.ticker.deliver()
            await until(pilot, lambda count=count: network.deliveries == count, "it is tried again")  # type: ignore[misc]
            await settled(app, pilot)
        assert len(said) == 1
        network.trouble = None
        app.ticker.deliver()
        await settled(app, pilot)
        network.trouble = Refusal("policy.bad", key="notify.roles", problem="table", value="")
        app.ticker.deliver()
        await until(pilot, lambda: len(said) == 2, "it is said anew")
