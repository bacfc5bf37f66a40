"""What the intake form offers besides typing: saving, answering on the spot, joining, making it major."""

from __future__ import annotations

from dataclasses import replace

from concierge.language.translator import later
from concierge.ui.commands import BACK, Command

ON_THE_SPOT = Command(
    "on_the_spot", "ctrl+o", later("answered: close"),
    later("Answered on the spot: save and close"), group="take", show=97,
)  # fmt: skip
ACCEPTED = replace(
    ON_THE_SPOT,
    label=later("accepted: save"),
    help=later("Errand accepted at once: save it as confirmed"),
)
MAJOR = Command(
    "major", "ctrl+g", later("make major"),
    later("Make a matter that comes again major, or leave it ordinary"), group="take", show=98,
)  # fmt: skip
OFFERS = (
    Command("save", "ctrl+s", later("save"), later("Save the ticket"), group="take", show=99),
    ON_THE_SPOT,
    Command("join", "f5", later("add to open ticket"),
            later("Add the words as a note to the ticket that is open there"), group="take", show=96),
    Command("received", "ctrl+r", later("time received"),
            later("Say when the resident spoke, if not just now"), group="take", show=88),
    MAJOR,
    Command("fact", "ctrl+f", later("add fact"), later("Write down what was heard of the household"),
            group="take", show=94),
    BACK,
)  # fmt: skip
