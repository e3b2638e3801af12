"""A result signed while the time-stamp server was down is given out, says what it lacks, and becomes its stamped form later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import results
from xaso.apps.dossiers.models import Dossier, Result
from xaso.apps.dossiers.testing import POOR, Office
from xaso.apps.dossiers.verification import find_card
from xaso.apps.signing import facade as signing
from xaso.apps.signing import testing as stamps
from xaso.platform import clock, files, outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def program() -> Iterator[stamps.Standin]:
    with stamps.running() as standin:
        yield standin


@pytest.fixture
def server(program: stamps.Standin, office: Office, monkeypatch: pytest.MonkeyPatch) -> stamps.Standin:
    testing.give_certificates(office)
    stamps.take_into_use(program, monkeypatch)
    return program


def solved(office: Office) -> Dossier:
    return results.sign_result(office.signer, testing.in_review(office, POOR).id, clock=clock.now)


def how_proven(dossier: Dossier) -> str:
    card = find_card(Result.objects.get(dossier=dossier).token)
    assert card is not None
    return next(str(value) for label, value in card.rows if str(label) == "Chứng minh giờ ký")


def client_of(office: Office) -> Client:
    assert office.officer.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=office.officer.account_id))
    return client


def page_of(office: Office, dossier: Dossier) -> str:
    return client_of(office).get(f"/ho-so/{dossier.code}/").content.decode()


def test_a_result_bears_its_time_stamp_from_the_start(server: stamps.Standin, office: Office) -> None:
    dossier = solved(office)

    assert how_proven(dossier).startswith("Dấu thời gian ")
    assert "Dấu thời gian " in page_of(office, dossier)


def test_a_result_signed_while_the_server_was_down_becomes_its_stamped_form(server: stamps.Standin, office: Office) -> None:
    server.control(stamps="down")
    dossier = solved(office)
    before = Result.objects.get(dossier=dossier).file
    assert before is not None
    assert (dossier.state, dossier.delivery_state) == ("solved", "ready")
    assert "Chưa có dấu thời gian" in how_proven(dossier)
    assert "Chưa có dấu thời gian" in page_of(office, dossier)

    server.control(stamps="good")
    stamps.be_patient()
    assert stamps.add_stamps(clock.now()) == 1
    assert Result.objects.get(dossier=dossier).file_id == before.pk
    outbox.relay(clock.now() + timedelta(seconds=1))

    after = Result.objects.get(dossier=dossier).file
    assert after is not None
    assert after.pk != before.pk
    assert files.read(after).startswith(files.read(before))
    assert [(one.verdict, one.level) for one in signing.verify(files.read(after))] == [("valid", "B-T")] * 2
    assert how_proven(dossier).startswith("Dấu thời gian ")
    assert b"".join(client_of(office).get(f"/ho-so/{dossier.code}/ket-qua/")).startswith(b"%PDF")
