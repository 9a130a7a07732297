"""Playbooks from the command line, as one who writes one uses them: no database, one sentence a fault."""

from __future__ import annotations

import json

import pytest

from tests.tooling.test_command_line import paotui

ROOMS = "活动室灭火器台账（样例数据）,,\n活动室,灭火器数量,有无专人\n春晓活动室,4,有\n向阳活动室,2,无\n合计,6,\n"
PLAYBOOK = """\
playbook: extinguisher-check
version: 1
title: {zh: 活动室灭火器检查, en: Fire extinguishers in activity rooms}
summary: {zh: 逐室检查灭火器。, en: Check every room.}
target:
  kind: place
  label: {zh: 活动室, en: Activity room}
  facts:
    - {name: extinguishers, type: integer, minimum: 1, label: {zh: 灭火器数量, en: Number of extinguishers}}
    - {name: keeper, type: boolean, label: {zh: 有无专人, en: Has a keeper}}
roles:
  - {name: office, label: {zh: 街道办事处, en: Sub-district office}, kinds: [subdistrict]}
measures:
  - id: check
    kind: inspection
    title: {zh: 现场检查, en: Check on the spot}
    roles: [office]
    due: {end_of: month}
    minutes: 15
    record:
      - {name: faulty, type: integer, minimum: 0, label: {zh: 失效数量, en: Number out of order}}
"""
CASES = """\
cases:
  - name: one room
    launch: {at: 2020-06-01 09:00, from: 2020-06-01, to: 2020-06-30}
    members: {office: [Office A]}
    roster: [{name: Room 1, extinguishers: 4, keeper: true}]
    expect: {work_orders: 1}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("rooms.csv", ROOMS), ("check.yaml", PLAYBOOK), ("check.cases.yaml", CASES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_playbook_without_faults_passes(folder):
    done = paotui("playbook", "check", str(folder / "check.yaml"))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_misspelt_word_is_named_with_line_place_and_remedy(folder):
    (folder / "check.yaml").write_text(PLAYBOOK.replace("type: boolean", "type: bolean"), encoding="utf-8")
    done = paotui("playbook", "check", str(folder / "check.yaml"))
    assert done.returncode == 1
    assert "check.yaml:10: target.facts[1].type" in done.stderr
    assert "Did you mean `boolean`?" in done.stderr
    said = json.loads(paotui("playbook", "check", str(folder / "check.yaml"), "--json").stdout)
    assert said[0]["line"] == 10
    assert said[0]["remedy"]


def test_the_preview_counts_work_on_a_clerks_spreadsheet(folder):
    done = paotui(
        "playbook", "preview", str(folder / "check.yaml"), "--roster", str(folder / "rooms.csv"),
        "--from", "2020-06-01", "--to", "2020-06-30", "--json", PAOTUI_VAR=str(folder),
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert (found["targets"], found["work_orders"], found["by_measure"]) == (2, 2, {"check": 2})
    assert found["first_due"] == "2020-06-30T23:59:59+08:00"
    assert not list(folder.glob("*.sqlite3"))


def test_working_days_of_a_year_without_an_official_calendar_are_refused(folder):
    in_days = PLAYBOOK.replace("due: {end_of: month}", "due: {working_days: 3, after: launch}")
    (folder / "check.yaml").write_text(in_days, encoding="utf-8")
    done = paotui(
        "playbook", "preview", str(folder / "check.yaml"), "--roster", str(folder / "rooms.csv"),
        "--from", "2099-06-01", "--to", "2099-06-30", PAOTUI_VAR=str(folder),
    )  # fmt: skip
    assert done.returncode == 1
    assert "2099" in done.stderr


def test_a_member_of_an_unknown_role_is_refused(folder):
    done = paotui(
        "playbook", "preview", str(folder / "check.yaml"), "--roster", str(folder / "rooms.csv"),
        "--member", "mayor=Somebody", PAOTUI_VAR=str(folder),
    )  # fmt: skip
    assert done.returncode == 1
    assert "no role mayor; it has office" in done.stderr


def test_cases_pass_and_a_case_that_comes_out_otherwise_fails(folder):
    assert paotui("playbook", "test", str(folder / "check.yaml")).returncode == 0
    (folder / "check.cases.yaml").write_text(CASES.replace("work_orders: 1", "work_orders: 2"), encoding="utf-8")
    done = paotui("playbook", "test", str(folder / "check.yaml"))
    assert done.returncode == 1
    assert "expected 2, got 1" in done.stdout


def test_a_playbook_without_cases_is_told_where_to_write_them(folder):
    (folder / "check.cases.yaml").unlink()
    done = paotui("playbook", "test", str(folder / "check.yaml"))
    assert done.returncode == 1
    assert "check.cases.yaml" in done.stderr


def test_a_diagram_is_written_where_asked(folder):
    assert paotui("playbook", "diagram", "s5-reopening", "--out", str(folder / "d.mmd")).returncode == 0
    assert "flowchart" in (folder / "d.mmd").read_text(encoding="utf-8")


def test_a_key_that_is_not_shipped_is_answered_with_those_that_are():
    done = paotui("playbook", "diagram", "s9-parade")
    assert done.returncode == 1
    assert "s5-reopening" in done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_is_answered_in_its_language(folder, language):
    done = paotui("playbook", "diagram", str(folder / "check.yaml"), PAOTUI_LANGUAGE=language)
    assert {"zh": "现场检查", "en": "Check on the spot"}[language] in done.stdout
