"""Officials and citizens may read English; the papers of the commune speak Vietnamese all the same."""

import pytest
from django.utils.translation import override

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import intake
from xaso.apps.dossiers.models import Result, Slip
from xaso.apps.dossiers.papers.results import result_paper
from xaso.apps.dossiers.papers.signers import Signer
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.dossiers.testing import MORNING
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures

pytestmark = pytest.mark.django_db


def test_a_slip_issued_by_an_official_who_reads_english_is_vietnamese() -> None:
    office = testing.office()
    dossier = testing.submitted(office, testing.BIRTH)

    with override("en"):
        intake.accept(office.desk, dossier.id, now=MORNING)

    data = Slip.objects.get(dossier=dossier).data
    assert data["return_place"].startswith("Quầy một cửa")
    assert data["fee"]["total_words"] == "không thu"


def test_a_result_signed_by_an_official_who_reads_english_is_vietnamese() -> None:
    office = testing.office()
    dossier = testing.in_review(office)
    version = procedures.get_version(dossier.version_id)
    commune = people.commune_of(dossier.commune_id)

    with override("en"):
        paper = result_paper(
            commune,
            version,
            dossier,
            Result.objects.get(dossier=dossier),
            7,
            signer=Signer("Nông Thị Chanh", "Phó Chủ tịch"),
            now=MORNING,
        )

    assert paper.data["signer"]["titles"] == ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]
    assert paper.data["agency"]["parent"] == "Ủy ban nhân dân"


def test_the_procedure_is_named_in_the_language_of_the_page() -> None:
    dossier = testing.submitted(testing.office(), testing.BIRTH)

    with override("en"):
        assert plain_name(dossier) == "Register a birth"
    assert plain_name(dossier) == dossier.procedure_name == "Làm giấy khai sinh"
