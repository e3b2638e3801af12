"""What a person or an official is found by has its index, and rows without it are not in it: SQLite tells how it would look."""

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q

from xaso.apps.dossiers.models import Dossier, Step
from xaso.platform.append_only import is_append_only

COMMUNE, SOMEBODY = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Q(citizen_id=SOMEBODY), "dossier_citizen"),
        (Q(commune_id=COMMUNE, applicant_phone_blind__of="0912345678"), "dossier_phone"),
        (Q(commune_id=COMMUNE, applicant_personal_number_blind__of="000190123456"), "dossier_number"),
        (Q(village_id=SOMEBODY), "dossier_village"),
    ],
)
def test_a_dossier_is_found_by_the_index_of_what_is_asked(asked: Q, index: str) -> None:
    assert f"INDEX {index} " in Dossier.objects.filter(asked).explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Q(commune_id=COMMUNE), "dossier_register"),
        (Q(commune_id=COMMUNE, state="submitted"), "dossier_state"),
        (Q(commune_id=COMMUNE, procedure_code="2.000815"), "dossier_procedure"),
    ],
)
@pytest.mark.parametrize("order", ["submitted_at", "-submitted_at"])
def test_newest_and_oldest_first_are_read_in_the_order_of_the_index(asked: Q, index: str, order: str) -> None:
    plan = Dossier.objects.filter(asked).order_by(order).explain()

    assert f"INDEX {index} " in plan
    assert "TEMP B-TREE" not in plan


def test_steps_are_found_by_their_dossier_and_stay_append_only() -> None:
    assert connection.vendor != "sqlite" or "dossier_id=?" in Step.objects.filter(dossier_id=SOMEBODY).explain()
    assert is_append_only("dossiers_step")
