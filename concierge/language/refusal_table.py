"""What each refusal says: one sentence that tells what to do. ``{names}`` are the values it carries."""

from __future__ import annotations

from concierge.language.forget_refusals import FORGETTING
from concierge.language.period_refusals import PERIODS
from concierge.language.shift_refusals import SHIFT_REFUSALS
from concierge.language.translator import later

REFUSALS = {
    **PERIODS,
    # -- who -------------------------------------------------------------------------------------------
    "about.handles": later("Ticket {ticket} is about {name}: give it to somebody else."),
    "about.hidden": later("Ticket {ticket} is not shown to you: ask a supervisor."),
    "about.self": later("{name} cannot take a complaint about {name}: let a colleague take it."),
    "about.told": later("Ticket {ticket} is about {name}: ring somebody else."),
    "acknowledge.nothing": later("Nothing on ticket {ticket} waits to be acknowledged."),
    "acknowledge.role": later(
        "{name} may not acknowledge this: a {role} or somebody above has to do it."
    ),
    "acknowledge.twice": later("This escalation of ticket {ticket} is acknowledged already."),
    "relief.nothing": later("Nobody was told at {desk} of a relief that is missing."),
    "relief.role": later("{name} may not sign for this: a {role} or somebody above has to do it."),
    "role.needed": later("{name} may not do this: ask a {role}."),
    "role.unknown": later("There is no role {role}: choose one of {roles}."),
    "staff.ambiguous": later("{name} may be {names}: write the whole name."),
    "staff.bad": later(
        'Cannot read "{text}": write a member of staff as NAME:ROLE or NAME:ROLE:PHONE.'
    ),
    "staff.exists": later("{name} is on the staff already: choose another name."),
    "staff.missing": later("Say who does this: give the name of a member of staff."),
    "pin.bad": later("A PIN has {least} to {most} digits and nothing else: choose another."),
    "pin.easy": later(
        "That PIN is too easy to guess: choose one that does not repeat or count up."
    ),
    "pin.missing": later("{name} signs with a PIN: type it."),
    "pin.rests": later(
        "Too many wrong PINs for {name}: wait {minutes} min, or ask a supervisor to set a new one."
    ),
    "pin.wrong": later("That is not the PIN of {name}; try again."),
    "staff.none": later("Name at least one member of staff."),
    "staff.unknown": later("Nobody on the staff is called {name}: choose one of {names}."),
    # -- where and whose -------------------------------------------------------------------------------
    "household.exists": later("Unit {unit} is in the books already: change it instead."),
    "name.missing": later("Write the name of the household."),
    "name.holds-phone": later("A name holds no phone: put it into the phone field."),
    "unit.ambiguous": later("{unit} may be {choices}: write it in full."),
    "unit.bad": later("{unit} is not a unit: write building-room, such as 3-1201."),
    "unit.unknown": later(
        "No household lives in {unit}: check the unit, or keep it as unverified."
    ),
    # -- the file of a household -----------------------------------------------------------------------
    "consent.missing": later(
        "Health is kept with consent only: say who gave it, or that it is still to be asked for."
    ),
    "field.birthday": later(
        "{value} is no date for {field}: write 1980-05-06, or 05-06 without the year."
    ),
    "field.choice": later("{value} is no choice for {field}: choose one of {choices}."),
    "field.date": later("{value} is no date for {field}: write it as 2026-12-30."),
    "field.needed": later("Leave something in {field}: it cannot be empty."),
    "field.masked": later("{value} is a masked phone: write all its digits."),
    "field.number": later("{value} is no count for {field}: write 0 to 99."),
    "field.order": later("{last} is before {first}: let the end come after the start."),
    "field.pair": later("{value} sets nothing: write it as FIELD=VALUE."),
    "field.time": later("{value} is no time for {field}: write it as 22:00."),
    "field.unknown": later("There is no field {field} here: choose one of {fields}."),
    "field.weekdays": later("{value} names no weekdays: write them as Tue Thu, or 2,4."),
    **FORGETTING,
    "instruction.ended": later("This instruction has ended already: write a new one."),
    "member.last": later(
        "This is the only name of {unit}: add another before, or forget the whole household."
    ),
    "part.unknown": later("{unit} has no entry {row} of this kind: look at its file again."),
    "undo.nothing": later("There is no change of {unit} left to take back."),
    "undo.other": later("Somebody changed the file of {unit} meanwhile: look at it again first."),
    "undo.stale": later(
        "The last change of {unit} cannot be taken back, for it was changed again since: "
        "put it right by hand."
    ),
    # -- what ------------------------------------------------------------------------------------------
    "answer.empty": later("Write what was answered."),
    "category.unknown": later("There is no category {category}: choose one of {codes}."),
    "cause.missing": later(
        "A promise of ticket {ticket} was broken: say why with --cause, one of {causes}."
    ),
    "cause.unknown": later("There is no cause {cause}: choose one of {causes}."),
    "change.nothing": later(
        "Nothing would change on ticket {ticket}: give another category or grade."
    ),
    "channel.unknown": later("There is no channel {channel}: choose one of {channels}."),
    "confirm.nothing": later("Nothing on ticket {ticket} waits for a supervisor's word."),
    "grade.unknown": later("There is no grade {grade}: choose one of {grades}."),
    "grade.fixed": later("Category {category} is always major: change the category instead."),
    "reason.missing": later("Give the reason."),
    "text.not-utf8": later("The words are not UTF-8 text: send them in that encoding."),
    "text.too-long": later("This is {length} characters long: shorten it to {limit}."),
    "ticket.ambiguous": later("{ticket} may be {numbers}: write the whole number."),
    "ticket.not-open": later("Ticket {ticket} is {state}: reopen it, or take a new one."),
    "ticket.open": later("Ticket {ticket} is still open: there is nothing to reopen."),
    "ticket.unknown": later("There is no ticket {ticket}: check the number."),
    "whom.missing": later("Say who was told by phone."),
    "words.empty": later("Write what was said: the words are empty."),
    # -- when ------------------------------------------------------------------------------------------
    "agreed.after-breach": later(
        "The promise on ticket {ticket} is broken: a supervisor has to approve a new time."
    ),
    "agreed.before-received": later(
        "{agreed} is before the matter came in ({received}): agree a later time."
    ),
    "agreed.past": later("{agreed} is past: agree a time to come."),
    "agreed.past-cap": later(
        "{agreed} is later than {cap}, the latest time allowed: agree an earlier one, "
        "or have a supervisor approve it."
    ),
    "agreed.with-missing": later("Say with whom the time was agreed."),
    "clock.none": later("No such clock runs on ticket {ticket}: look at its clocks."),
    "limit.bad": later(
        'Cannot read the limit "{limit}": write it as "30 minutes", "3 working days" and the like.'
    ),
    "time.bad": later('Cannot read the time "{text}": write it as 2026-11-30 18:00.'),
    "time.before-received": later(
        "{at} is before the matter came in ({received}): give a later time."
    ),
    "time.future": later("{at} is yet to come: give a time that is past."),
    "time.late-reason": later("{at} lies back: say why it is only logged now."),
    "time.range": later("This time is out of reach of any calendar: check the year."),
    "time.skipped": later(
        "{text} does not exist in {zone}, where clocks go forward then: give another time."
    ),
    # -- the property, its shifts and files --------------------------------------------------------------
    "backup.no-file": later("This store is not a file: back it up with the tools of its database."),
    "calendar.bad": later("The calendar is wrong at {key}: {problem}; mend it and load it again."),
    "calendar.no-working-day": later(
        "The calendar has no working day to come: give it opening hours and weekdays that work."
    ),
    "batch.not-json": later("This line is not JSON: write one object a line."),
    "batch.not-object": later("This line is not a JSON object: write one object a line."),
    "batch.not-text": later("{key} has to be a text: put it in quotes."),
    "batch.one-of": later("Give a category or a limit, and not both."),
    "batch.unknown-key": later("{key} is not known here: use {keys}."),
    "file.not-found": later("There is no file {path}: check its name."),
    "file.unreadable": later("Cannot read {path}: check that it is a text file in UTF-8."),
    "language.unknown": later("There is no language {language}: choose zh or en."),
    "notify.no-way": later(
        "No way leads to {whom}: name one under [notify] in the folder's policy.toml."
    ),
    "notify.nobody": later("Nobody on the staff is a {role}: add somebody first."),
    "output.exists": later("{path} exists already: choose another name, or allow overwriting it."),
    "output.full": later("No room on the disk for {path}: make room and write it again."),
    "output.is-store": later("{path} is the store itself: choose another name."),
    "output.no-folder": later("There is no folder {path}: make it first, or choose another."),
    "output.unwritable": later("Cannot write {path}: check the folder's permissions and the disk."),
    "pdf.missing": later(
        "The PDF needs an extra that is not installed: pip install 'concierge-desk[pdf]'. "
        "Or take html, which prints the same paper."
    ),
    "pdf.no-font": later(
        "This computer has no Chinese font for a PDF: install Noto Sans CJK or WenQuanYi, "
        "or take html, which prints the same paper."
    ),
    "output.stream": later(
        "What was asked for is done, but the answer could not be written ({reason}): look it up."
    ),
    "policy.bad": later("The policy is wrong at {key}: {problem}; mend it and check it again."),
    "property.name-missing": later("Write the name of the property."),
    "restore.same": later("{path} is the store itself: choose a backup."),
    "roster.cancelled": later("Called off: nothing was saved."),
    "roster.broken": later("Cannot read {path}: save it once more in the spreadsheet program."),
    "roster.empty": later("{path} holds no rows under its headers: check the file."),
    "roster.encoding": later(
        "Cannot read the characters of {path}: save it as CSV in UTF-8, or as .xlsx."
    ),
    "roster.encrypted": later("{path} is locked with a password: save it without one."),
    "roster.mapping": later(
        '"{text}" says nothing of a column: write its number and what it holds, such as 3=name.'
    ),
    "roster.mapping-twice": later("Two columns cannot both hold {field}: choose one."),
    "roster.no-header": later(
        "{path} has no header row with these columns: {missing}. Found were: {columns}. Name the columns "
        "in the first rows, or say which holds what, such as 3=name."
    ),
    "roster.not-found": later("There is no file {path}: check its name."),
    "roster.other": later("{path} has changed since it was shown: look at it again."),
    "roster.strict": later(
        "{rejected} rows cannot be taken over, the first is row {row}, so nothing was: "
        "mend them and import again."
    ),
    "roster.too-large": later("{path} is too large for a roster: split it."),
    "roster.too-many-rows": later("{path} has more than {limit} rows: split it."),
    "roster.unknown-format": later("{path} is no roster: save it as .xlsx or .csv."),
    "roster.unknown-output": later(
        "A roster is written as .xlsx or .csv: end the file's name with one of them."
    ),
    "roster.xls-extra": later(
        "Old .xls files need one more package: pip install concierge-desk[xls], or save {path} as .xlsx."
    ),
    **SHIFT_REFUSALS,
    "terminal.none": later("The desk needs a terminal: start it in one, not through a pipe."),
    "store.exists": later("{path} holds a property already: choose another folder."),
}

