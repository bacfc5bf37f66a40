"""Trying several ways at once, none for longer than it is given."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from concierge.domain.notify_policy import COMMAND, NotifyPolicy, Way
from concierge.notify import apprise_way, hook
from concierge.notify.message import Parcel

# Sends a parcel by a way: None when it was taken, else the code of what went wrong.
Carry = Callable[[Way, Parcel], str | None]
Job = tuple[Way, Parcel]

SECONDS = 15.0
"""What all ways of one notice may take together; far below the lease."""


def carrier(policy: NotifyPolicy, *, hook_seconds: float = hook.SECONDS) -> Carry:
    """The real thing: the command is run, all else goes by Apprise."""

    def carry(way: Way, parcel: Parcel) -> str | None:
        if way.key == COMMAND:
            return hook.run_hook(policy.command, parcel.data, seconds=hook_seconds)
        return apprise_way.send(way.url, parcel)

    return carry


def carry_all(carry: Carry, jobs: Sequence[Job], *, seconds: float = SECONDS) -> list[str | None]:
    """Try every way in a thread of its own, for names and servers may hang for longer than any limit.

    The threads are daemons: one that hangs keeps neither the desk from closing nor the next notice waiting.

    Returns:
        A code or None for each job, in their order; what is not done in time is too slow.
    """
    said: list[str | None] = [apprise_way.TOO_SLOW] * len(jobs)

    def run(nth: int, way: Way, parcel: Parcel) -> None:
        try:
            said[nth] = carry(way, parcel)
        except Exception:  # noqa: BLE001 - what is raised may hold an address: only that it failed is told
            said[nth] = apprise_way.REFUSED

    threads = [
        threading.Thread(target=run, args=(nth, *job), name=f"notify-{job[0].scheme}", daemon=True)
        for nth, job in enumerate(jobs)
    ]
    end = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return list(said)
