"""Exit codes, one sentence for every fault, and examples in every help."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys

import pytest

from paotui import cli
from paotui.cli import language


def paotui(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PAOTUI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "paotui", *arguments],
        env={**kept, "PAOTUI_LANGUAGE": "en", **variables},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def parsers(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> list:
    """Every parser that runs something, with the words that lead to it."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        return [pytest.param(parser, id=" ".join(words))]
    return [
        found for group in groups for name, below in group.choices.items() for found in parsers(below, (*words, name))
    ]


@pytest.mark.parametrize("parser", parsers(cli.build_parser()))
def test_every_help_shows_examples_that_parse(parser, capsys):
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--help"])
    assert ended.value.code == 0
    examples = [line.strip() for line in capsys.readouterr().out.split("Examples:")[1].splitlines() if line.strip()]
    assert examples
    for example in examples:
        words = shlex.split(example)
        options = cli.build_parser().parse_args(words[words.index("paotui") + 1 :])
        assert callable(options.run)


def test_an_unknown_subcommand_is_wrong_usage():
    done = paotui("dance")
    assert done.returncode == 2
    assert "invalid choice: 'dance'" in done.stderr


def test_a_port_that_is_none_is_wrong_usage():
    done = paotui("serve", "--port", "99999")
    assert done.returncode == 2
    assert "99999 is not a port" in done.stderr


def test_a_database_address_that_cannot_be_used_is_one_sentence_and_exit_code_one():
    done = paotui("migrate", PAOTUI_DATABASE_URL="mysql://x/y")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "paotui: PAOTUI_DATABASE_URL starts with 'mysql'; write sqlite:///path/to/file or "
        "postgresql://user:password@host/name."
    ]


def test_debugging_shows_where_it_went_wrong():
    done = paotui("migrate", PAOTUI_DATABASE_URL="mysql://x/y", PAOTUI_DEBUG="1")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_serving_a_database_that_was_never_migrated_says_what_to_do(tmp_path):
    done = paotui("serve", PAOTUI_VAR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.strip().endswith("run `paotui migrate`.")
    assert "Traceback" not in done.stderr


def test_migrate_makes_a_database_that_the_worker_accepts(tmp_path):
    assert paotui("migrate", PAOTUI_VAR=str(tmp_path)).returncode == 0
    done = paotui("worker", "--until-empty", PAOTUI_VAR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "No more tasks to run" in done.stderr


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"PAOTUI_LANGUAGE": "zh-hans", "LC_ALL": "C"}, "zh-hans"),
    ],
)
def test_the_terminal_speaks_the_language_of_its_locale(variables, expected):
    assert language.chosen(variables) == expected