# What can be wrong with the store itself.
PROBLEMS = {
    "missing": later(
        "There is no store in {path}: set one up with concierge init, or name its folder with --home."
    ),
    "newer": later("The store {path} is from a newer version of the program: update the program."),
    "damaged": later("The store {path} is damaged: restore a backup."),
    "no-backup": later("{path} is no backup of Concierge: name another file."),
    "in-use": later(
        "The store {path} is open: close every desk and every watch first, then restore again."
    ),
    "read-only": later("Cannot write to {path}: check the permissions of the folder and the disk."),
    "full": later("The disk of {path} is full: make room and try again."),
    "locked": later("Another program keeps {path} locked: try again in a moment."),
    "upgrade-failed": later(
        "The store {path} could not be brought up to date and was left as it was: "
        "a copy is in {backup}."
    ),
}

# Why a row of a roster is not taken over.
ROWS = {
    "contradicts": later(
        "an earlier row gives {name} of {unit} another {field}, which counts; the rest is taken over"
    ),
    "duplicate-row": later("the same as row {first}"),
    "name-holds-phone": later(
        "the name holds a phone or another long number: put it into the column of phones"
    ),
    "name-like-phone": later("the name looks like a phone: are the columns swapped?"),
    "name-missing": later("unit {unit} has no name"),
    "phone-lost": later(
        "the spreadsheet has cut the phone to {phone}: make the column text and type it once more"
    ),
    "too-long": later("{field} is too long"),
    "unit-missing": later("no unit"),
    "unit-not-understood": later('"{unit}" is not a unit'),
    "unreadable": later('"{value}" cannot be read as: {field}'),
}

