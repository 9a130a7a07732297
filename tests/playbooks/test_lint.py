from __future__ import annotations

import pytest

from paotui.playbooks.catalogue import shipped
from paotui.playbooks.errors import Problem
from paotui.playbooks.lint import errors, lint
from paotui.playbooks.loader import load
from paotui.registry.models import OrganisationKind
from tests.playbooks.cast import loaded


def changed(name: str, *changes: tuple[str, str]) -> list[Problem]:
    text = loaded(name).source
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return lint(load(text, name=f"{name}.yaml"))


@pytest.mark.parametrize("name", ["reopening", "exam", "study"])
def test_a_sound_playbook_has_no_problems(name: str) -> None:
    assert lint(loaded(name)) == []


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_the_shipped_playbooks_have_no_problems(one) -> None:  # type: ignore[no-untyped-def]
    assert [str(problem) for problem in lint(one, kinds=OrganisationKind.values)] == []


CASES = [
    # names
    ("reopening", ("after: [visit, rectify]", "after: [visit, rectfy]"), "unknown-name", "Did you mean `rectify`?"),
    ("reopening", ("roles: [health, market, street]", "roles: [helth, market, street]"), "unknown-name", "`health`"),
    ("reopening", ("review: lead", "review: boss"), "unknown-name", "There are: lead, health, market"),
    ("reopening", ("approver: lead", "approver: boss"), "unknown-name", "no role called boss"),
    ("reopening", ("on: {measure: visit", "on: {measure: vist"), "unknown-name", "`visit`"),
    ("reopening", ("[{fact: boarding, is: true}]", "[{fact: boardin, is: true}]"), "unknown-name", "`boarding`"),
    ("reopening", ("[{value: passed, is: false}]", "[{value: pased, is: false}]"), "unknown-name", "`passed`"),
    ("reopening", ("of: [decision]", "of: [decisions]"), "unknown-name", "`decision`"),
    ("reopening", ("sum: cost", "sum: costs"), "unknown-name", "`cost`"),
    ("reopening", ("after: notice}", "after: notic}"), "unknown-name", "`notice`"),
    ("exam", ("around: paper", "around: papers"), "unknown-name", "`paper`"),
    ("exam", ("on: paper}", "on: papper}"), "unknown-name", "`paper`"),
    ("exam", ("fact: inspected_on}", "fact: inspected}"), "unknown-name", "`inspected_on`"),
    ("exam", ("fact: inspected_on}", "fact: candidates}"), "event-fact", "of type integer and gives no date"),
    ("study", ("behind: {measure: session}", "behind: {measure: sesion}"), "unknown-name", "`session`"),
    ("reopening", ("- id: canteen", "- id: materials"), "duplicate-name", "materials is there already"),
    ("reopening", ("{value: refused,", "{value: granted,"), "duplicate-name", "granted is there already"),
    ("reopening", ("name: boarding", "name: notice"), "ambiguous-name", "notice names more than one thing"),
    ("reopening", ("type: money, req", "type: money, same_as: notice.itens, req"), "unknown-name", "`notice.items`"),
    ("reopening", ("type: money, req", "type: money, same_as: notice.items, req"), "same-as-type", "of type integer"),
    # roles
    (
        "reopening",
        ("  - {name: school,", "  - {name: fire, label: {zh: 消防, en: Fire}}\n  - {name: school,"),
        "role-unused",
        "fire",
    ),
    ("exam", ("en: Facilities office}}", "en: Facilities office}, held_by: target}"), "role-nobody", "no organisation"),
    ("reopening", ("held_by: fact, fact: street", "held_by: fact, fact: students"), "role-fact", "nobody can be found"),
    ("reopening", ("type: organisation}", "type: organisation, required: false}"), "role-fact-optional", "street"),
    # flow
    (
        "reopening",
        ("    due: {working_days: 1}", "    after: [visit]\n    due: {working_days: 1}"),
        "cycle",
        "→ notice",
    ),
    ("reopening", ("after: [visit, rectify]", "after: [rectify]"), "waits-for-arising", "Name visit as well"),
    (
        "reopening",
        ("    on: {measure: visit", "    after: [notice]\n    on: {measure: visit"),
        "arises-and-waits",
        "`on`",
    ),
    (
        "reopening",
        ("is: true}]\n    after", "is: true}, {fact: boarding, is: false}]\n    after"),
        "never",
        "boarding is True, boarding is False",
    ),
    ("reopening", ("{fact: boarding, is: true}", "{fact: students, known: false}"), "never", "students known False"),
    (
        "reopening",
        ("passed, is: false}]", "hazards, at_least: 3}, {value: hazards, at_most: 2}]"),
        "never",
        "hazards at_least 3",
    ),
    # conditions
    ("reopening", ("{fact: boarding, is: true}", '{fact: boarding, is: "yes"}'), "comparison-type", "such as true"),
    ("reopening", ("{fact: boarding, is: true}", "{fact: boarding, at_least: 1}"), "comparison", "type boolean"),
    ("reopening", ("{value: outcome, is: granted}", "{value: outcome, is: grantd}"), "unknown-choice", "`granted`"),
    ("reopening", ("{fact: boarding, is: true}", "{value: boarding, is: true}"), "no-record", "use `fact`"),
    ("exam", ("{clock: true, before: 06:00}", "{clock: true, before: 6}"), "comparison-type", "such as 06:00"),
    # deadlines
    ("study", ("per: month}", "per: month}\n    due: {hours: 2}"), "quota-due", "end of its period"),
    ("exam", ("before_minutes: 60, after_minutes: 45, ", ""), "no-rounds", "there is no round"),
    ("exam", ("type: date}", "type: date, required: false}"), "maybe-no-time", "known: true"),
    ("exam", ("before: 06:00, on: paper", "before: 06:00, on: [2020-07-06]"), "before-elsewhere", "2020-07-07"),
    (
        "exam",
        ("before: 06:00, on: paper", "before: 06:00, on: [2020-07-07, 2020-07-08]"),
        "before-elsewhere",
        "on: paper",
    ),
    ("reopening", ("due: {calendar_days: 7, after: ready}", "due: {calendar_days: 7}"), "arises-from-launch", "ready"),
    (
        "reopening",
        ("{working_days: 5, after: notice}", "{working_days: 5, after: visit}"),
        "not-a-predecessor",
        "visit",
    ),
    ("reopening", ("{working_days: 5, after: notice}", "{working_days: 0}"), "due-too-early", "before notice"),
    ("reopening", ("{working_days: 5, after: notice}", "{hours: 240}"), None, ""),
    ("reopening", ("due: {working_days: 1}\n", "due: {working_days: 5}\n"), None, ""),
    ("exam", ("after_minutes: 45", "after_minutes: 181"), "rounds-overlap", "before 07-07 15:00"),
    # records
    ("reopening", ("{name: hazards,", "{name: students,"), "asked-twice", "asked already in target"),
    ("reopening", ("{name: plan,", "{name: items,"), "asked-twice", "same_as: notice.items"),
    ("reopening", ("en: Reopening plan}", "en: ''}"), "translation", "复课方案 has no English text"),
    ("exam", (", unit: {zh: 公斤, en: kg}", ""), "unit", "kilograms has no unit"),
    (
        "exam",
        ("type: decimal, unit: {zh: 公斤", "type: decimal, minimum: 3, maximum: 2, unit: {zh: 公斤"),
        "range",
        "above",
    ),
    ("reopening", ("en: Passed}, type: boolean", "en: Passed}, type: choice"), "choices", "needs them"),
    ("reopening", ("en: Reopening plan}", "en: Reopening plan}, personal: true"), "personal", "does not say why"),
    # figures
    ("reopening", ("sum: cost", "sum: passed"), "sum-type", "type boolean, which has no sum"),
    ("reopening", ("decimals: 2", "decimals: 0"), "money-decimals", "decimals: 2"),
    ("reopening", ("sum: cost, of: [visit]", "sum: cost, of: [visit, notice]"), "never-counted", "notice have no cost"),
    ("reopening", ("of: [decision], where", "of: [decision], every: true, where"), "every", "several measures"),
    ("reopening", ("sum: cost, of: [visit]", "count: targets, of: [visit]"), "targets-of", "distinct: target"),
    ("study", ("repeat: {at_least: 2, per: month}", "due: {end_of: month}"), "no-quota", "no quota to be behind"),
    (
        "exam",
        ("of: [sweep], where: [{clock: true, before: 06:00}]", "of: [sweep], where: [{value: kg, is: 1}]"),
        "unknown-name",
        "kg",
    ),
]


