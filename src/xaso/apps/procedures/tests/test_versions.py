"""Loading makes versions: once for each content, pinned for ever, in force by their days."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.procedures import facade, memory
from xaso.apps.procedures.models import ProcedureVersion
from xaso.apps.procedures.tests.samples import CODE, sample, texts, written
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
COMMUNE = uuid7()

pytestmark = pytest.mark.django_db


def test_the_same_files_again_change_nothing() -> None:
    shipped = len(list((settings.CATALOGUE_DIR / "procedures").rglob("*.yaml")))
    first = facade.load_catalogue(settings.CATALOGUE_DIR, now=NOW)
    again = facade.load_catalogue(settings.CATALOGUE_DIR, now=LATER)
    assert (len(first.new), first.unchanged, first.retired) == (shipped, 0, ())
    assert (again.new, again.unchanged, again.retired) == ((), shipped, ())
    assert ProcedureVersion.objects.count() == shipped


def test_a_changed_file_is_a_new_version_and_the_old_one_stays_readable(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(written(sample()))
    facade.load_catalogue(tmp_path, now=NOW)
    pinned = facade.current(COMMUNE, CODE, ON)
    file.write_bytes(written(sample(plain_name=texts("Báo nuôi ong rừng"))))
    done = facade.load_catalogue(tmp_path, now=LATER)
    assert (done.new, done.retired) == ((CODE,), ())
    fresh = facade.current(COMMUNE, CODE, ON)
    assert pinned is not None
    assert fresh is not None
    assert (pinned.plain_name["vi"], fresh.plain_name["vi"]) == ("Báo nuôi ong mật", "Báo nuôi ong rừng")
    assert facade.get_version(pinned.id) is pinned
    assert pinned.digest != fresh.digest


def test_of_two_versions_each_counts_on_its_own_days(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(written(sample(valid_until="2026-12-31")))
    (tmp_path / "b.yaml").write_bytes(written(sample(valid_from="2027-01-01", plain_name=texts("Từ năm mới"))))
    facade.load_catalogue(tmp_path, now=NOW)
    names = {
        day: (found.plain_name["vi"] if (found := facade.current(COMMUNE, CODE, day)) else None)
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(names.values()) == [None, "Báo nuôi ong mật", "Báo nuôi ong mật", "Từ năm mới"]


def test_a_file_that_is_gone_retires_its_version_and_brings_it_back_with_it(tmp_path: Path) -> None:
    facade.load_catalogue(settings.CATALOGUE_DIR, now=NOW)
    file = tmp_path / "a.yaml"
    file.write_bytes(written(sample()))
    facade.load_catalogue(tmp_path, now=NOW)
    pinned = facade.current(COMMUNE, CODE, ON)
    assert pinned is not None
    content = file.read_bytes()
    file.unlink()
    assert facade.load_catalogue(tmp_path, now=LATER).retired == (CODE,)
    assert facade.current(COMMUNE, CODE, ON) is None
    assert facade.get_version(pinned.id).code == CODE
    assert facade.current(COMMUNE, "1.001193", ON) is not None
    file.write_bytes(content)
    assert facade.load_catalogue(tmp_path, now=LATER).new == (CODE,)
    back = facade.current(COMMUNE, CODE, ON)
    assert back is not None
    assert back.id == pinned.id


def test_one_wrong_file_loads_none(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(written(sample()))
    (tmp_path / "b.yaml").write_bytes(written(sample(code="9.000002", slug="hai", issued_by="nobody")))
    with pytest.raises(facade.CatalogueError) as caught:
        facade.load_catalogue(tmp_path, now=NOW)
    assert caught.value.faults == ["b.yaml: issued_by: 'nobody' is not one of ['commune', 'ministry_system', 'police']"]
    assert ProcedureVersion.objects.count() == 0
    with pytest.raises(CommandError, match="issued_by"):
        call_command("load_catalogue", str(tmp_path))


def test_loading_is_written_down(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(written(sample()))
    facade.load_catalogue(tmp_path, now=NOW)
    lines = audit.history_of("catalogue")
    assert [(line.verb, line.detail) for line in lines] == [("procedures.catalogue_loaded", {"new": [CODE], "retired": []})]


def test_what_is_remembered_costs_no_query(catalogue: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    commune = people.commune()
    memory.snapshot()
    with django_assert_num_queries(0):
        version = facade.current(commune.id, "2.000815", ON)
        assert version is not None
        assert facade.version(version.id) is version
        assert facade.filing_place(commune.id, version, "counter") == "here"
        assert facade.issuer(commune.id, version) == "commune"
        assert facade.search(commune.id, "sao y", "vi", 5)
        assert facade.listed(commune.id, "vi")
        answers = {"documents": [{"name": "Căn cước", "pages": 2, "copies": 5}]}
        assert facade.compute_fee(commune.id, version, answers, on=ON).total_vnd == 20_000


def test_looking_again_costs_one_query_while_nothing_changed(catalogue: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = memory.snapshot()
    memory.forget()
    with django_assert_num_queries(1):
        assert memory.snapshot() is before


def test_an_unknown_version_is_none_or_refused() -> None:
    assert facade.version(uuid7()) is None
    with pytest.raises(Refusal, match=r"procedures\.not_found"):
        facade.get_version(uuid7())
