"""The use cases: one function, one transaction, a frozen view."""
