"""What can be done with the shift."""

from __future__ import annotations

from concierge.language.translator import later
from concierge.ui.commands import BACK, Command

OFFERS = (
    Command("begin", "f6", later("start a shift"), later("Start a shift"), group="shift", show=98),
    Command("handover", "f7,9", later("handover"), later("Hand over to the next shift, or take over"),
            group="shift", show=99, opens="handover"),
    Command("end", "f6", later("end alone"), later("End the shift although nobody takes over"),
            group="shift", show=91),
    Command("relief", "ctrl+g", later("sign: relief missing"),
            later("Sign that you look after a relief who has not come"), group="shift", show=97),
    Command("preview", "enter", later("summary"), later("Read the summary as it is written"),
            group="shift", show=96),
    Command("export", "ctrl+s", later("export"), later("Write the summary to a file"),
            group="shift", show=88),
    Command("phones", "ctrl+k", later("whole phones"),
            later("Show the lines with a phone in them whole for 30 seconds; who looked is kept"),
            group="shift", show=61),
    Command("report", "f5", later("report"), later("Figures of a day, a week or a month, beside those before"),
            group="shift", show=60, opens="report"),
    BACK,
)  # fmt: skip
