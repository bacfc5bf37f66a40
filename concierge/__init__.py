"""Concierge: the front desk of a residential lobby, in a terminal."""

__version__ = "0.2.0"
