"""Sentences for people: the translator, dates, terms, refusals and the promise."""
