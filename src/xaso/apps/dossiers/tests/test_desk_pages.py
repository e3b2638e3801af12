"""The desk: a walk-in on one page, cards, scans, fees, codes of the national portal, and what is kept when something goes wrong."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.access import subject_of, visible_to
from xaso.apps.dossiers.actions import drafts, intake
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, Payment, Slip
from xaso.apps.dossiers.testing import Office
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as build
from xaso.platform import clock, outbox
from xaso.platform.admission import Limits

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 8
CARD = "999188001234||Giàng Thị Mỷ|05111988|Nữ|Thôn Nậm Ké, xã Bảo Nhai|01012022"
COPIES: dict[str, Any] = {
    "name": "Giàng Thị Mỷ",
    "phone": "0912 345 678",
    "q-_shown": "documents documents-0-name documents-0-pages documents-0-copies purpose",
    "q-documents-0-name": "Bằng tốt nghiệp",
    "q-documents-0-pages": "3",
    "q-documents-0-copies": "2",
    "row": ["original", "photocopy"],
    "kind-original": "shown",
    "count-original": "1",
}


@pytest.fixture
def office() -> Office:
    return testing.office()


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


def begun(desk: Client, code: str = testing.COPY) -> str:
    return str(desk.post(f"/mot-cua/moi/{code}/")["Location"])


def picture(kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(buffer, kind)
    return buffer.getvalue()


def scanned(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    a_minute_ago = time.time() - 60
    os.utime(folder / name, (a_minute_ago, a_minute_ago))


def card_photo(text: str) -> SimpleUploadedFile:
    buffer = BytesIO()
    segno.make(text).save(buffer, kind="png", scale=8)
    return SimpleUploadedFile("the.png", buffer.getvalue(), "image/png")


def text(answer: Any) -> str:
    return str(answer.content.decode())


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


def known(office: Office, name: str, **facts: str) -> Any:
    """Return a citizen whom the commune knows."""
    return build.citizen_of(office.commune_id, name, **facts)


def card_of(citizen: Any) -> str:
    return f"{citizen.personal_number}||{citizen.full_name}|05111988|Nữ|Thôn Nậm Ké, xã Bảo Nhai|01012022"


def applicant_typed(**changed: str) -> dict[str, str]:
    """Return the applicant's fields as the page would send them now."""
    kept = Draft.objects.get().applicant
    return {name: kept[name] for name in ("name", "personal_number", "phone", "email", "address")} | changed