# What can be wrong at a key of a policy or calendar file.
MISTAKES = {
    "command-list": later(
        'it has to be a list, the program first, such as ["/usr/local/bin/tell"]'
    ),
    "choice": later("{value} is none of the choices"),
    "count": later('"{value}" has to be a whole number from 2, or 0 for never'),
    "date": later('"{value}" is not a date such as 2026-10-01'),
    "days": later('"{value}" has to be days, such as "30 days"'),
    "flag": later('"{value}" is not true or false'),
    "interval": later('"{value}" is not a time span such as 08:00-18:00'),
    "limit": later('"{value}" is not a limit such as "3 working days"'),
    "category-bare": later("there is no such category yet, and a new one needs its kind"),
    "category-mistyped": later(
        "there is no such category; did you mean {value}? A new one needs its kind"
    ),
    "minutes-or-hours": later('"{value}" has to be minutes or hours'),
    "missing": later("it is missing"),
    "no-clock": later("the category needs this clock"),
    "order": later("it comes before the step above it"),
    "overlap": later('"{value}" overlaps the span before it'),
    "percent": later('"{value}" is not a share such as "75%"'),
    "number": later("it must be a whole number, 0 or more"),
    "shift-order": later("it lists the times at which shifts change, in ascending order"),
    "copies-none": later("copies are asked for, so it must name at least one"),
    "item-twice": later("this item is listed twice"),
    "quiet-empty": later("it is the same as from: for no quiet hours leave roles empty"),
    "range": later('"{value}" does not run from an earlier to a later date'),
    "role-order": later('"{value}" is below the role of the step before it'),
    "rows": later("it has to be a list of tables"),
    "table": later("it has to be a table"),
    "text": later("it has to be a text"),
    "time-of-day": later('"{value}" is not a time of day such as 22:00'),
    "toml": later("it is not valid TOML ({value})"),
    "top": later('"{value}" is below the first step of the ladder: nobody would be told'),
    "type": later('"{value}" is not the kind of value that belongs here'),
    "unit-once": later('"{value}" has to be on exactly one ladder'),
    "unknown-key": later("no such key is known"),
    "url": later("it has to be an address such as wecombot://key"),
    "url-list": later("it has to be a list of addresses"),
    "weekday": later('"{value}" is not a weekday such as mon'),
    "when": later('"{value}" is not received, due or due + a limit'),
    "words": later('"{value}" is not a number of characters from 0 to 4000'),
    "year": later('"{value}" is not a year'),
    "zone": later('"{value}" is not a time zone such as Asia/Shanghai'),
}
