"""The ``[notify]`` table of a property's policy file: by which ways notices leave, and in which language.

It stands in the policy file and is no part of the policy: it holds passwords, so it is never kept in the
store, never shown, and no mistake in it is told with more of an address than its scheme.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from concierge.domain.policy_file import Reader
from concierge.domain.refusal import Refusal
from concierge.domain.roles import ROLES
from concierge.domain.typed_text import LONGEST_WORDS

TABLE = "notify"
LANGUAGES = ("zh", "en")
WORDS = 80
"""Characters of the resident's own words that leave the house unless the file says otherwise."""
COMMAND = "command"
_KEY_DIGITS = 4  # of a SHA-256, hexadecimal
_PLAIN = re.compile(r"[\w .·'-]*")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://\S.*")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to people: an Apprise URL, or the command hook (whose URL is empty).

    ``key`` stays the same wherever the address stands in the file, and no secret can be read from it, so the
    store may keep it: sixteen bits tell a handful of ways apart, and tell nobody which of a thousand guessed
    passwords was right.
    """

    key: str
    scheme: str
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotifyPolicy:
    """Who is told by which ways, and where signed summaries go.

    Nothing that could hold a password is shown by ``repr``.
    """

    roles: Mapping[str, tuple[Way, ...]] = field(default_factory=dict, repr=False)
    people: Mapping[str, tuple[Way, ...]] = field(default_factory=dict, repr=False)
    languages: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = field(default=(), repr=False)
    summary: tuple[Way, ...] = field(default=(), repr=False)
    words: int = WORDS

    def of_role(self, role: str) -> tuple[Way, ...]:
        """The ways that are used once for all who hold a role, such as the robot of their group."""
        return self.roles.get(role, ())

    def of_person(self, name: str) -> tuple[Way, ...]:
        """The ways to one member of staff."""
        return self.people.get(name, ())

    def hook(self) -> tuple[Way, ...]:
        """The command, which is run once for each event, whoever is told."""
        return (Way(COMMAND, COMMAND),) if self.command else ()

    def language(self, role: str, name: str | None = None, *, default: str) -> str:
        """The language for a person, else for the role, else the property's."""
        fallback = self.languages.get(role, default)
        return fallback if name is None else self.languages.get(name, fallback)


def split_notify(raw: Mapping[str, object]) -> tuple[dict[str, object], object]:
    """A policy file's mapping without its ``[notify]`` table, and that table (None when absent)."""
    return {key: value for key, value in raw.items() if key != TABLE}, raw.get(TABLE)


def parse_notify(raw: object) -> NotifyPolicy:
    """Read the table; None is a property that tells people on the screen only.

    Raises:
        Refusal: ``policy.bad`` with ``key``, ``problem`` and a ``value`` that shows no secret.
    """
    if raw is None:
        return NotifyPolicy()
    if not isinstance(raw, Mapping):
        raise Refusal("policy.bad", key=TABLE, problem="table", value="")
    top = Reader(raw, TABLE)
    languages = _languages(_below(top, "languages"))
    policy = NotifyPolicy(
        roles=_roles(_below(top, "roles")),
        people=_people(_below(top, "people"), languages),
        languages=languages,
        command=_command(top),
        summary=_ways(top, "summary", top.get("summary") or [], "summary"),
        words=_words(top),
    )
    for key in raw:
        if key not in {"command", "words", "roles", "people", "languages", "summary"}:
            raise top.bad(shown(key), "unknown-key", value=shown(key))
    return policy


def scheme_of(key: str) -> str:
    """The kind of way behind a key that the store kept: "mailto", "command"."""
    return key.split(".", 2)[-1]


def shown(text: object) -> str:
    """What may be shown of something in the table: of an address its scheme, of a plain name its beginning."""
    found = _URL.search(str(text))
    if found:
        return f"{found[1].lower()}://…"
    return (
        str(text)[:40] if _PLAIN.fullmatch(str(text)) else "…"
    )  # half an address may hold a password


def _below(top: Reader, key: str) -> Mapping[str, object]:
    table = top.get(key)
    if table is None:
        return {}
    if not isinstance(table, Mapping):
        raise top.bad(key, "table", value="")
    return table


def _roles(table: Mapping[str, object]) -> dict[str, tuple[Way, ...]]:
    reader = Reader(table, f"{TABLE}.roles")
    for role in table:
        if role not in ROLES:
            raise reader.bad(shown(role), "choice", value=f"{shown(role)} ({', '.join(ROLES)})")
    return {role: _ways(reader, role, urls, "role") for role, urls in table.items()}


def _people(table: Mapping[str, object], languages: dict[str, str]) -> dict[str, tuple[Way, ...]]:
    """The ways to each person; a language written beside them goes to ``languages``."""
    reader = Reader(table, f"{TABLE}.people")
    people = {}
    for name, entry in table.items():
        urls: object = entry
        if isinstance(entry, Mapping):
            inner = Reader(entry, f"{TABLE}.people.{shown(name)}")
            urls = entry.get("urls", [])
            for key in entry:
                if key not in {"urls", "language"}:
                    raise inner.bad(shown(key), "unknown-key", value=shown(key))
            if "language" in entry:
                languages[name] = _language(inner, "language", entry["language"])
        people[name] = _ways(reader, name, urls, "person")
    return people


def _ways(reader: Reader, name: str, urls: object, whose: str) -> tuple[Way, ...]:
    """A list of addresses as ways; a single text is taken for a list of one."""
    entries = [urls] if isinstance(urls, str) else urls
    if not isinstance(entries, list):
        raise reader.bad(shown(name), "url-list", value="")
    ways: list[Way] = []
    for nth, url in enumerate(entries):
        found = _URL.fullmatch(url.strip()) if isinstance(url, str) else None
        if found is None:
            raise reader.bad(f"{shown(name)}[{nth}]", "url", value="")
        scheme = found[1].lower()
        ways.append(Way(_key(whose, found[0], {way.key for way in ways}), scheme, found[0]))
    return tuple(ways)


def _key(whose: str, url: str, taken: AbstractSet[str]) -> str:
    """What the store keeps of an address; one written twice, or two that meet by chance, are counted."""
    scheme = url.partition("://")[0].lower()
    digest = hashlib.sha256(url.encode()).hexdigest()[:_KEY_DIGITS]
    again = ("", *(f"-{nth}" for nth in range(1, len(taken) + 1)))
    return next(key for nth in again if (key := f"{whose}.{digest}{nth}.{scheme}") not in taken)


def _languages(table: Mapping[str, object]) -> dict[str, str]:
    reader = Reader(table, f"{TABLE}.languages")
    return {name: _language(reader, name, code) for name, code in table.items()}


def _language(reader: Reader, key: str, code: object) -> str:
    if code not in LANGUAGES:
        raise reader.bad(shown(key), "choice", value=f"{shown(code)} ({', '.join(LANGUAGES)})")
    return str(code)


def _command(top: Reader) -> tuple[str, ...]:
    """The program and its arguments, as a list: there is no shell that could take a text apart."""
    value = top.get("command")
    if value is None:
        return ()
    words = value if isinstance(value, list) else []
    if not words or not all(isinstance(word, str) and word for word in words):
        raise top.bad("command", "command-list", value="")
    return tuple(words)


def _words(top: Reader) -> int:
    value = top.get("words")
    if value is None:
        return WORDS
    if type(value) is not int or not 0 <= value <= LONGEST_WORDS:
        raise top.bad("words", "words", value=shown(value))
    return value
