"""The rules: pure functions of values and an instant. No I/O, no wall clock, no sentences."""
