"""Shipped data and the property's own folder are found from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from concierge import paths


def test_a_checkout_finds_its_data_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (paths.data_folder() / "policy.toml").is_file()


def test_an_incomplete_installation_names_the_file_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "concierge" / "paths.py"))
    with pytest.raises(FileNotFoundError, match=r"policy\.toml"):
        paths.data_folder()


def test_the_option_wins_over_the_environment_and_that_over_the_users_folder(
    tmp_path: Path,
) -> None:
    environ = {"CONCIERGE_HOME": str(tmp_path / "b")}
    assert paths.home_path(str(tmp_path / "a"), environ) == tmp_path / "a"
    assert paths.home_path(None, environ) == tmp_path / "b"
    assert paths.home_path(None, {}).name == "concierge"


def test_a_relative_home_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.home_path("desk", {}) == tmp_path / "desk"


def test_naming_the_home_makes_nothing(tmp_path: Path) -> None:
    assert not paths.home_path(str(tmp_path / "new"), {}).exists()


def test_a_folder_of_nobody_is_a_name_like_any_other() -> None:
    assert paths.as_typed("~/x") == Path.home() / "x"
    assert paths.as_typed("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")
