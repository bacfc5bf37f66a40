"""What screens and commands see of a handover: frozen, instants in seconds since the epoch, UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatterView:
    """An open matter that is handed over, with what was promised to whom and what comes next.

    ``why`` says why it is acknowledged by itself (major, overdue, due); empty for one of the group.
    ``agreed_at`` is a time agreed for the step, ``agreed_with`` whom with. ``told``: who was told of it so far.
    ``waiting``: roles to which it was escalated and who have not acknowledged. ``overdue`` by now.
    """

    number: str
    unit: str | None
    place: str | None
    household: str | None
    kind: str
    category: str
    grade: str
    words: str
    step: str
    due_at: int
    to_be_agreed: bool
    agreed_at: int | None
    agreed_with: str | None
    assignee: str | None
    told: tuple[str, ...]
    waiting: tuple[str, ...]
    overdue: bool
    why: tuple[str, ...]
    acknowledged_at: int | None
    acknowledged_by: str | None
    grouped: bool


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    """An open matter of another desk, at which nobody is on duty: no handover of that desk tells of it.

    ``about_staff``: it is about a member of staff, and stands on no screen that everybody at the desk reads.
    """

    desk: str
    number: str
    kind: str
    category: str
    grade: str
    unit: str | None
    place: str | None
    words: str
    step: str
    due_at: int
    to_be_agreed: bool
    overdue: bool
    assignee: str | None
    about_staff: bool


@dataclass(frozen=True, slots=True)
class CountBefore:
    """A count of an earlier handover that whoever counts now must know of.

    ``expected`` is what there should have been then, ``word`` what was said of the difference. ``last``: it was
    the last count; else there may have been others since.
    """

    at: int
    counted: int
    expected: int | None
    word: str | None
    last: bool


@dataclass(frozen=True, slots=True)
class CountView:
    """A thing to be counted; ``counted`` is None until it was. ``names`` by language.

    ``before``: where the policy says how many, the last count that was another; else the last shortage that has
    not been made good, for what was counted then is what there should be now.
    """

    item: str
    names: dict[str, str]
    expected: int | None
    counted: int | None
    word: str | None
    before: CountBefore | None = None


@dataclass(frozen=True, slots=True)
class HandedNote:
    """A line of the running log that the next shift reads; ``flag`` is next, director, thanks or None."""

    id: int
    at: int
    staff: str
    text: str
    flag: str | None
    unit: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class TurningInstruction:
    """An instruction that starts or ends in the next shift's time; ``what`` is starts or ends.

    ``on`` is an ISO date, ``time`` the hour on the wall ("12:00"), None where it is the whole day's.
    """

    unit: str
    text: str
    what: str
    on: str
    time: str | None = None


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A handover as it stands: built from the store at each look.

    ``state`` is planned (nobody has begun to take over), open or signed. ``next_until`` is the planned end of
    the shift that takes over. ``absent``: why whoever goes does not sign. ``left`` are the numbers of the
    matters that are still to be acknowledged by themselves; ``group`` how many the rest are, ``group_left``
    how many of these are not acknowledged yet. ``uncounted`` the items not counted. ``ready``: nothing is left
    but the signatures. Signatures are names, None while missing.
    """

    shift: int
    desk: str
    state: str
    outgoing: str
    incoming: str | None
    started_at: int
    begun_at: int | None
    at: int
    next_until: int
    absent: str | None
    matters: tuple[MatterView, ...]
    instructions: tuple[TurningInstruction, ...]
    notes: tuple[HandedNote, ...]
    counts: tuple[CountView, ...]
    left: tuple[str, ...]
    group: int
    group_left: int
    uncounted: tuple[str, ...]
    ready: bool
    outgoing_signed: str | None
    incoming_signed: str | None
    signed_at: int | None
    reviewed_by: str | None
    reviewed_at: int | None
    review: str | None
    pin_needed: tuple[str, ...] = ()
    """Names of those of the two who have a PIN to sign with."""
    withheld: int = 0
    """How many open matters are about whoever it is shown to, here and where nobody is on duty."""
    elsewhere: tuple[ElsewhereView, ...] = ()
    """What is open at desks where nobody is on duty, by what is due first; empty once it is signed."""
