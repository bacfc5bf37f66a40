"""Where the log stood at an instant, as SQL that SQLite and PostgreSQL both take."""

from __future__ import annotations

# The furthest event that a search by halves reaches: no desk records a trillion facts.
TOP = 2**40

# The last event recorded before an instant. Ids have no gaps, and time goes on with them but where the clock
# was put back: there a search by halves still ends at an event from before that instant, and a later one never
# ends at an earlier event, so that adjoining days share nothing and miss nothing. It takes forty looks by the
# primary key; the greatest id by an index of instants would read the whole history.
BEFORE = """
WITH RECURSIVE half(low, step) AS (
  SELECT CAST(0 AS BIGINT), CAST(:top AS BIGINT)
  UNION ALL
  SELECT CASE WHEN (SELECT event.at FROM event WHERE event.id = half.low + half.step) < :instant
              THEN half.low + half.step ELSE half.low END,
         half.step / 2
  FROM half WHERE half.step > 0
)
SELECT max(low) FROM half
"""
