"""Whoever signs stands on the paper under her own title, in the form that tells by whose authority; a deputy never as if for herself."""

import shutil
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import results
from xaso.apps.dossiers.models import Dossier, Result, ResultNumber, Step
from xaso.apps.dossiers.papers.signers import Signer, is_chairs, post_in_full, signing_titles
from xaso.apps.dossiers.shown import step_shown
from xaso.apps.dossiers.testing import MORNING, POOR
from xaso.apps.dossiers.verification import find_card
from xaso.apps.people import facade as people
from xaso.apps.people import testing as build
from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.actor import Actor

COMMITTEE = "TM. Ủy ban nhân dân"
AGENCY = "UBND xã Tân Tiến"
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch", [COMMITTEE, "Chủ tịch"]),
        ("CHỦ TỊCH UBND XÃ", [COMMITTEE, "Chủ tịch"]),
        ("Chủ tịch Uỷ ban nhân dân xã Tân Tiến", [COMMITTEE, "Chủ tịch"]),
        ("Quyền Chủ tịch UBND xã", [COMMITTEE, "Q. Chủ tịch"]),
        ("Phó Chủ tịch UBND xã Tân Tiến", [COMMITTEE, "KT. Chủ tịch", "Phó Chủ tịch"]),
        ("phó chủ tịch", [COMMITTEE, "KT. Chủ tịch", "Phó Chủ tịch"]),
        ("Phó Chủ tịch phụ trách", [COMMITTEE, "KT. Chủ tịch", "Phó Chủ tịch"]),
        ("Giám đốc Trung tâm Phục vụ hành chính công", ["TUQ. Chủ tịch", "Giám đốc Trung tâm Phục vụ hành chính công"]),
        ("Chủ tịch Hội Nông dân", ["TUQ. Chủ tịch", "Chủ tịch Hội Nông dân"]),
        ("", []),
    ],
)
def test_each_post_signs_in_its_form(title: str, lines: list[str]) -> None:
    assert signing_titles(Signer("", title)) == lines


def test_what_the_law_gives_to_the_chair_is_not_signed_for_the_committee() -> None:
    assert signing_titles(Signer("", "Chủ tịch UBND"), of_chair=True) == ["Chủ tịch"]
    assert signing_titles(Signer("", "Phó Chủ tịch UBND"), of_chair=True) == ["KT. Chủ tịch", "Phó Chủ tịch"]
    assert is_chairs("Chủ tịch Ủy ban nhân dân xã Tân Tiến")
    assert not is_chairs("Ủy ban nhân dân xã Tân Tiến")


@pytest.mark.parametrize("in_place_of", ["Chủ tịch UBND", "Phó Chủ tịch UBND xã"])
def test_a_deputy_signs_by_the_chairs_authority_under_her_own_title(in_place_of: str) -> None:
    assert signing_titles(Signer("", "Chuyên viên lao động", in_place_of)) == ["TUQ. Chủ tịch", "Chuyên viên lao động"]
    assert signing_titles(Signer("", "Phó Chủ tịch", in_place_of)) == [COMMITTEE, "KT. Chủ tịch", "Phó Chủ tịch"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Phó Chủ tịch UBND", f"Phó Chủ tịch {AGENCY}"),
        ("Phó Chủ tịch UBND xã Tân Tiến", f"Phó Chủ tịch {AGENCY}"),
        ("PHÓ CHỦ TỊCH UỶ BAN NHÂN DÂN XÃ", f"Phó Chủ tịch {AGENCY}"),
        ("Chuyên viên", f"Chuyên viên {AGENCY}, thừa ủy quyền Chủ tịch {AGENCY}"),
        ("Chánh Văn phòng HĐND và UBND xã", f"Chánh Văn phòng HĐND và UBND xã, thừa ủy quyền Chủ tịch {AGENCY}"),
        ("", ""),
    ],
)
def test_the_agency_is_named_once_in_a_sentence(title: str, said: str) -> None:
    assert post_in_full(Signer("", title), AGENCY) == said


