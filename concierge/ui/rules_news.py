"""What to say at the desk when the property's rules were changed, or could not be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.search_news import OLD_KEYS
from concierge.language.translator import Language
from concierge.services.news_views import MovedClock, RulesNews
from concierge.ui.failures import failure_sentence

MOST = 4  # clocks that are named; of more the number is said


def news_sentences(news: RulesNews, t: Language, *, zone: ZoneInfo, now: int) -> Iterator[str]:
    """A sentence for a mistake, one for old search keys, and one for each clock that moved."""
    if news.mistake is not None:
        problem = failure_sentence(news.mistake, t, zone=zone, now=now)
        yield t("Working with the rules as they were. {problem}", problem=problem)
    if news.old_keys:
        yield t(OLD_KEYS)
    yield from (_moved(each, t, zone, now) for each in news.moved[:MOST])
    if len(news.moved) > MOST:
        more = len(news.moved) - MOST
        yield t.plural("{n} more promise moved.", "{n} more promises moved.", more)


def _moved(each: MovedClock, t: Language, zone: ZoneInfo, now: int) -> str:
    here = datetime.fromtimestamp(now, zone)
    was, due = (moment(t, datetime.fromtimestamp(at, zone), here) for at in (each.was, each.now))
    return t(
        "By the new rules {clock} of ticket {ticket} is due {now}, not {was}.",
        clock=terms.clock(t, each.clock),
        ticket=each.ticket,
        now=due,
        was=was,
    )
