"""What can be done in a household's file."""

from __future__ import annotations

from concierge.language.translator import later
from concierge.ui.commands import BACK, Command

OFFERS = (
    Command("edit", "enter", later("edit"), later("Change the row under the cursor, open a ticket"),
            group="file", show=99),
    Command("fact", "ctrl+f", later("add fact"), later("Write down what was heard"), group="file", show=98),
    Command("add", "f5", later("add .."),
            later("Add an instruction, a person, a car, an animal, a contact"), group="file", show=97),
    Command("reveal", "ctrl+r", later("show hidden"),
            later("Show what is masked for 30 seconds; who looked is kept"), group="file", show=96),
    Command("undo", "f7", later("undo"), later("Take the last change back"), group="file", show=94),
    Command("history", "f6", later("history"), later("What was changed, by whom and when"),
            group="file", show=92),
    Command("remove", "delete", later("take out"), later("Take the row out, end an instruction"),
            group="file", show=60),
    Command("new", "f2", later("new for it"), later("Take a matter for this household"), group="take", show=95),
    Command("forget", "", later("forget .."), later("Forget people who moved out, for good"), group="file"),
    BACK,
)  # fmt: skip
