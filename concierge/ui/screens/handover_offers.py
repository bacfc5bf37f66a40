"""What can be done in a handover."""

from __future__ import annotations

from concierge.language.translator import later
from concierge.services.handover_views import HandoverView
from concierge.ui.commands import BACK, Command

OFFERS = (
    Command("take_over", "enter,space", later("takes over"), later("Say who takes over the shift"),
            group="shift", show=99),
    Command("take", "enter,space", later("take note, next"),
            later("Take note of what is under the cursor and go on; count what is to be counted"),
            group="shift", show=99),
    Command("sign", "ctrl+s", later("sign it"), later("Sign the handover, each with name and PIN"),
            group="shift", show=98),
    Command("absent", "f6", later("the other one has gone"),
            later("Say why whoever goes does not sign"), group="shift", show=94),
    Command("whole", "f5", later("all of it"), later("Read the whole of what is under the cursor"),
            group="shift", show=93),
    Command("open_matter", "ctrl+o", later("open ticket"), later("Open the ticket under the cursor"),
            group="shift", show=92),
    Command("drop", "f7", later("not taking over"),
            later("Whoever began to take over does not; what was acknowledged is dropped"),
            group="shift", show=91),
    Command("preview", "f5", later("summary"), later("Read the summary as it is written"),
            group="shift", show=97),
    Command("export", "ctrl+s", later("export"), later("Write the summary to a file"),
            group="shift", show=96),
    Command("review", "f6", later("director's review"),
            later("A director has looked at the signed handover"), group="shift", show=95),
    Command("phones", "ctrl+k", later("whole phones"),
            later("Show the lines with a phone in them whole for 30 seconds; who looked is kept"),
            group="shift", show=61),
    Command("before", "ctrl+r", later("the one before"),
            later("Show the signed handover before this one, for a director to review"),
            group="shift", show=62),
    BACK,
)  # fmt: skip
_LONG = frozenset(
    {"matter", "group", "note", "instruction", "elsewhere"}
)  # what may not fit beside the list


def possible(command: Command, view: HandoverView, part: str | None) -> bool:
    """Whether a command can be done with the handover as it stands; ``part`` is under the cursor."""
    under_way, signed = view.state == "open", view.state == "signed"
    return {
        "take_over": view.state == "planned",
        "take": under_way,
        "sign": under_way,
        "drop": under_way,
        "absent": under_way and view.absent is None,
        "whole": not signed and part in _LONG,
        "open_matter": part in {"matter", "elsewhere"},
        "preview": signed,
        "export": signed,
        "review": signed and view.reviewed_by is None,
    }.get(command.id, True)
