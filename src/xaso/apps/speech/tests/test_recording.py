"""People's voices: recorded by one official, approved by another, heard instead of the machine; every step traced."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.people.testing import commune, staff
from xaso.apps.speech.actions.collecting import note
from xaso.apps.speech.cabinet import key_of
from xaso.apps.speech.models import ListenedPage, Recording
from xaso.apps.speech.queries import coverage, heard
from xaso.apps.speech.testing import NOW, known, tone_wav
from xaso.kernel.speaking import Piece

pytestmark = pytest.mark.django_db

PLACE = "/quan-tri/giong-noi/"


@pytest.fixture
def here() -> Any:
    return commune()


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def signed_in(here: Any, role: Role) -> Client:
    client = Client()
    client.force_login(staff(here, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def base(language: str = "hmn") -> str:
    return f"{PLACE}{language}/{ListenedPage.objects.get().id}/"


def sound_file(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.wav", tone_wav() if content is None else content)


def sent(client: Client, key: str, content: bytes | None = None) -> Any:
    return client.post(f"{base()}{key}/", {"sound": sound_file(content)})


def test_one_records_another_approves_and_only_then_it_is_heard(here: Any) -> None:
    (sentence,) = known(here.id, "Anh/chị cần làm gì?")
    member, head, stranger = signed_in(here, Role.TEAM_MEMBER), signed_in(here, Role.CENTRE_HEAD), Client()

    assert sent(member, sentence.key).status_code == 302
    made = Recording.objects.get()
    sound = f"/nghe/nguoi/{made.id}.ogg"
    assert (made.language, made.approved_at, stranger.get(sound).status_code, head.get(sound).status_code) == ("hmn", None, 404, 200)
    assert member.post(f"{base()}{made.id}/duyet/").status_code == 404

    assert head.post(f"{base()}{made.id}/duyet/").status_code == 302
    assert stranger.get(sound).status_code == 200
    assert [line.verb for line in audit.history_of(f"recording:{made.id}")] == ["speech.recorded", "speech.approved"]


def test_nobody_approves_his_own_voice_and_a_newer_one_takes_the_place(here: Any) -> None:
    (sentence,) = known(here.id, "Anh/chị cần làm gì?")
    head, administrator = signed_in(here, Role.CENTRE_HEAD), signed_in(here, Role.ADMINISTRATOR)
    sent(head, sentence.key)
    first = Recording.objects.get()

    head.post(f"{base()}{first.id}/duyet/")
    first.refresh_from_db()
    assert first.approved_at is None
    administrator.post(f"{base()}{first.id}/duyet/")
    sent(head, sentence.key)
    second = Recording.objects.get(approved_at=None)
    administrator.post(f"{base()}{second.id}/duyet/")

    assert list(Recording.objects.filter(removed_at=None)) == [second]
    administrator.post(f"{base()}{second.id}/bo/")
    assert not Recording.objects.filter(removed_at=None).exists()


def test_what_is_no_sound_is_refused_beside_its_sentence_and_nothing_is_kept(here: Any) -> None:
    (sentence,) = known(here.id, "Anh/chị cần làm gì?")

    answer = sent(signed_in(here, Role.DESK), sentence.key, b"%PDF-1.7 not a sound")

    assert answer.status_code == 422
    assert "Không nghe được tiếng" in answer.content.decode()
    assert not Recording.objects.exists()


def test_the_overview_tells_what_is_missing_by_language_and_the_microphone_is_allowed_where_one_records(here: Any) -> None:
    first, _second = known(here.id, "Câu thứ nhất.", "Câu thứ hai.")
    administrator, clerk = signed_in(here, Role.ADMINISTRATOR), signed_in(here, Role.CLERK)
    sent(clerk, first.key)
    administrator.post(f"{base()}{Recording.objects.get().id}/duyet/")

    shown = administrator.get(f"{PLACE}?tieng=hmn").content.decode()
    page = administrator.get(base())

    assert "50%" in shown
    assert f"<small>{ListenedPage.objects.get().address}</small>" in shown
    assert "microphone=(self)" in page["Permissions-Policy"]
    assert "microphone=()" in administrator.get(PLACE)["Permissions-Policy"]


def test_who_neither_records_nor_approves_and_strangers_stay_outside(here: Any) -> None:
    (sentence,) = known(here.id, "Câu thứ nhất.")

    assert signed_in(here, Role.SIGNER).get(PLACE).status_code == 404
    assert Client().get(PLACE).status_code == 302
    assert sent(signed_in(here, Role.SIGNER), sentence.key).status_code == 404
    assert signed_in(here, Role.DESK).get(f"{PLACE}xx/{ListenedPage.objects.get().id}/").status_code == 404


def test_another_communes_pages_and_recordings_are_not_there(here: Any) -> None:
    other = commune(hostname="khac.example.vn")
    (sentence,) = known(other.id, "Câu thứ nhất.")

    assert signed_in(here, Role.ADMINISTRATOR).get(base()).status_code == 404
    assert sentence.recordings.count() == 0


def test_a_text_that_changed_makes_its_recording_stale_and_says_so(here: Any) -> None:
    old, _same = known(here.id, "Lệ phí là 8.000 đồng một bản.", "Câu thứ hai.")
    administrator, clerk = signed_in(here, Role.ADMINISTRATOR), signed_in(here, Role.CLERK)
    sent(clerk, old.key)
    administrator.post(f"{base()}{Recording.objects.get().id}/duyet/")
    assert "Chữ đã đổi, bản thu cũ" not in administrator.get(base()).content.decode()

    new, _same = known(here.id, "Lệ phí là 9.000 đồng một bản.", "Câu thứ hai.")

    page, overview = administrator.get(base()).content.decode(), administrator.get(f"{PLACE}?tieng=hmn").content.decode()
    assert "Chữ đã đổi, bản thu cũ không còn dùng" in page
    assert f'Nay là: <a href="#cau-{new.key}" lang="vi">Lệ phí là 9.000 đồng một bản.</a>' in page
    assert overview.count('class="the son"') == 2
    assert [line.recording for line in heard(here.id, [Piece(new.text, "vi")], "hmn")] == [None]

    known(here.id, old.text, "Câu thứ hai.")
    assert "Chữ đã đổi, bản thu cũ" not in administrator.get(base()).content.decode()
    assert [line.recording.language for line in heard(here.id, [Piece(old.text, "vi")], "hmn") if line.recording] == ["hmn"]


@pytest.mark.parametrize(("language", "text"), [("en", "What do you need?"), ("bn", "আপনার কী দরকার?")])
def test_what_the_interface_says_in_another_language_is_recorded_in_it(here: Any, language: str, text: str) -> None:
    known(here.id, "Anh/chị cần làm gì?")
    note(here.id, "/", "Home", [Piece(text, language), Piece("Anh/chị cần làm gì?", "vi")], language, now=NOW)
    administrator = signed_in(here, Role.ADMINISTRATOR)
    page = ListenedPage.objects.get(language=language)

    shown = administrator.get(f"{PLACE}{language}/{page.id}/").content.decode()
    sent_to = administrator.post(f"{PLACE}{language}/{page.id}/{key_of(Piece(text, language))}/", {"sound": sound_file()})

    assert text in shown
    assert "Anh/chị cần làm gì?" not in shown
    assert sent_to.status_code == 302
    assert [(one.language, one.waiting, one.total) for one in coverage(here.id) if one.waiting] == [(language, 1, 1)]
