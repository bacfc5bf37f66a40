"""A desk at work on one store until it is killed: drafts, intakes, acts and sweeps, each acknowledged.

After every commit it writes one line to its standard output; whatever was said there must be in the
store for ever. Run as: worker.py HOME SEED.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services.desk import Desk
from concierge.services.drafts import save_draft
from concierge.services.escalating import escalate
from concierge.services.intake import Intake, add_ticket
from concierge.services.progress import record
from concierge.services.sweep import last_beat, sweep

CATEGORIES = ("neighbour", "fees", "taxi", "emergency", "public-repair", "staff-conduct")


def say(*words: object) -> None:
    """Acknowledge what was committed."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def work(desk: Desk, clock: FixedClock, dice: random.Random) -> None:
    """One thing that a desk does."""
    clock.at += dice.randrange(400)
    draft = f"{dice.getrandbits(64):x}"
    save_draft(desk, draft=draft, received_at=clock.at, form={"words": draft})
    say("draft", draft)
    if dice.random() < 0.7:
        intake = Intake(category=dice.choice(CATEGORIES), words=draft, draft=draft)
        number = add_ticket(desk, intake=intake, actor="Chen").number
        say("ticket", number, draft)
        if dice.random() < 0.5:
            action = dice.choice(["attend", "answer", "resolve"])
            record(desk, action=action, number=number, actor="Chen", text=draft)
            say("done", number, action)
        if dice.random() < 0.2:
            try:
                escalate(desk, number=number, reason="loud", actor="Chen")
            except Refusal:
                return
            say("raised", number)
    for fired in sweep(desk).fired:
        say("fired", fired.ticket, fired.clock, fired.generation, fired.rung)


def main() -> None:
    """Work until killed."""
    home, seed = Path(sys.argv[1]), int(sys.argv[2])
    opened = open_desk(home, name=None, environ={}).desk
    with opened.store.read() as session:
        clock = FixedClock(last_beat(session) or 1795414380)
    desk = Desk(opened.store, clock, opened.rules, opened.name)
    say("ready")
    dice = random.Random(seed)  # a made-up day, to be made up again from its seed
    while True:
        work(desk, clock, dice)


if __name__ == "__main__":
    main()
