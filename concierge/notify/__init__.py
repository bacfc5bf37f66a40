"""Delivering the outbox: by Apprise's ways and by a command of the property's own."""
