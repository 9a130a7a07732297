"""Variables that cannot be understood stop the start with a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paotui import environment
from paotui.environment import EnvironmentFault


@pytest.mark.parametrize("written", ["1", "true", "Yes", "ON"])
def test_a_flag_can_be_switched_on_in_words(written):
    assert environment.flag("PAOTUI_X", False, env={"PAOTUI_X": written}) is True


@pytest.mark.parametrize("written", ["0", "false", "No", "off", ""])
def test_a_flag_can_be_switched_off_in_words(written):
    assert environment.flag("PAOTUI_X", True, env={"PAOTUI_X": written}) is False


def test_a_flag_that_is_neither_yes_nor_no_is_refused_by_name():
    with pytest.raises(EnvironmentFault, match="PAOTUI_X='maybe' is neither yes nor no"):
        environment.flag("PAOTUI_X", True, env={"PAOTUI_X": "maybe"})


def test_a_number_with_letters_is_refused_by_name():
    with pytest.raises(EnvironmentFault, match="PAOTUI_X='8k' is not a whole number"):
        environment.number("PAOTUI_X", 1, env={"PAOTUI_X": "8k"})


def test_a_variable_without_default_has_to_be_set():
    with pytest.raises(EnvironmentFault, match="PAOTUI_X is not set"):
        environment.text("PAOTUI_X", env={})


def test_a_listing_drops_blanks():
    assert environment.listing("PAOTUI_X", env={"PAOTUI_X": " a, ,b,"}) == ["a", "b"]


def test_three_slashes_name_a_relative_file_and_four_an_absolute_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert environment.database("sqlite:///var/p.db")["NAME"] == tmp_path / "var" / "p.db"
    assert environment.database("sqlite:////srv/p.db")["NAME"] == Path("/srv/p.db")


def test_sqlite_takes_its_write_lock_at_the_start_and_keeps_what_it_acknowledged():
    options = environment.database("sqlite:////srv/p.db")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_a_postgresql_address_is_taken_apart():
    found = environment.database("postgresql://clerk:p%40ss@db.example:6432/paotui?sslmode=verify-full")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "clerk", "p@ss", "db.example", "6432", "paotui",
    )  # fmt: skip
    assert found["OPTIONS"] == {"sslmode": "verify-full", "prepare_threshold": 5}


def test_behind_a_pooler_nothing_is_prepared():
    found = environment.database("postgresql://db/paotui?prepare=off")
    assert found["OPTIONS"] == {"prepare_threshold": None}


def test_a_postgresql_socket_folder_is_the_host():
    assert environment.database("postgresql:///paotui?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://x/y", "starts with 'mysql'"),
        ("sqlite://file.db", "names no file"),
        ("sqlite:///", "names no file"),
        ("postgresql://u@h/", "names no database"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_what_to_write(url, sentence):
    with pytest.raises(EnvironmentFault, match=sentence):
        environment.database(url)


def test_a_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = environment.secret_key(tmp_path / "var", env={}, may_generate=True)
    assert environment.secret_key(tmp_path / "var", env={}, may_generate=True) == first
    assert len(first) >= 64
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_machines_that_share_a_database_have_to_be_given_one_key(tmp_path):
    with pytest.raises(EnvironmentFault, match="PAOTUI_SECRET_KEY is not set"):
        environment.secret_key(tmp_path, env={}, may_generate=False)
    assert environment.secret_key(tmp_path, env={"PAOTUI_SECRET_KEY": "k"}, may_generate=False) == "k"


def test_every_variable_that_is_read_is_listed_for_those_who_run_it():
    root = Path(__file__).resolve().parents[2]
    sources = [*(root / "src").rglob("*.py"), *(root / "tools").glob("*.py")]
    read = {name for file in sources for name in re.findall(r'"(PAOTUI_[A-Z_]+)"', file.read_text("utf-8"))}
    listed = set(
        re.findall(r"^\| `(PAOTUI_[A-Z_]+)`", (root / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert read == listed