@pytest.mark.parametrize(
    ("name", "change", "code", "said"), CASES, ids=[f"{code}-{n}" for n, (_, _, code, _) in enumerate(CASES)]
)
def test_what_cannot_work_is_found_and_answered(
    name: str, change: tuple[str, str], code: str | None, said: str
) -> None:
    found = changed(name, change)
    if code is None:
        assert [one for one in found if one.code == "due-too-early"] == []
        return
    matching = [one for one in found if one.code == code and said in str(one)]
    assert matching, [str(one) for one in found]
    assert matching[0].line > 1
    assert matching[0].in_language("zh-hans") != str(matching[0])


EVIDENCE = "    minutes: 60\n    evidence:\n      - {kind: photo, label: {zh: 照片, en: Photo}%s}\n"


def with_evidence(more: str) -> list[Problem]:
    return changed("reopening", ("    minutes: 60\n", EVIDENCE % more))


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("", "why, basis, expires missing"),
        (", why: {zh: 留证, en: Proof}", "basis, expires missing"),
        (", why: {zh: 留证, en: Proof}, basis: 某规定第三条", "expires missing"),
    ],
)
def test_a_photo_without_reason_basis_and_expiry_does_not_pass(more: str, missing: str) -> None:
    (found,) = errors(with_evidence(more))
    assert (found.code, found.path) == ("evidence", "measures[3].evidence[0]")
    assert missing in found.message


def test_a_photo_with_reason_basis_and_expiry_passes() -> None:
    assert with_evidence(", why: {zh: 留证, en: Proof}, basis: 某规定第三条, expires: 2020-12-31") == []


def test_what_would_arise_from_a_measure_that_never_happens_is_found_too() -> None:
    never = (
        "    after: [materials, canteen]",
        "    when: [{fact: students, at_least: 9}, {fact: students, at_most: 2}]",
    )
    found = {one.path: one for one in changed("reopening", never) if one.code == "never"}
    assert set(found) == {"measures[3].when", "measures[4].on.measure"}
    assert found["measures[4].on.measure"].message == "it arises from visit, which never happens"


def test_kinds_of_organisation_are_checked_when_they_are_known() -> None:
    text = loaded("exam").source.replace("en: Facilities office}}", "en: Facilities office}, kinds: [center]}")
    playbook = load(text, name="x.yaml")
    assert lint(playbook) == []
    (found,) = lint(playbook, kinds=["centre", "bureau"])
    assert found.remedy == "Did you mean `centre`?"


def test_a_playbook_without_its_file_can_be_checked_too() -> None:
    playbook = load(loaded("study").source.replace("roles: [body]", "roles: [bdy]"), name="x").playbook
    assert str(lint(playbook)[0]) == ("study: measures[0].roles[0]: there is no role called bdy. Did you mean `body`?")
