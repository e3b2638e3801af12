"""The desk: a walk-in on one page, cards, scans, fees, codes of the national portal, and what is kept when something goes wrong."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, Payment, Slip
from xaso.apps.dossiers.testing import Office
from xaso.apps.dossiers.tests.desk_samples import CARD, COPIES, begun, card_photo, picture, scanned, text
from xaso.apps.procedures.testing import remembering
from xaso.platform import clock

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 12


@pytest.fixture
def sign_in(client: Client) -> Callable[[Any], Client]:
    def sign(actor: Any) -> Client:
        client.force_login(get_user_model().objects.get(pk=actor.account_id))
        return client

    return sign


@pytest.fixture
def desk(office: Office, sign_in: Callable[[Any], Client]) -> Client:
    return sign_in(office.desk)


@pytest.fixture
def scan_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    monkeypatch.setenv("XASO_SCAN_FOLDER", str(folder))
    return folder


def test_a_walk_in_is_taken_in_with_fee_slip_and_papers_in_one_act(desk: Client) -> None:
    page = begun(desk)
    answer = desk.post(page, COPIES | {"do": "take_in", "fee_taken": "yes", "amount": "10000", "receipt_number": "0001234"})
    dossier = Dossier.objects.get()

    assert answer["Location"] == f"/ho-so/{dossier.code}/#"
    assert (dossier.state, dossier.money_state, dossier.applicant_phone) == ("accepted", "paid", "0912345678")
    assert dossier.papers == {"original": {"kind": "shown", "count": 1}}
    assert Slip.objects.get().form == "01"
    assert Payment.objects.get().amount_vnd == 10_000
    assert "In giấy hẹn" in text(desk.get(f"/ho-so/{dossier.code}/"))


def test_pressing_twice_takes_in_once(desk: Client) -> None:
    page = begun(desk)
    desk.post(page, COPIES | {"do": "take_in"})
    again = desk.post(page, COPIES | {"do": "take_in"})

    assert again["Location"] == f"/ho-so/{Dossier.objects.get().code}/"


def test_a_paper_that_must_be_there_is_shown_as_the_catalogue_names_it_and_may_be_set_to_not_received(desk: Client) -> None:
    page = begun(desk)
    assert '<option value="shown" selected>' in text(desk.get(page))
    answer = desk.post(page, COPIES | {"do": "take_in", "kind-original": ""})

    assert answer.status_code == 409
    assert "Còn thiếu giấy tờ" in text(answer)
    assert '<option value="shown" selected>' not in text(answer)
    assert not Dossier.objects.exists()


def test_a_card_is_read_from_a_photo_and_its_holder_filled_in(desk: Client) -> None:
    page = begun(desk)
    answer = desk.post(page, {"do": "read_card", "card_photo": card_photo(CARD)})

    assert answer["Location"] == f"{page}#c-phone"
    assert Draft.objects.get().applicant["name"] == "Giàng Thị Mỷ"
    assert Draft.objects.get().applicant["personal_number"] == "999188001234"


def test_a_readers_enter_reads_the_card_and_any_other_enter_only_keeps(desk: Client) -> None:
    page = begun(desk)
    desk.post(page, {"do": "enter", "card_text": CARD})
    assert Draft.objects.get().applicant["name"] == "Giàng Thị Mỷ"
    desk.post(page, {"do": "enter", "name": "Lù Thị Mai", "card_text": ""})

    assert Draft.objects.get().applicant["name"] == "Lù Thị Mai"
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("https://example.vn/x", "không phải mã trên thẻ căn cước"),
        ("00020101021138570010A000000727", "mã chuyển tiền"),
        ("999188001234|123456789|Giàng Thị Mỷ|99999999|Nữ|Thôn X|01012022", "thiếu hoặc hỏng"),
    ],
)
def test_a_foreign_code_is_refused_beside_its_field_and_what_was_typed_stays(desk: Client, shown: str, said: str) -> None:
    page = begun(desk)
    answer = desk.post(page, {"do": "read_card", "card_photo": card_photo(shown), "name": "Lù Thị Mai"})

    assert answer.status_code == 409
    assert 'id="e-card"' in text(answer)
    assert said in text(answer)
    assert 'value="Lù Thị Mai"' in text(answer)


def test_a_photo_without_a_code_is_refused_in_words(desk: Client) -> None:
    answer = desk.post(begun(desk), {"do": "read_card", "card_photo": SimpleUploadedFile("x.png", picture(), "image/png")})

    assert "Không đọc được mã QR" in text(answer)


def test_an_expired_card_is_read_and_said_to_be_expired(desk: Client) -> None:
    page = begun(desk)
    desk.post(page, {"do": "read_card", "card_text": f"{CARD}|01012023"})

    assert "hết hạn" in text(desk.get(page))
    assert Draft.objects.get().applicant["name"] == "Giàng Thị Mỷ"


def test_a_bad_file_is_refused_and_the_good_ones_and_the_form_stay(desk: Client) -> None:
    page = begun(desk)
    files = {"scan-original": [SimpleUploadedFile("virus.pdf", b"MZ\x90\x00" + b"\0" * 400), SimpleUploadedFile("anh.png", picture())]}
    answer = desk.post(page, COPIES | {"do": "scan"} | files)

    assert answer.status_code == 409
    assert "virus" in text(answer)
    assert [attachment.name for attachment in Attachment.objects.all()] == ["anh.jpg"]
    assert 'value="Bằng tốt nghiệp"' in text(answer)


def test_the_fee_keeps_up_with_the_answers_while_one_types(desk: Client) -> None:
    page = begun(desk)
    came = desk.post(f"{page}luu/", COPIES | {"q-documents-0-pages": "2"}).json()

    assert "8.000 đ" in came["fee"]
    assert (came["questions"], came["papers"]) == ("", "")
    assert Draft.objects.get().answers["documents"][0]["pages"] == 2


def test_what_the_payer_gave_is_carried_through_other_buttons(desk: Client) -> None:
    page = begun(desk)
    answer = desk.post(page, COPIES | {"do": "scan", "fee_taken": "yes", "receipt_number": "0009"})

    again = text(desk.get(answer["Location"]))
    assert 'value="0009"' in again
    assert 'name="fee_taken" value="yes" checked' in again


def test_a_fee_that_changed_since_it_was_shown_is_not_taken(desk: Client) -> None:
    answer = desk.post(begun(desk), COPIES | {"do": "take_in", "fee_taken": "yes", "amount": "4000", "receipt_number": "1"})

    assert answer.status_code == 409
    assert "10.000 đ" in text(answer)
    assert not Dossier.objects.exists()


def test_a_row_more_is_gone_on_with_at_its_first_field(desk: Client) -> None:
    page = begun(desk)
    answer = desk.post(page, COPIES | {"q-add-documents": "1"})

    assert answer["Location"] == f"{page}#f-q-documents-1-name"


def test_scans_of_the_scanner_are_offered_taken_and_moved_away(desk: Client, scan_folder: Path) -> None:
    scanned(scan_folder, "SCAN_1.png", picture())
    scanned(scan_folder, "hỏng.pdf", b"no pdf at all")
    (scan_folder / "dang-quet.png").write_bytes(picture())
    page = begun(desk)
    shown = desk.get(page).context["scans"]
    assert sorted(entry["scan"].name for entry in shown) == ["SCAN_1.png", "hỏng.pdf"]
    answer = desk.post(page, COPIES | {"do": "scan"} | {entry["field"]: "original" for entry in shown})

    assert answer.status_code == 409
    assert "hỏng" in text(answer)
    assert Attachment.objects.get().source == "scanner"
    assert sorted(path.name for path in scan_folder.iterdir()) == ["dang-quet.png", "hỏng.pdf", "taken"]
    assert len(list((scan_folder / "taken").iterdir())) == 1


def test_a_scan_that_somebody_else_took_is_said_to_be_gone(desk: Client, scan_folder: Path) -> None:
    scanned(scan_folder, "SCAN_1.png", picture())
    page = begun(desk)
    field = desk.get(page).context["scans"][0]["field"]
    (scan_folder / "SCAN_1.png").unlink()
    answer = desk.post(page, COPIES | {"do": "scan", field: "original"})

    assert "không còn trong thư mục máy quét" in text(answer)
    assert not Attachment.objects.exists()


def test_links_folders_and_missing_folders_are_no_scans(desk: Client, scan_folder: Path) -> None:
    (scan_folder / "thu-muc").mkdir()
    (scan_folder / "lien-ket.pdf").symlink_to("/etc/hostname")
    page = begun(desk)
    assert desk.get(page).context["scans"] == []
    (scan_folder / "thu-muc").rmdir()
    (scan_folder / "lien-ket.pdf").unlink()
    scan_folder.rmdir()

    assert desk.get(page).context["scans"] == []


def test_a_small_view_of_a_scan_is_for_those_who_may_take_it(
    office: Office, desk: Client, sign_in: Callable[[Any], Client], scan_folder: Path
) -> None:
    scanned(scan_folder, "SCAN_1.png", picture())
    scanned(scan_folder, "SCAN_2.pdf", b"%PDF-1.4")
    tokens = {entry["scan"].name: entry["scan"].token for entry in desk.get(begun(desk)).context["scans"]}

    assert desk.get(f"/mot-cua/may-quet/{tokens['SCAN_1.png']}/")["Content-Type"] == "image/webp"
    assert desk.get(f"/mot-cua/may-quet/{tokens['SCAN_2.pdf']}/").status_code == 404
    assert sign_in(office.signer).get(f"/mot-cua/may-quet/{tokens['SCAN_1.png']}/").status_code == 404


def test_what_is_sent_after_the_session_has_ended_waits_for_the_sign_in(office: Office, desk: Client) -> None:
    page = begun(desk)
    desk.logout()
    answer = desk.post(page, COPIES | {"do": "take_in"})
    assert answer["Location"] == f"/dang-nhap/?next={page}"
    assert Draft.objects.get().answers == {}
    desk.force_login(get_user_model().objects.get(pk=str(office.desk.account_id)))

    assert 'value="Bằng tốt nghiệp"' in text(desk.get(page))
    assert not Dossier.objects.exists()


def test_a_dossier_for_another_filing_place_is_held_and_said_to_be(client: Client) -> None:
    office = testing.office(files_here=False)
    client.force_login(get_user_model().objects.get(pk=str(office.desk.account_id)))
    held = [testing.submitted(office, testing.BIRTH, channel="online") for _ in range(3)]
    codes = {f"code-{held[0].id}": "H38.2-260518-0200015", f"code-{held[1].id}": "sai"}
    answer = client.post("/mot-cua/ma-quoc-gia/", codes)

    assert answer.status_code == 409
    assert 'value="sai"' in text(answer)
    assert sorted(Dossier.objects.values_list("state", flat=True)) == ["held", "held", "submitted"]
    assert client.post(f"/ho-so/{held[2].code}/viec/register/", {"national_code": "H38.2-260518-0200016"}).status_code == 302


@pytest.mark.parametrize("queue", ["intake", "held", "asked", "to_pay", "ready", "khong-co"])
def test_each_queue_opens(office: Office, desk: Client, queue: str) -> None:
    testing.submitted(office)

    assert desk.get("/mot-cua/", {"hang": queue}).status_code == 200


def test_results_that_nobody_fetched_for_a_week_are_counted_with_the_days_they_wait(office: Office, desk: Client) -> None:
    testing.give_certificates(office)
    testing.solved(office, now=clock.now() - timedelta(days=9) - testing.SIGNED_AFTER)
    testing.solved(office, now=clock.now() - timedelta(hours=2))
    answer = desk.get("/mot-cua/?hang=ready")

    assert answer.context["unclaimed"] == 1
    assert [row["unclaimed"] for row in answer.context["rows"]] == [True, False]
    assert "chờ lấy 9 ngày" in text(answer)


def test_another_officials_draft_is_not_there(office: Office, desk: Client, sign_in: Callable[[Any], Client]) -> None:
    page = begun(desk)
    other = testing.another_desk(office)

    assert sign_in(other).get(page).status_code == 404


def test_a_draft_is_kept_for_later_and_thrown_away_on_demand(desk: Client) -> None:
    page = begun(desk)
    assert desk.post(page, COPIES | {"do": "later"})["Location"] == "/mot-cua/"
    assert "Giàng Thị Mỷ" in text(desk.get("/mot-cua/"))
    desk.post(page, {"do": "discard"})

    assert not Draft.objects.exists()


def test_hostile_text_is_shown_as_text(desk: Client) -> None:
    page = begun(desk)
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    desk.post(page, COPIES | {"do": "keep", "name": hostile, "q-documents-0-name": hostile, "address": hostile})

    assert "<script>alert" not in text(desk.get(page))
    assert "<img src=x" not in text(desk.get(page))


def test_the_desks_list_asks_the_database_the_same_few_times_however_long_it_is(
    office: Office, desk: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        testing.submitted(office)
    with remembering():
        desk.get("/mot-cua/")
        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            desk.get("/mot-cua/")


def test_the_queue_of_results_asks_no_more_for_each_line(office: Office, desk: Client, django_assert_num_queries: Any) -> None:
    testing.give_certificates(office)
    for _ in range(3):
        testing.solved(office)
    with remembering():
        desk.get("/mot-cua/?hang=ready")
        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            page = desk.get("/mot-cua/?hang=ready").content.decode()
    assert page.count('href="tel:') == 3
