"""An interlinked procedure: the commune's own result, and parts that other offices decide, each with its own state."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from xaso.apps.dossiers import rules, testing
from xaso.apps.dossiers.actions import delivery, examination
from xaso.apps.dossiers.actions.parts import Heard, move_part
from xaso.apps.dossiers.models import Dossier, DossierPart
from xaso.apps.dossiers.testing import BIRTH, MORNING, Office
from xaso.apps.notices import facade as notices
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.platform import clock, outbox

LINKED = "3.000722"
PHONE = "0912345678"
TODAY = date(2026, 11, 20)
LATER = MORNING + timedelta(days=1)
NO_DWELLING = "Chưa có giấy tờ về chỗ ở <b>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = testing.office()
    testing.give_certificates(office)
    return office


def sheet_of(client: Client, address: str) -> Any:
    """Return the first sheet of a workbook that is sent at once."""
    return load_workbook(BytesIO(b"".join(client.get(address)))).worksheets[0]


def signed_in(actor: Any) -> Client:
    client = Client()
    client.force_login(testing.account_of(actor))
    return client


def hear(office: Office, dossier: Dossier, part: str, verb: str, note: str = "", code: str = "") -> DossierPart:
    return move_part(office.desk, dossier.id, part, verb, Heard(TODAY, code, note), now=LATER)


def settled(office: Office, dossier: Dossier) -> Dossier:
    """Return the dossier with its own result given; the fee of a birth in time is none."""
    return delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=LATER)


def test_the_parts_begin_when_the_dossier_is_taken_in_and_not_before(office: Office) -> None:
    testing.submitted(office, LINKED)
    assert not DossierPart.objects.exists()

    dossier = testing.accepted(office, LINKED)
    testing.accepted(office, BIRTH)

    found = DossierPart.objects.values_list("dossier_id", "part_id", "state")
    assert list(found) == [(dossier.id, part, "waiting") for part in ("residence", "health_insurance", "identity_card")]


def test_a_part_whose_office_refuses_does_not_fail_the_dossier(office: Office) -> None:
    dossier = testing.solved(office, LINKED, phone=PHONE)
    hear(office, dossier, "residence", "send_part")
    hear(office, dossier, "residence", "part_refused", NO_DWELLING)

    dossier.refresh_from_db()
    assert (dossier.state, dossier.delivery_state) == ("solved", "ready")
    assert settled(office, dossier).delivery_state == "handed_over"
    states = list(DossierPart.objects.values_list("state", flat=True))
    assert states == ["refused", "waiting", "waiting"]
    assert not rules.is_finished("solved", "handed_over", states)


def test_the_citizen_is_told_of_the_refusal_and_what_to_do(office: Office) -> None:
    dossier = testing.solved(office, LINKED, phone=PHONE)
    hear(office, dossier, "residence", "send_part", code="G01.15-1")
    hear(office, dossier, "residence", "part_refused", NO_DWELLING)
    while outbox.relay(LATER):
        pass

    page = signed_in(office.owner).get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()

    for shown in ("Chưa có giấy tờ về chỗ ở &lt;b&gt;", "Giấy khai sinh của cháu vẫn có giá trị", "Công an xã", "G01.15-1", "cần xác nhận"):
        assert shown in page
    told = [line.body for line in notices.messages_about(office.commune_id, f"dossier:{dossier.id}")]
    assert any("từ chối" in text or "tu choi" in text for text in told)


def test_the_dossier_is_finished_when_its_result_is_given_and_all_parts_have_ended(office: Office) -> None:
    dossier = settled(office, testing.solved(office, LINKED))
    hear(office, dossier, "residence", "send_part")
    hear(office, dossier, "residence", "part_refused", "thiếu giấy")
    hear(office, dossier, "health_insurance", "leave_part_out", "cháu đã có thẻ")
    hear(office, dossier, "identity_card", "send_part")
    page = signed_in(office.owner)
    assert "Mọi phần của hồ sơ đã kết thúc" not in page.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()

    hear(office, dossier, "identity_card", "part_done")

    assert "Mọi phần của hồ sơ đã kết thúc" in page.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()


def test_a_refused_part_may_be_sent_anew(office: Office) -> None:
    dossier = testing.accepted(office, LINKED)
    for verb, note in (("send_part", ""), ("part_refused", "thiếu"), ("send_part", ""), ("part_accepted", ""), ("part_done", "xong")):
        hear(office, dossier, "residence", verb, note)

    assert DossierPart.objects.get(part_id="residence").state == "done"
    dossier.refresh_from_db()
    assert [step.verb for step in dossier.steps.filter(flow="part")][-1] == "part_done"
    assert dossier.steps.count() == dossier.steps_count


def test_who_moves_a_part_by_hand_and_when(office: Office) -> None:
    dossier = testing.accepted(office, LINKED)

    with pytest.raises(MoveRefused):
        move_part(office.signer, dossier.id, "residence", "send_part", Heard(TODAY), now=LATER)
    with pytest.raises(MoveRefused):
        hear(office, dossier, "residence", "part_done")
    with pytest.raises(Refusal, match=r"dossiers\.day_wrong"):
        move_part(office.desk, dossier.id, "residence", "send_part", Heard(TODAY + timedelta(days=1)), now=LATER)
    with pytest.raises(Refusal, match=r"dossiers\.reason_missing"):
        hear(office, dossier, "residence", "leave_part_out", " ")
    with pytest.raises(Refusal, match=r"dossiers\.not_found"):
        hear(office, dossier, "khong_co", "send_part")

    assert set(DossierPart.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_parts_of_a_withdrawn_dossier_stand_still(office: Office) -> None:
    dossier = testing.accepted(office, LINKED)
    examination.withdraw(office.desk, dossier.id, "Làm ở nơi khác", now=LATER)

    with pytest.raises(Refusal, match=r"dossiers\.parts_stand"):
        hear(office, dossier, "residence", "send_part")
    assert dossier.code not in signed_in(office.desk).get("/lien-thong/").content.decode()


def test_the_desk_notes_a_part_on_the_page_of_the_case(office: Office) -> None:
    dossier = testing.accepted(office, LINKED)
    client = signed_in(office.desk)
    today = f"{clock.now():%d/%m/%Y}"

    client.post(f"/ho-so/{dossier.code}/phan/residence/send_part/", {"on": today, "official_code": "G01-1", "note": ""})
    wrong = client.post(f"/ho-so/{dossier.code}/phan/residence/part_refused/", {"on": "mai", "note": "giữ chữ này"}, follow=True)

    part = DossierPart.objects.get(part_id="residence")
    assert (part.state, part.official_code) == ("sent", "G01-1")
    assert "giữ chữ này" in wrong.content.decode()
    assert dossier.code in client.get("/lien-thong/").content.decode()


def test_the_register_counts_one_dossier_and_gives_the_parts_rows_of_their_own(office: Office) -> None:
    dossier = testing.accepted(office, LINKED)
    client = signed_in(office.desk)

    register, parts = (sheet_of(client, address) for address in ("/so-theo-doi/xuat/", "/tai-bang/phan-lien-thong/"))

    assert register.max_row == 2
    assert [row[0].value for row in list(parts.rows)[1:]] == [dossier.code] * 3