def test_the_card_of_a_known_citizen_makes_her_the_owner(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(page, COPIES | applicant_typed() | {"do": "take_in"})

    assert Dossier.objects.get().citizen_id == citizen.id


@pytest.mark.parametrize("typed", [{"name": "Lù Thị Khác"}, {"personal_number": "999188005555"}], ids=["name", "number"])
def test_whoever_is_typed_over_the_card_of_another_is_not_tied_to_her(office: Office, desk: Client, typed: dict[str, str]) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(page, COPIES | applicant_typed(**typed) | {"do": "take_in"})
    dossier = Dossier.objects.get()

    assert dossier.citizen_id is None
    assert not Dossier.objects.filter(visible_to(build.actor_for_citizen(citizen)), pk=dossier.pk).exists()


def test_a_slip_of_the_finger_in_the_name_that_is_mended_keeps_her_the_owner(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(f"{page}luu/", applicant_typed(name="Hoàng Kiê"))
    assert Draft.objects.get().applicant["citizen_id"] is None
    desk.post(f"{page}luu/", applicant_typed(name="Hoàng Kiên"))

    assert Draft.objects.get().applicant["citizen_id"] == str(citizen.id)


def test_a_second_card_takes_the_place_of_the_first(office: Office, desk: Client) -> None:
    first, second = known(office, "Hoàng Kiên", phone="0911000001", ethnicity="Tày"), known(office, "Sùng Thị Bê", phone="")
    page = begun(desk, testing.MARITAL)
    desk.post(page, {"do": "read_card", "card_text": card_of(first)})
    draft = Draft.objects.get()
    assert (draft.applicant["phone"], draft.applicant["citizen_id"]) == ("0911000001", str(first.id))
    assert "Hoàng Kiên" in str(draft.answers)
    desk.post(page, applicant_typed() | {"do": "read_card", "card_text": card_of(second)})
    draft = Draft.objects.get()

    assert (draft.applicant["name"], draft.applicant["phone"], draft.applicant["citizen_id"]) == ("Sùng Thị Bê", "", str(second.id))
    assert "Sùng Thị Bê" in str(draft.answers)
    for of_the_first in ("Hoàng Kiên", first.personal_number, "Tày"):
        assert of_the_first not in str(draft.answers)


def test_a_phone_typed_by_hand_outlives_the_second_card_and_is_doubted(office: Office, desk: Client) -> None:
    page = begun(desk)
    desk.post(page, {"do": "read_card", "card_text": CARD})
    other = CARD.replace("999188001234", "999188005555").replace("Giàng Thị Mỷ", "Sùng Thị Bê")
    answer = desk.post(page, applicant_typed(phone="0912345678") | {"do": "read_card", "card_text": other}, follow=True)

    assert Draft.objects.get().applicant["phone"] == "0912345678"
    assert "gõ từ trước vẫn còn" in text(answer)


def test_the_phone_of_the_card_under_another_name_is_doubted(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên", phone="0911000001"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    came = desk.post(f"{page}luu/", applicant_typed(name="Lù Thị Khác")).json()
    assert "lấy theo thẻ của Hoàng Kiên" in came["contact"]
    came = desk.post(f"{page}luu/", applicant_typed(phone="0911000002")).json()

    assert "Hoàng Kiên" not in came["contact"]


@pytest.mark.parametrize("typed", ["12345", "99918800123x", "9991880012345", "９９９"])
def test_a_number_that_is_none_stays_as_typed_and_is_refused_at_its_field(desk: Client, typed: str) -> None:
    answer = desk.post(begun(desk), COPIES | {"do": "take_in", "personal_number": typed})

    assert answer.status_code == 409
    assert 'href="#c-personal_number"' in text(answer)
    assert f'value="{typed}"' in text(answer)
    assert not Dossier.objects.exists()


def test_a_number_set_apart_by_blanks_is_a_number(desk: Client) -> None:
    desk.post(begun(desk), COPIES | {"do": "take_in", "personal_number": "999 188 001 234"})

    assert Dossier.objects.get().applicant_personal_number == "999188001234"


def test_who_can_be_reached_by_nothing_is_pointed_out_before_and_after(desk: Client) -> None:
    page = begun(desk)
    assert desk.get(page).context["out_of_reach"] == ""
    assert "không tra cứu hồ sơ được" in desk.post(f"{page}luu/", COPIES | {"phone": ""}).json()["contact"]
    assert "không tra cứu" not in desk.post(f"{page}luu/", COPIES).json()["contact"]
    answer = desk.post(page, COPIES | {"phone": "", "do": "take_in"}, follow=True)

    assert "không tra cứu hồ sơ được" in text(answer)
    assert Dossier.objects.get().state == "accepted"


def told(dossier: Dossier) -> list[str]:
    """Let the facts be heard; return what the applicant was told."""
    outbox.relay(now=clock.now())
    return [line.body for line in notices.messages_about(dossier.commune_id, subject_of(dossier.id))]


def test_a_walk_in_is_told_once_and_in_vietnamese_whatever_the_official_reads(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = begun(desk)
    assert '<html lang="en">' in text(desk.get(page))
    desk.post(page, COPIES | {"do": "take_in"})
    (message,) = told(Dossier.objects.get())

    assert "đã được tiếp nhận" in message


def test_who_files_online_is_told_of_the_filing_and_of_the_acceptance(office: Office) -> None:
    dossier = testing.submitted(office, channel="online", phone="0912345678")
    intake.accept(office.desk, dossier.id, now=clock.now())

    assert len(told(dossier)) == 2


def test_the_table_of_papers_follows_the_answers_and_what_they_open_is_not_received_yet(desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    shown = text(desk.get(page))
    assert 'name="kind-birth_slip"' not in shown
    came = desk.post(f"{page}luu/", {"row": "identity", "q-_shown": "birth_proof", "q-birth_proof": "slip"}).json()
    assert 'name="kind-birth_slip"' in came["papers"]
    assert "selected" not in came["papers"]
    sent = {"row": ["identity", "birth_slip"], "q-_shown": "birth_proof", "q-birth_proof": "slip", "kind-birth_slip": "original"}
    assert desk.post(f"{page}luu/", sent).json()["papers"] == ""
    assert Draft.objects.get().papers["birth_slip"] == {"kind": "original", "count": 1}


def test_a_paper_that_was_refused_as_missing_is_marked_and_not_noted_by_itself(office: Office, desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    drafts.save_answers(office.desk, Draft.objects.get().id, testing.filing(office, testing.BIRTH).answers, screen="", now=clock.now())
    answer = desk.post(page, {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678"})

    assert 'href="#kind-birth_slip"' in text(answer)
    assert 'aria-describedby="e-giay-birth_slip"' in text(answer)
    again = desk.post(page, {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", "kind-birth_slip": ""})
    assert again.status_code == 409
    assert not Dossier.objects.exists()


def test_what_an_earlier_answer_asked_for_is_kept_but_not_handed_in(office: Office, desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    answers = testing.filing(office, testing.BIRTH).answers
    drafts.save_answers(office.desk, Draft.objects.get().id, answers | {"birth_proof": "witness"}, screen="", now=clock.now())
    desk.post(
        page,
        {
            "do": "scan",
            "q-_shown": "",
            "kind-witness_statement": "original",
            "scan-witness_statement": SimpleUploadedFile("a.png", picture()),
        },
    )
    drafts.save_answers(office.desk, Draft.objects.get().id, answers, screen="", now=clock.now())
    assert "không cần nữa" in text(desk.get(page))
    desk.post(page, {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", "kind-birth_slip": "original"})

    assert Dossier.objects.get().papers == {"birth_slip": {"kind": "original", "count": 1}}
    assert Attachment.objects.get().paper_id == "witness_statement"


def test_a_file_for_no_named_paper_is_shown_and_can_be_taken_out(desk: Client, scan_folder: Path) -> None:
    scanned(scan_folder, "SCAN_1.png", picture())
    page = begun(desk)
    desk.post(page, COPIES | {"do": "scan", desk.get(page).context["scans"][0]["field"]: "other"})
    assert "Giấy tờ khác" in text(desk.get(page))
    desk.post(page, COPIES | {"do": f"remove-{Attachment.objects.get().id}"})

    assert Attachment.objects.get().removed_at is not None


def test_the_post_is_offered_only_where_the_procedure_offers_it(desk: Client) -> None:
    offered = {row["item"].code: row["channels"] for row in desk.get("/mot-cua/moi/").context["found"]}
    assert offered[testing.BIRTH] == ["counter", "post"]
    assert offered[testing.COPY] == ["counter"]
    refused = desk.post(f"/mot-cua/moi/{testing.COPY}/", {"channel": "post"})

    assert refused["Location"] == "/mot-cua/moi/"
    assert desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "online"})["Location"] == "/mot-cua/moi/"
    assert not Draft.objects.exists()


def test_what_comes_by_post_asks_for_the_papers_of_the_post_and_is_filed_as_such(office: Office, desk: Client) -> None:
    at_the_counter = begun(desk, testing.BIRTH)
    page = str(desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "post"})["Location"])
    assert page != at_the_counter
    assert desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "post"})["Location"] == page
    shown = text(desk.get(page))
    assert "Nhận hồ sơ gửi qua bưu chính" in shown
    assert 'name="kind-identity_certified"' in shown
    assert 'name="kind-identity"' not in shown
    draft = Draft.objects.get(channel="post")
    drafts.save_answers(office.desk, draft.id, testing.filing(office, testing.BIRTH).answers, screen="", now=clock.now())
    sent = {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", "kind-birth_slip": "original"}
    assert "Bản sao có chứng thực" in text(desk.post(page, sent | {"kind-identity_certified": ""}))
    desk.post(page, sent | {"kind-identity_certified": "copy"})
    dossier = Dossier.objects.get()

    assert (dossier.channel, dossier.state) == ("post", "accepted")
    assert set(dossier.papers) == {"birth_slip", "identity_certified"}


def test_a_card_photo_that_is_too_heavy_is_refused_before_it_is_read(desk: Client) -> None:
    heavy = SimpleUploadedFile("the.png", b"\x89PNG" + b"\0" * Limits().max_bytes, "image/png")
    answer = desk.post(begun(desk), {"do": "read_card", "card_photo": heavy})

    assert 'id="e-card"' in text(answer)
    assert "nặng hơn" in text(answer)


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
    testing.solved(office, now=clock.now() - timedelta(days=9))
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
    desk.get("/mot-cua/")

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        desk.get("/mot-cua/")
