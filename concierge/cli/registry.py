"""Every command by its first word: the module that knows it, and what it is for."""

from __future__ import annotations

from concierge.language.translator import later

COMMANDS = {
    "init": ("store", later("set up a property")),
    "demo": ("demo", later("open a made-up property to try things out")),
    "ticket": ("tickets", later("take in, show and handle tickets")),
    "deadline": ("deadline", later("count when something is due, and show how")),
    "sweep": ("sweep", later("escalate whatever is overdue")),
    "watch": ("watch", later("escalate whatever becomes overdue, until told to stop")),
    "notify": ("notify", later("send the notices that wait, or try the ways")),
    "household": ("household", later("import, find, show and add households")),
    "staff": ("staff", later("list and add members of staff")),
    "shift": ("shift", later("start, note, end and export shifts")),
    "report": ("report", later("the figures of a day, a week, a month or any days")),
    "clock": ("sweep", later("confirm that the computer's clock is right")),
    "calendar": ("calendar", later("show working days and rest days")),
    "policy": ("policy", later("show the service policy, or check a file")),
    "verify": ("store", later("prove that nothing in the store was altered")),
    "doctor": ("store", later("check the store and this computer")),
    "backup": ("store", later("copy the store to a file")),
    "restore": ("store", later("put a backup in the place of the store")),
}
