"""Concierge: the front desk of a residential lobby, in a terminal."""

__version__ = "0.3.0"
