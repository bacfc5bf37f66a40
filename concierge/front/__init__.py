"""The desk as its screens see it: the use cases as plain calls on one store."""

from __future__ import annotations

from concierge.front.desk import Front

__all__ = ["Front"]