@pytest.fixture
def office(db: None) -> testing.Office:
    return testing.office()


def deputy(office: testing.Office, *, own_title: str = "Chuyên viên lao động") -> Actor:
    """Return an official who stands in for the office's signer today; without a title of her own when it is empty."""
    account = build.staff_of(office.commune_id, people.Role.CASE_OFFICER, title=own_title or "Chuyên viên", full_name="Giàng Thị Mai")
    assert office.signer.post_id is not None
    today = timezone.localdate(MORNING)
    if not own_title:
        people.end_post(office.administrator, account.posts.get().pk, now=MORNING - timedelta(days=1))
    people.name_deputy(office.administrator, office.signer.post_id, account.pk, (today, today), "Nghỉ phép", now=MORNING)
    return people.actor_of(account, office.commune_id, on=today)


def text_of(content: bytes) -> str:
    """Return what a PDF says, in one line."""
    told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return " ".join(told.split())


def test_a_deputys_signature_names_the_post_she_stands_in_for(office: testing.Office) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    actor = deputy(office)

    results.sign_result(actor, dossier.id, clock=lambda: MORNING)

    result = Result.objects.get(dossier=dossier)
    step = Step.objects.get(dossier=dossier, verb="sign")
    assert result.signer_title == "Chuyên viên lao động (làm thay Phó Chủ tịch)"
    assert (step.post_title, step.data["deputising_for"]) == ("Chuyên viên lao động", "Phó Chủ tịch")
    assert step_shown(step)["who"] == "Chuyên viên lao động (làm thay Phó Chủ tịch)"
    card = find_card(result.token)
    assert card is not None
    assert "Giàng Thị Mai · Chuyên viên lao động (làm thay Phó Chủ tịch)" in [value for _label, value in card.rows]


def test_a_deputy_without_a_title_of_her_own_is_refused_and_takes_no_number(office: testing.Office) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    actor = deputy(office, own_title="")

    with pytest.raises(Refusal, match=r"dossiers\.no_signer_title"):
        results.sign_result(actor, dossier.id, clock=lambda: MORNING)

    assert not ResultNumber.objects.exists()
    assert Dossier.objects.get(pk=dossier.pk).state == "in_review"


def test_who_holds_a_role_herself_does_not_act_in_place_of_anybody(office: testing.Office) -> None:
    actor = deputy(office)

    assert actor.in_place_of({"signer"}) == "Phó Chủ tịch"
    assert actor.in_place_of({"case_officer"}) == ""
    assert actor.in_place_of({"case_officer", "signer"}) == ""
    assert actor.in_place_of({"clerk"}) == ""


@needs_pdftotext
def test_a_paper_that_a_test_certificate_signs_says_so_on_its_page_and_to_who_checks_it(office: testing.Office, settings: Any) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    settings.XASO_MODE = "production"

    results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)

    result = Result.objects.select_related("file").get(dossier=dossier)
    assert result.file is not None
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text_of(files.read(result.file))
    card = find_card(result.token)
    assert card is not None
    assert card.state_tone == "nghe"
    assert "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in str(card.state)


@needs_pdftotext
@pytest.mark.parametrize("title", ["Chủ tịch UBND", "Phó Chủ tịch UBND"])
def test_the_draft_shows_who_will_really_sign(office: testing.Office, client: Client, title: str) -> None:
    account = build.staff_of(office.commune_id, people.Role.SIGNER, title=title, full_name="Sùng Seo Lử")
    dossier = testing.in_review(office, POOR)
    client.force_login(account)

    said = text_of(client.get(f"/ho-so/{dossier.code}/du-thao/").content).upper()

    assert "SÙNG SEO LỬ" in said
    assert ("KT. CHỦ TỊCH" in said) == title.startswith("Phó")
    assert "TM. ỦY BAN NHÂN DÂN" not in said
