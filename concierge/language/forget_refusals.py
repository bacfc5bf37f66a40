"""What refusals of forgetting say; a part of ``refusal_table``."""

from __future__ import annotations

from concierge.language.translator import later

FORGETTING = {
    "forget.open-tickets": later(
        "Tickets {tickets} are still open: close them first, for their words are needed until then."
    ),
    "forget.doubts": later(
        "These texts may name them too: {places}. Nobody is forgotten yet, for afterwards no name can be "
        "looked for any more. Read them with --look, give each that means them with --also PLACE, and leave "
        "the others with --leave."
    ),
    "forget.nobody-known": later(
        "No name of {unit} is on record any more, so no text can be looked through for it: find those "
        "texts with the search. To take a name out of them, enter it in the file again, then forget again."
    ),
    "forget.still-here": later(
        "{name} is not marked as moved out: enter the day of moving out first, then forget."
    ),
    "forget.stopped": later("Stopped: nobody was forgotten."),
}
