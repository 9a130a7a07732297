"""What the library ships can be launched as it stands, and does what the examples beside it say."""

from __future__ import annotations

from importlib import resources

import pytest

from paotui.playbooks import cases
from paotui.playbooks.lint import lint
from paotui.playbooks.loader import Loaded, load
from paotui.worktime import official

FOLDER = resources.files("paotui.library") / "playbooks"
NAMES = sorted(
    file.name.removesuffix(".yaml")
    for file in FOLDER.iterdir()
    if file.name.endswith(".yaml") and not file.name.endswith(".cases.yaml")
)
STORIES = {"S1", "S2", "S3", "S4", "S5", "S6", "S7"}


def loaded(name: str) -> Loaded:
    return load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), name=f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_playbook_says_nothing_that_cannot_work(name):
    assert [str(problem) for problem in lint(loaded(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_beside_a_playbook_come_out_as_written(name):
    file = FOLDER / f"{name}.cases.yaml"
    results = cases.run(loaded(name), file.read_text(encoding="utf-8"), file.name, official())
    assert [failure.en for result in results for failure in result.failures] == []
    assert sum(result.checks for result in results) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_a_playbook_is_found_under_its_own_key(name):
    assert loaded(name).playbook.playbook == name


def test_the_library_covers_the_seven_stories():
    assert {loaded(name).playbook.story for name in NAMES} == STORIES


def test_no_two_playbooks_of_a_story_share_the_name_of_a_figure():
    named = [loaded(name).playbook.figure_name(figure) for name in NAMES for figure in loaded(name).playbook.figures]
    assert sorted(named) == sorted(set(named))


@pytest.mark.parametrize("name", NAMES)
def test_no_playbook_asks_for_a_photo_or_a_position(name):
    asked = {one.kind for measure in loaded(name).playbook.measures for one in measure.evidence}
    assert not asked & {"photo", "position"}


@pytest.mark.parametrize("name", NAMES)
def test_every_personal_field_says_why_it_is_asked(name):
    playbook = loaded(name).playbook
    fields = [*playbook.target.facts, *(field for measure in playbook.measures for field in measure.record)]
    assert [field.name for field in fields if field.personal and field.why is None] == []
