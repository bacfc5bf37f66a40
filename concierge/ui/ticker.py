"""The one ticker: tells the time, notices other terminals' writes, sweeps what is due, has notices sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from concierge.ui.gateway import Gateway, NoNews

if TYPE_CHECKING:
    from textual.app import App

    from concierge.services.notices import Delivered
    from concierge.services.sweep_views import Sweep
    from concierge.ui.port import DeskPort

SWEEP_AT_LATEST = 15.0  # seconds between sweeps when nothing is known to be due
DELIVER_EVERY = 15.0  # seconds between two looks at what waits to be sent


class Ticker:
    """Ticks on the second from the moment the store is open; works through the gateway only.

    Args:
        app: Lends its timer.
        gateway: The door to the services.
        tell: Called each second with the instant.
        moved: Called when the log has grown, by us or by another terminal.
        swept: Called with each sweep.
        failed: Called when the look at the log, the sweep or the delivery failed.
        delivered: Called after each round of delivery; what has no way but the screen leaves no event.
    """

    def __init__(
        self,
        app: App[Any],
        gateway: Gateway,
        *,
        tell: Callable[[int], object],
        moved: Callable[[], object],
        swept: Callable[[Sweep], object],
        failed: Callable[[Exception], object],
        delivered: Callable[[], object] | None = None,
    ) -> None:
        self._app = app
        self._gateway = gateway
        self._tell = tell
        self._moved = moved
        self._swept = swept
        self._failed = failed
        self._delivered = delivered
        self._seen: int | None = None
        self._next_due: int | None = None
        self._swept_at: float | None = None
        self._sweeping = False
        self._looking = False
        self._delivered_at: float | None = None
        self._delivering = False
        self._undelivered: str | None = None
        self._held = False

    def start(self) -> None:
        """Tick now, then on every second."""
        self.tick()
        self._again()

    def _again(self) -> None:
        # Just after the second by the machine's clock, so that terminals side by side change
        # together.
        self._app.set_timer(1.005 - time.time() % 1.0, self._on_second)

    def _on_second(self) -> None:
        self._again()
        self.tick()

    def tick(self) -> None:
        """What happens each second; tests call it instead of waiting."""
        desk = self._gateway.desk
        if desk is None:
            return
        now = desk.now()
        self._tell(now)
        self._look()
        overdue = self._next_due is not None and now > self._next_due
        late = self._swept_at is None or time.monotonic() - self._swept_at >= SWEEP_AT_LATEST
        if overdue or late:
            self.sweep()
        last = self._delivered_at
        if last is None or time.monotonic() - last >= DELIVER_EVERY:
            self.deliver()

    def seen(self, last_event: int, next_due: int | None) -> None:
        """The board was read up to this event; the next rung is due then."""
        self._seen = last_event
        self._next_due = next_due

    # -- the log
    def _look(self) -> None:
        if self._looking or self._seen is None:
            return
        self._looking = True
        seen = self._seen

        def look(desk: DeskPort) -> None:
            try:
                if desk.last_event() == seen:
                    # Most seconds nothing happened: the UI thread is not even woken for it.
                    raise NoNews
            finally:
                self._looking = False

        self._gateway.read(
            "last event", look, lambda _: self._moved(), owner=self._app, failed=self._failed
        )

    # -- escalation
    def sweep(self) -> None:
        """Fire what is due, unless a sweep is under way."""
        if self._sweeping:
            return
        self._sweeping = True
        self._swept_at = time.monotonic()
        self._gateway.write(
            lambda desk: (desk.sweep(), desk.next_due()),
            self._sweep_done,
            owner=self._app,
            failed=self._sweep_failed,
        )

    def _sweep_done(self, answer: tuple[Sweep, int | None]) -> None:
        self._sweeping = False
        sweep, self._next_due = answer
        # While the wall clock is doubted nothing leaves: what waits for the morning would go by it.
        self._held = sweep.held is not None
        self._swept(sweep)
        if sweep.fired:
            self.deliver()

    def _sweep_failed(self, error: Exception) -> None:
        self._sweeping = False
        # The next try is the regular one; the rungs missed meanwhile fire then, with their
        # lateness.
        self._next_due = None
        self._failed(error)

    # -- notices
    def deliver(self) -> None:
        """Have the notices sent that wait, unless that is under way; a slow network holds up nothing else."""
        if self._delivering or self._held:
            return
        self._delivering = True
        self._delivered_at = time.monotonic()
        self._gateway.aside(
            lambda desk: desk.deliver(),
            self._deliver_done,
            owner=self._app,
            failed=self._deliver_failed,
        )

    def _deliver_done(self, _: Delivered) -> None:
        self._delivering = False
        self._undelivered = None
        if self._delivered is not None:
            self._delivered()

    def _deliver_failed(self, error: Exception) -> None:
        self._delivering = False
        # A mistake in the file or a store that is locked stays for a while: it is said once.
        code = str(getattr(error, "code", type(error).__name__))
        if code != self._undelivered:
            self._undelivered = code
            self._failed(error)
