"""The charge of the post: set with its source, kept on record, told as it stands; the server's old option counts until then."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions.post_charge import set_post_charge
from xaso.apps.dossiers.models import PostCharge
from xaso.apps.dossiers.queries import Charge
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

PAGE = "/quan-tri/cuoc-buu-chinh/"
SAID = {"amount": "30.000", "source": "Bưu điện Bảo Nhai", "checked_on": "05/11/2026"}
TODAY = MORNING.date()

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(testing.account_of(actor))
    return client


def test_the_option_counts_until_an_administrator_sets_the_charge(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.post_charge(office.commune_id) == Charge(None)
    monkeypatch.setenv("XASO_POST_FEE_VND", "25000")
    client = client_of(office.administrator)
    assert queries.post_charge(office.commune_id) == Charge(25_000)
    assert "XASO_POST_FEE_VND" in client.get(PAGE).content.decode()

    assert client.post(PAGE, SAID)["Location"] == PAGE
    assert client.post(PAGE, SAID | {"confirmed": "1", "amount": "31.000"})["Location"] == PAGE
    charge = queries.post_charge(office.commune_id)
    assert (charge.amount_vnd, charge.confirmed, charge.source) == (31_000, True, "Bưu điện Bảo Nhai")
    assert [(one.amount_vnd, one.confirmed) for one in queries.post_charges(office.commune_id)] == [(31_000, True), (30_000, False)]
    assert [line.detail["amount_vnd"] for line in audit.history_of(f"commune:{office.commune_id}")] == [30_000, 31_000]
    assert "XASO_POST_FEE_VND" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("charge", "words"),
    [
        (Charge(30_000, confirmed=True, source="x", checked_on=TODAY), "Cước 30.000 đ, bưu tá thu khi giao"),
        (Charge(30_000, source="x", checked_on=TODAY), "Cước khoảng 30.000 đ, bưu tá thu khi giao, cần xác nhận với bưu điện"),
        (Charge(None, source="x", checked_on=TODAY), "Chưa rõ cước, cần hỏi bưu điện"),
    ],
)
def test_the_applicant_reads_how_far_it_is_known(office: Office, charge: Charge, words: str) -> None:
    set_post_charge(office.administrator, charge, now=MORNING)
    client = client_of(office.owner)
    begun = client.post(f"/nop-ho-so/{testing.COPY}/")["Location"]

    assert words in client.get(begun).content.decode().replace("\u00a0", " ")


WRONG = ({"source": " "}, {"checked_on": ""}, {"checked_on": "05/11/2099"}, {"amount": "ba mươi"}, {"amount": "99.999.999"})


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_changes_nothing_and_stays_typed(office: Office, wrong: dict[str, str]) -> None:
    answer = client_of(office.administrator).post(PAGE, SAID | wrong)

    assert (answer.status_code, PostCharge.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode()


def test_only_an_administrator_sets_it(office: Office) -> None:
    charge: Any = Charge(1, source="x", checked_on=TODAY)
    with pytest.raises(Refusal):
        set_post_charge(office.desk, charge, now=MORNING + timedelta(hours=1))
    assert not PostCharge.objects.exists()
