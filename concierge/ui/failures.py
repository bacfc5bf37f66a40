"""What went wrong, as a sentence; imported only when something did."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from concierge.domain.refusal import Refusal
from concierge.language.refusals import problem_sentence, sentence
from concierge.language.translator import Language


def failure_sentence(error: BaseException, t: Language, *, zone: ZoneInfo, now: int | None) -> str:
    """A refusal's or store problem's own sentence.

    A fault of the program is named so that it can be reported.
    """
    if isinstance(error, Refusal):
        return sentence(t, error.code, error.values, zone=zone, now=now)
    code, values = getattr(error, "code", None), getattr(error, "values", None)
    if isinstance(code, str) and isinstance(values, Mapping):
        return problem_sentence(t, code, values)
    if "locked" in str(error).lower():
        return problem_sentence(t, "locked", {})
    return t(
        "Something went wrong in the program ({problem}). This step saved nothing; try it again.",
        problem=f"{type(error).__name__}: {error}"[:200],
    )
