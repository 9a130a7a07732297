"""The organisation tree, places and their positions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from paotui.registry.actions import districts, organisations, places
from paotui.registry.actors import Actor
from paotui.registry.errors import Conflict, Invalid, NotAllowed
from paotui.registry.models import LedgerEntry, Organisation
from paotui.registry.queries import organisations as query
from paotui.registry.queries import places as place_query
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODE = "914403001922038216"  # published, so its check character fits


@pytest.fixture
def district():
    return districts.create(code="410103", name="二七区", name_en="Erqi District", is_sample=True, at=make.AT)


@pytest.fixture
def system(district):
    return Actor.system(district)


def register(district, by, name, kind="bureau", **rest):
    return organisations.register(district=district, kind=kind, name=name, by=by, at=make.AT, **rest)


def test_a_district_starts_its_ledger_with_its_own_creation(district):
    assert LedgerEntry.objects.get().action == "district.create"


def test_a_district_code_is_used_once(district):
    with pytest.raises(Conflict, match="410103"):
        districts.create(code="410103", name="二七区", at=make.AT)


def test_a_subtree_is_the_organisation_and_all_below_it(district, system):
    root = register(district, system, "区政府", kind="district")
    bureau = register(district, system, "人社局", parent=root)
    section = register(district, system, "就业科", parent=bureau)
    register(district, system, "住建局", parent=root)
    assert list(query.subtree(bureau)) == [bureau, section]
    assert section.path == f"/{root.pk}/{bureau.pk}/{section.pk}/"
    assert query.root_paths(district) == [root.path]


def test_names_are_kept_tidy_and_once(district, system):
    bureau = register(district, system, "　二七区 人社局（本级）")
    assert bureau.name == "二七区人社局(本级)"
    assert query.named(district, "二七区人社局(本级）") == bureau
    with pytest.raises(Conflict, match="二七区人社局"):
        register(district, system, "二七区人社局(本级)")


def test_an_enterprise_without_a_parent_has_no_say_over_the_district(district, system):
    root = register(district, system, "区政府", kind="district")
    enterprise = register(district, system, "样本公司", kind="enterprise")
    assert query.root_paths(district) == [root.path]
    with pytest.raises(NotAllowed):
        register(district, make.actor("administrator", enterprise), "别处")
    register(district, make.actor("administrator", root), "别处")


@pytest.mark.parametrize("typed", ["人社", "rsj", "renshe", "eqq", "Human"])
def test_organisations_are_found_by_characters_pinyin_initials_and_english(district, system, typed):
    bureau = register(district, system, "二七区人社局", name_en="Human Resources Bureau")
    register(district, system, "住建中心")
    assert query.find(district, typed) == [bureau]


def test_only_an_administrator_registers_organisations_and_only_below_his_own(district, system):
    root = register(district, system, "区政府", kind="district")
    bureau = register(district, system, "人社局", parent=root)
    administrator = make.actor("administrator", bureau)
    register(district, administrator, "就业科", parent=bureau)
    for parent in (root, None):
        with pytest.raises(NotAllowed):
            register(district, administrator, "别处", parent=parent)
    with pytest.raises(NotAllowed):
        register(district, make.actor("leader", root), "别处", parent=bureau)
    assert not Organisation.objects.filter(name="别处").exists()


def test_a_parent_in_another_district_is_refused(district, system):
    foreign = make.organisation(make.district("410102", "中原区"))
    with pytest.raises(NotAllowed):
        register(district, system, "就业科", parent=foreign)


def test_a_kind_that_does_not_exist_is_refused_with_the_list(district, system):
    with pytest.raises(Invalid, match="bureau"):
        organisations.register(district=district, kind="ministry", name="部", by=system, at=make.AT)


def test_one_credit_code_is_one_organisation(district, system):
    register(district, system, "样本公司", credit_code=CODE)
    with pytest.raises(Conflict, match="样本公司"):
        register(district, system, "样本公司二", credit_code=CODE)


def place(district, by, **rest):
    return places.register(district=district, kind="exam_site", name="样本中学考点", by=by, at=make.AT, **rest)


def test_a_place_keeps_its_position_as_given_and_derives_wgs84(district, system):
    site = place(district, system, x=Decimal("113.6401"), y=Decimal("34.7242"), crs="gcj02")
    site.refresh_from_db()
    assert (site.x, site.y, site.crs) == (Decimal("113.6401000"), Decimal("34.7242000"), "gcj02")
    assert site.longitude == pytest.approx(113.6340, abs=5e-4)
    assert site.latitude == pytest.approx(34.7253, abs=5e-4)


def test_a_place_may_have_no_position_yet(district, system):
    site = place(district, system)
    assert (site.x, site.longitude) == (None, None)


@pytest.mark.parametrize(
    ("x", "y", "crs", "said"),
    [
        ("34.7", "113.6", "gcj02", "swapped"),
        ("38456789", "3845678", "cgcs2000", "degrees"),
        ("0", "0", "wgs84", "degrees"),
        ("113.6", None, "gcj02", "one"),
        ("113.6", "34.7", "gps", "gps"),
        ("NaN", "34.7", "gcj02", "degrees"),
    ],
)
def test_a_position_that_cannot_be_is_refused(district, system, x, y, crs, said):
    with pytest.raises(Invalid, match=said):
        place(district, system, x=Decimal(x), y=y and Decimal(y), crs=crs)


def test_a_place_is_registered_once_per_kind(district, system):
    place(district, system)
    with pytest.raises(Conflict):
        place(district, system)


def test_places_are_found_by_initials(district, system):
    site = place(district, system)
    assert place_query.find(district, "ybzx") == [site]


def test_staff_do_not_register_places(district, system):
    bureau = register(district, system, "人社局")
    with pytest.raises(NotAllowed):
        place(district, make.actor("staff", bureau), organisation=bureau)


def test_a_name_longer_than_its_column_is_refused_on_every_database(district, system):
    with pytest.raises(Invalid, match="120"):
        register(district, system, "样" * 121)
    with pytest.raises(Invalid, match="200"):
        place(district, system, address="样" * 201)
