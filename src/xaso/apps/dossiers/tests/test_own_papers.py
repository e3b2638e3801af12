"""`/giay-to-cua-toi/`: a citizen finds her results and digitised papers in one place, and nobody else's."""

from datetime import timedelta

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Attachment, Dossier, Reading, Result
from xaso.apps.dossiers.testing import MORNING, POOR, Office
from xaso.apps.dossiers.tests.test_papers_used_again import client_of, given_and_confirmed
from xaso.platform import files
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db
PAGE = "/giay-to-cua-toi/"


@pytest.fixture
def paper(office: Office) -> Attachment:
    return given_and_confirmed(office, testing.examining(office, testing.BIRTH), valid_until=MORNING.date() + timedelta(days=30))


def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def sent(client: Client, paper: Attachment) -> bytes:
    answer = client.get(f"{PAGE}{paper.id}/")
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer)
    answer.close()
    return content


def test_a_digitised_paper_is_hers_to_download(office: Office, paper: Attachment) -> None:
    client = client_of(office.owner)
    page = text(client)

    assert f'href="{PAGE}{paper.id}/"' in page
    assert "Còn giá trị đến hết ngày 19/12/2026." in page
    assert "Xã chưa nối với kho dữ liệu điện tử của Cổng quốc gia" in page
    assert sent(client, paper) == files.read(paper.file)


def test_the_signed_copy_is_sent_in_place_of_the_scan(office: Office, paper: Attachment) -> None:
    copy = files.keep(pdf(2), name="ky.pdf", media_type="application/pdf", commune_id=office.commune_id, now=MORNING)
    Reading.objects.filter(attachment=paper).update(signed_copy=copy)
    client = client_of(office.owner)

    assert "bản có chữ ký số của cán bộ" in text(client)
    assert sent(client, paper) == files.read(copy)


def test_nobody_else_sees_it(office: Office, paper: Attachment) -> None:
    stranger = client_of(office.stranger)

    assert str(paper.id) not in text(stranger)
    assert stranger.get(f"{PAGE}{paper.id}/").status_code == 404
    assert [client_of(office.desk).get(one).status_code for one in (PAGE, f"{PAGE}{paper.id}/")] == [404, 404]
    assert Client().get(PAGE)["Location"] == f"/dang-nhap/?next={PAGE}"


def test_what_no_person_compared_or_what_was_removed_is_not_there(office: Office, paper: Attachment) -> None:
    Reading.objects.filter(attachment=paper).update(state="read")
    assert str(paper.id) not in text(client_of(office.owner))

    Reading.objects.filter(attachment=paper).update(state="confirmed")
    Attachment.objects.filter(pk=paper.pk).update(removed_at=MORNING)
    assert client_of(office.owner).get(f"{PAGE}{paper.id}/").status_code == 404


def test_a_signed_result_is_there_once_its_fee_is_paid(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.solved(office, POOR)
    client = client_of(office.owner)
    number = Result.objects.get(dossier=dossier).number

    assert number in text(client)
    assert f'href="/ho-so/{dossier.code}/ket-qua/"' in text(client)

    Dossier.objects.filter(pk=dossier.pk).update(money_state="due")
    assert number not in text(client)


def test_without_any_it_says_so(office: Office) -> None:
    page = text(client_of(office.stranger))

    assert "Chưa có kết quả nào để tải." in page
    assert "Chưa có giấy tờ nào được số hóa." in page
