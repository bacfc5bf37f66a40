"""The [notify] table: what it may hold, and that no mistake in it tells an address."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from concierge.domain.notify_policy import (
    NotifyPolicy,
    Way,
    parse_notify,
    scheme_of,
    shown,
    split_notify,
)
from concierge.domain.refusal import Refusal

SECRET = "hunter2"
URL = f"mailto://desk:{SECRET}@example.org"


def test_a_property_without_the_table_has_no_way_to_anybody() -> None:
    policy = parse_notify(None)
    assert policy == NotifyPolicy()
    assert policy.of_role("director") == policy.of_person("Zhou") == policy.hook() == ()
    assert policy.words == 80
    assert policy.language("director", "Zhou", default="zh") == "zh"


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:4]


def test_roles_people_command_words_and_languages_are_read() -> None:
    policy = parse_notify(
        {
            "command": ["/usr/local/bin/tell", "--now"],
            "words": 0,
            "roles": {"supervisor": ["wecombot://key", URL], "director": "ntfys://topic"},
            "people": {"Zhou Min": [URL], "Lin": {"urls": [URL], "language": "en"}},
            "languages": {"supervisor": "en", "Zhou Min": "zh"},
        }
    )
    assert policy.of_role("supervisor") == (
        Way("role.7000.wecombot", "wecombot", "wecombot://key"),
        Way(f"role.{_digest(URL)}.mailto", "mailto", URL),
    )
    assert policy.of_role("director")[0].url == "ntfys://topic"
    assert policy.of_person("Zhou Min") == (Way(f"person.{_digest(URL)}.mailto", "mailto", URL),)
    assert policy.command == ("/usr/local/bin/tell", "--now")
    assert policy.hook() == (Way("command", "command"),)
    assert policy.words == 0
    assert policy.language("supervisor", default="zh") == "en"
    assert policy.language("supervisor", "Zhou Min", default="en") == "zh"
    assert policy.language("director", "Lin", default="zh") == "en"


def test_a_person_may_have_ways_without_a_language_and_a_language_without_ways() -> None:
    people = {"Wu": {"urls": URL}, "Lin": {"language": "en"}}
    policy = parse_notify({"people": people, "languages": {"director": "zh"}})
    assert [way.url for way in policy.of_person("Wu")] == [URL]
    assert policy.of_person("Lin") == ()
    assert policy.languages == {"director": "zh", "Lin": "en"}
    assert policy.language("director", "Wu", default="en") == "zh"


def test_a_policy_and_its_ways_never_show_an_address() -> None:
    policy = parse_notify(
        {"command": [SECRET], "people": {"Zhou": [URL]}, "roles": {"manager": URL}}
    )
    assert SECRET not in repr(policy) + repr(policy.of_person("Zhou"))


@pytest.mark.parametrize(
    ("table", "key", "problem"),
    [
        (URL, "notify", "table"),
        ({"roles": URL}, "notify.roles", "table"),
        ({"people": [URL]}, "notify.people", "table"),
        ({"roles": {"janitor": [URL]}}, "notify.roles.janitor", "choice"),
        ({"roles": {URL: "director"}}, "notify.roles.mailto://…", "choice"),
        ({"roles": {"director": [f"desk:{SECRET}@x"]}}, "notify.roles.director[0]", "url"),
        ({"roles": {"director": [URL, f"mailto:// {SECRET}"]}}, "notify.roles.director[1]", "url"),
        ({"roles": {"director": [f"a://{SECRET}\nb"]}}, "notify.roles.director[0]", "url"),
        ({"roles": {"director": {URL: 1}}}, "notify.roles.director", "url-list"),
        ({"people": {"Zhou": 5}}, "notify.people.Zhou", "url-list"),
        ({"people": {"Zhou": {"url": URL}}}, "notify.people.Zhou.url", "unknown-key"),
        ({"people": {"Zhou": {"language": URL}}}, "notify.people.Zhou.language", "choice"),
        ({"languages": {"director": "fr"}}, "notify.languages.director", "choice"),
        ({"command": f"tell {SECRET}"}, "notify.command", "command-list"),
        ({"command": [SECRET, 5]}, "notify.command", "command-list"),
        ({"command": []}, "notify.command", "command-list"),
        ({"words": -1}, "notify.words", "words"),
        ({"words": True}, "notify.words", "words"),
        ({"words": URL}, "notify.words", "words"),
        ({"role": {"director": URL}}, "notify.role", "unknown-key"),
        ({URL: "director"}, "notify.mailto://…", "unknown-key"),
    ],
)
def test_a_mistake_names_its_key_and_never_the_address(
    table: object, key: str, problem: str
) -> None:
    with pytest.raises(Refusal) as caught:
        parse_notify(table)
    refusal = caught.value
    assert (refusal.code, refusal.values["key"], refusal.values["problem"]) == (
        "policy.bad",
        key,
        problem,
    )
    assert SECRET not in repr(refusal.values) + str(refusal)


def test_the_table_is_taken_out_of_the_policy() -> None:
    assert split_notify({"a": 1, "notify": {"words": 3}}) == ({"a": 1}, {"words": 3})
    assert split_notify({"a": 1}) == ({"a": 1}, None)


def test_of_an_address_only_the_scheme_is_shown_wherever_it_stands() -> None:
    assert shown(f"call {URL}") == "mailto://…"
    assert shown("x" * 60) == "x" * 40
    assert shown("Zhou Min-Li") == "Zhou Min-Li"
    for text in (f"bob:{SECRET}@x", f"mailto:/bob:{SECRET}@x", f"?token={SECRET}", f"a/{SECRET}"):
        assert shown(text) == "…"


@pytest.mark.parametrize(
    ("key", "scheme"),
    [("role.0.wecombot", "wecombot"), ("person.12.a.b", "a.b"), ("command", "command")],
)
def test_a_key_tells_the_kind_of_way(key: str, scheme: str) -> None:
    assert scheme_of(key) == scheme


def test_the_example_in_the_shipped_policy_can_be_read() -> None:
    text = (Path(__file__).parents[2] / "data" / "policy.toml").read_text("utf-8")
    example = "\n".join(line[4:] for line in text.splitlines() if line.startswith("#   "))
    policy = parse_notify(tomllib.loads(example)["notify"])
    assert policy.of_role("supervisor")[0].scheme == "wecombot"
    assert policy.language("director", "Lin", default="zh") == "en"
    assert policy.hook()


def test_an_address_keeps_its_key_wherever_it_stands_and_nothing_of_it_is_in_the_key() -> None:
    other = "json://host/token"
    one, two = (
        {way.url: way.key for way in parse_notify({"people": {"Zhou": urls}}).of_person("Zhou")}
        for urls in ([URL, other], [other, URL])
    )
    assert one == two
    assert len(set(one.values())) == 2
    assert SECRET not in "".join(one.values())
    assert "token" not in "".join(one.values())


def test_an_address_that_is_written_twice_has_two_keys() -> None:
    ways = parse_notify({"people": {"Zhou": [URL, URL, URL]}}).of_person("Zhou")
    assert len({way.key for way in ways}) == 3
    assert {scheme_of(way.key) for way in ways} == {"mailto"}
