"""Every command is declared once.

Its key, the command bar, the palette and the help screen come from here.

A screen declares what it offers as ``OFFERS`` and takes its bindings from it::

    OFFERS = (Command("save", "ctrl+s", later("Save"), later("Save the ticket"), group="ticket"),)
    BINDINGS = bindings(OFFERS)

and answers in ``action_save``. A command that opens a screen names its route in ``opens`` instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType

from concierge.language.translator import later

GROUPS = ("take", "ticket", "file", "board", "shift", "desk")
GROUP_TITLES = {
    "take": later("At the phone"),
    "ticket": later("On a ticket"),
    "file": later("In a household's file"),
    "board": later("On the board"),
    "shift": later("The shift"),
    "desk": later("The desk"),
}
KEY_NAMES = {
    "escape": "Esc", "question_mark": "?", "enter": "Enter", "tab": "Tab", "delete": "Del",
    "left": "<-", "right": "->",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can ask for.

    Args:
        id: The action's name: a screen (or the app) answers in ``action_<id>``.
        keys: Textual keys, comma separated, the one to show first; empty for the palette only.
        label: A word or two for the command bar (a msgid).
        help: What it does, for the palette and the help screen (a msgid).
        group: One of ``GROUPS``.
        show: The higher, the longer it stays on a narrow command bar; 0 never shows there.
        opens: The route of the screen it opens; without that screen the command is not offered.
        first: With ``opens="ticket"``: what the ticket screen is asked to do at once.
    """

    id: str
    keys: str
    label: str
    help: str
    group: str = "desk"
    show: int = 0
    opens: str | None = None
    first: str | None = None

    @property
    def key(self) -> str:
        """The key to show, as people write it: ``F2``, ``^G``, ``Enter``; empty without one."""
        return key_name(self.keys.split(",")[0].strip()) if self.keys else ""


def key_name(key: str) -> str:
    """A Textual key as people write it: ctrl+g is ^G, f2 is F2."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return KEY_NAMES.get(key, key.upper())


def bindings(offers: Iterable[Command], *, without: Iterable[str] = ()) -> list[BindingType]:
    """The key bindings of what is offered, leaving out some commands by id.

    Of commands that share a key the first that works at the moment is done.
    """
    left_out = set(without)
    names: dict[str, list[Command]] = {}
    for command in offers:
        for key in command.keys.split(",") if command.id not in left_out else ():
            names.setdefault(key.strip(), []).append(command)
    return [
        Binding(
            key,
            f"app.offer('{','.join(each.id for each in sharing)}')",
            sharing[0].label,
            show=False,
        )
        for key, sharing in names.items()
        if key
    ]


# What works on every screen.
EVERYWHERE: tuple[Command, ...] = (
    Command(
        "new",
        "f2",
        later("new"),
        later("Take a complaint, an inquiry or an errand"),
        group="take",
        show=95,
        opens="intake",
    ),
    Command(
        "find",
        "f3",
        later("find"),
        later("Find a household or a ticket"),
        group="take",
        show=90,
        opens="find",
    ),
    Command("households", "", later("households"),
            later("List the households: care, away, moved in this month, no phone"), group="take",
            opens="households"),
    Command(
        "emergency",
        "f8",
        later("emergency"),
        later("Emergency: place, Enter, saved and told"),
        group="take",
        show=93,
        opens="emergency",
    ),
    Command(
        "alarm",
        "f9",
        later("alarm"),
        later("Open the worst ticket nobody signed for; twice within a second mutes for 2 minutes"),
        group="take",
        show=85,
    ),
    Command(
        "shift",
        "f4",
        later("shift"),
        later("Start, hand over or end the shift"),
        group="shift",
        show=80,
        opens="shift",
    ),
    Command(
        "log",
        "ctrl+l",
        later("log"),
        later("Keep a line in the running log of the shift, about what is in front or not"),
        group="shift",
        show=45,
    ),
    Command(
        "report",
        "",
        later("report"),
        later("Figures of a day, a week or a month, beside those before"),
        group="shift",
        opens="report",
    ),
    Command(
        "commands",
        "ctrl+p",
        later("all commands"),
        later("List every command"),
        group="desk",
        show=70,
    ),
    Command(
        "language",
        "ctrl+b",
        later("中/EN"),
        later("Switch to Chinese, switch to English"),
        group="desk",
        show=40,
    ),
    Command(
        "help", "f1,question_mark", later("help"), later("Show the keys"), group="desk", show=30
    ),
    Command("staff_phone", "", later("numbers"),
            later("Write down a colleague's phone number, to be rung when something escalates")),
    Command("import_roster", "", later("import"), later("Import a roster"), opens="roster"),
    Command("colours", "", later("colours"), later("Light or dark colours"), group="desk"),
    Command("quit", "ctrl+q", later("quit"), later("Leave the desk"), group="desk", show=20),
)  # fmt: skip

# What the board offers.
ON_THE_BOARD: tuple[Command, ...] = (
    Command("confirm_clock", "ctrl+f", later("the clock is right"),
            later("A supervisor confirms this computer's clock, and escalation goes on"),
            group="desk", show=99),
    Command("sign", "ctrl+s", later("sign"), later("Sign for the worst alarm with your name"),
            group="take", show=58),
    Command("told", "ctrl+y", later("told by phone"),
            later("Keep whom you told by phone; it signs for nothing"), group="take", show=57),
    Command("filter", "f5", later("filter"), later("Show all, mine, or what nobody has taken"),
            group="board", show=75),
    Command("open", "enter,o", later("open"), later("Open the selected ticket"),
            group="board", show=60, opens="ticket"),
    Command("attend", "ctrl+g", later("on site"), later("Record that somebody is on site"),
            group="ticket", show=55, opens="ticket", first="attend"),
    Command("answer", "ctrl+o", later("answer"), later("Record the answer given"),
            group="ticket", show=50, opens="ticket", first="answer"),
    Command("resolve", "ctrl+r", later("resolve"), later("Record that the matter is resolved"),
            group="ticket", show=52, opens="ticket", first="resolve"),
    Command("note", "ctrl+e", later("note"), later("Add a note"),
            group="ticket", show=25, opens="ticket", first="note"),
    Command("escalate", "f6", later("escalate"), later("Escalate by hand, with a reason"),
            group="ticket", show=28, opens="ticket", first="escalate"),
    Command("agree", "f7", later("agreed time"), later("Agree a time with the resident"),
            group="ticket", show=27, opens="ticket", first="agree"),
    Command("handover", "9", later("handover"), later("Hand over to the next shift, or take over"),
            group="shift", show=22, opens="handover"),
    Command("household", "ctrl+u", later("household file"), later("Open the household's file"),
            group="ticket", show=26),
)  # fmt: skip

# Escape leads back from every screen but the board.
BACK = Command("back", "escape", later("back"), later("Go back"), group="desk", show=65)


def ticket_command(command: str, *, keys: str, show: int = 0, group: str = "ticket") -> Command:
    """A board command as the ticket screen offers it itself: the same words and other keys, no route."""
    found = next(each for each in ON_THE_BOARD if each.id == command)
    return replace(found, keys=keys, show=show, group=group, opens=None, first=None)


def bar_order(command: Command) -> tuple[int, int, str]:
    """Where a command stands on the bar: function keys by number, Enter, control keys, the rest."""
    key = command.key
    if command.id == "help":
        return (4, 0, key)
    if key[:1] == "F" and key[1:].isdigit():
        return (0, int(key[1:]), key)
    return (1 if key == "Enter" else 2 if key.startswith("^") else 3, -command.show, key)
