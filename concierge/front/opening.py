"""What every part of the front stands on: a store that is open."""

from __future__ import annotations

from abc import ABC, abstractmethod

from concierge.bootstrap import Opened


class OpenFront(ABC):
    """A desk at an open store."""

    @property
    @abstractmethod
    def opened(self) -> Opened:
        """The open store and what opening it brought to light.

        Raises:
            StoreProblem: missing, before the first steps.
        """
