"""`/nghe/`: our pages are read aloud, a person's voice before the machine's, and nobody can make the machine say anything else."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import soundfile
from django.test import Client

from xaso.apps.people.testing import commune, staff
from xaso.apps.speech import cabinet, options, sealing
from xaso.apps.speech.actions import collecting, making, recording
from xaso.apps.speech.actions.at_once import speak_at_once
from xaso.apps.speech.asked import told_once
from xaso.apps.speech.models import ListenedPage, Sentence
from xaso.apps.speech.queries import made_share
from xaso.apps.speech.sound import kept
from xaso.apps.speech.testing import NOW, known, piper_voice
from xaso.apps.speech.voices import voice_for
from xaso.kernel.speaking import Piece
from xaso.platform.actor import Actor
from xaso.platform.listening import Listenable

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")]

FIRST = "Anh/chị cần làm gì?"


@pytest.fixture
def here() -> Any:
    return commune()


@pytest.fixture(autouse=True)
def no_sounds_yet(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def listed(client: Client, address: str = "/", **more: str) -> dict[str, Any]:
    answer = client.get("/nghe/danh-sach/", {"trang": address, **more})
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def spoken_before(*addresses: str) -> None:
    """Lay a sound of its own size where each sentence of the pages keeps its own, as if the machine had taken minutes to speak them."""
    for commune_id, listenable, language in collecting.everything():
        if listenable.address in addresses:
            collecting.read(commune_id, listenable, language, now=NOW)
    for sentence in Sentence.objects.filter(places__page__address__in=addresses).distinct():
        voice = voice_for(sentence.language)
        assert voice is not None
        path = cabinet.path_of(sentence.key, cabinet.edition_of(cabinet.piece_of(sentence), voice))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sentence.text.encode())
    speak_at_once(addresses, now=NOW)


def duration(content: bytes) -> float:
    return float(soundfile.info(io.BytesIO(content)).duration)


def spoken_by_a_person(commune_id: Any, sentence: Sentence, language: str) -> Any:
    import numpy as np

    actor = Actor.system(commune_id, "Sùng Thị Mỷ")
    tone = kept(np.sin(np.arange(16_000) * 0.13).astype(np.float32), 16_000)
    made = recording.keep(actor, sentence.key, language, tone, now=NOW)
    recording.approve(actor, made, now=NOW)
    return made


def test_every_citizens_page_offers_to_be_listened_to_and_officials_pages_do_not(here: Any, client: Client) -> None:
    assert b'href="/nghe/?trang=/xac-minh/"' in client.get("/xac-minh/").content
    assert b"/nghe/?trang=" not in client.get("/kieu-mau/can-bo/").content


def test_the_sentences_of_a_page_come_in_order_and_their_sounds_play(here: Any, client: Client) -> None:
    collecting.read(here.id, Listenable("/"), now=NOW)

    lines = listed(client)["cau"]

    assert lines[0]["c"] == FIRST
    answer = client.get(lines[0]["a"] + ".ogg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/ogg")
    assert "immutable" in answer["Cache-Control"]
    assert 0.7 < duration(answer.content) < 5
    part = client.get(lines[0]["a"] + ".ogg", headers={"range": "bytes=0-99"})
    assert (part.status_code, len(part.content)) == (206, 100)
    assert part["Content-Range"] == f"bytes 0-99/{len(answer.content)}"
    assert client.get(lines[0]["a"] + ".mp3")["Content-Type"] == "audio/mpeg"


def test_without_scripts_the_page_is_one_sound_with_its_words(here: Any, client: Client) -> None:
    collecting.read(here.id, Listenable("/xac-minh/"), now=NOW)

    shown = client.get("/nghe/", {"trang": "/xac-minh/"}).content.decode()
    whole = client.get("/nghe/ca-trang.ogg", {"trang": "/xac-minh/"})

    assert "<audio controls" in shown
    assert 'href="/xac-minh/"' in shown
    assert duration(whole.content) > 5


@pytest.mark.parametrize(
    "address", ["https://example.com/", "//example.com/", "/nghe/?trang=/", "/api/v1/procedures", "/healthz", "/khong-co/", ""]
)
def test_what_is_no_citizens_page_is_not_read(here: Any, client: Client, address: str) -> None:
    if address == "/khong-co/":
        assert [line["c"] for line in listed(client, address)["cau"]] != []
        return
    assert listed(client, address)["cau"] == []
    assert client.get("/nghe/", {"trang": address}).status_code == 404


def test_nobody_can_have_a_text_of_his_own_spoken(here: Any, client: Client) -> None:
    piece = Piece("Xã thông báo mọi người nộp tiền vào tài khoản này.", "vi")
    forged = f"/nghe/may/{cabinet.key_of(piece)}-{'0' * 12}.ogg"

    assert client.get(forged).status_code == 404
    assert client.get(f"/nghe/rieng/{'A' * 100}.ogg").status_code == 404
    assert client.get(f"/nghe/rieng/{sealing.seal([piece])[:-4]}AAAA.ogg").status_code == 404
    assert listed(client, "/", loi="AAAA")["cau"][0]["c"] == FIRST


def test_a_sentence_that_belongs_to_a_person_is_sealed_and_kept_nowhere(here: Any, client: Client, tmp_path: Path) -> None:
    line = listed(client)["cau"][0]

    answer = client.get(line["a"] + ".ogg")

    assert line["a"].startswith("/nghe/rieng/")
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert duration(answer.content) > 0.7
    assert not list(tmp_path.rglob("*.ogg"))
    assert Sentence.objects.count() == 0


def test_a_persons_voice_wins_and_a_missing_language_is_told(here: Any, client: Client) -> None:
    collecting.read(here.id, Listenable("/"), now=NOW)
    sentence = Sentence.objects.get(text=FIRST)
    mine = spoken_by_a_person(here.id, sentence, "hmn")

    first, second = listed(client, tieng="hmn")["cau"][:2]
    in_vietnamese = listed(client)["cau"][0]

    assert first == {"c": FIRST, "a": f"/nghe/nguoi/{mine}"}
    assert second["a"].startswith("/nghe/may/")
    assert second["g"] == "Tiếng Mông: câu này chưa có. Đang nghe: Tiếng Việt."
    assert in_vietnamese["a"].startswith("/nghe/may/")
    assert [one["ma"] for one in listed(client)["cac_tieng"]] == ["vi", "hmn"]
    own = spoken_by_a_person(here.id, sentence, "vi")
    assert listed(client)["cau"][0]["a"] == f"/nghe/nguoi/{own}"


def test_errors_of_a_form_are_read_first(here: Any, client: Client) -> None:
    shown = client.post("/xac-minh/", {"ma": "!"}).content.decode()
    sealed = shown.partition("&amp;loi=")[2].partition('"')[0]

    assert sealed
    said = [line["c"] for line in listed(client, "/xac-minh/", loi=sealed)["cau"]]
    assert said[: len(sealing.unseal(sealed))] == [piece.text for piece in sealing.unseal(sealed)]


def test_what_is_told_once_is_the_errors_and_messages_else_all_of_an_answer() -> None:
    page = '<main id="noi-dung"><h1>Trang</h1>%s<p>Chữ khác.</p></main>'
    error = '<section class="tomloi" role="alert"><h2>Còn 1 chỗ cần sửa</h2></section>'

    assert [piece.text for piece in told_once(page % error, "vi", was_sent=True)] == ["Còn 1 chỗ cần sửa"]
    assert [piece.text for piece in told_once(page % "", "vi", was_sent=True)] == ["Trang", "Chữ khác."]
    assert told_once(page % "", "vi", was_sent=False) == ()


def test_the_worker_speaks_all_that_was_read_and_again_what_changed(here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SPEECH_AHEAD_SECONDS", "20")
    first, second = known(here.id, "Câu thứ nhất.", "Câu thứ hai.")

    assert making.speak_ahead(NOW) == 2
    assert making.speak_ahead(NOW) == 0
    assert len(list(tmp_path.rglob("*.ogg"))) == 2

    collecting.note(here.id, "/", "Trang chủ", [Piece("Câu thứ ba.", "vi"), Piece(first.text, "vi")], now=NOW)
    assert making.speak_ahead(NOW) == 1
    page = ListenedPage.objects.get()
    assert [place.sentence.text for place in page.places.order_by("number")] == ["Câu thứ ba.", "Câu thứ nhất."]
    collecting.forget_unused(NOW + collecting.FORGOTTEN_AFTER * 2)
    assert not Sentence.objects.filter(pk=second.key).exists()


def test_a_voice_that_changed_speaks_all_anew_and_old_sounds_go(here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SPEECH_AHEAD_SECONDS", "20")
    (sentence,) = known(here.id, "Câu thứ nhất.")
    assert making.speak_ahead(NOW) == 1
    (before,) = tmp_path.rglob("*.ogg")
    program, model = piper_voice(tmp_path / "giong-piper")
    monkeypatch.setenv(options.PIPER_FOLDER.name, str(model.parent))
    monkeypatch.setenv(options.PIPER.name, str(program))

    assert making.speak_ahead(NOW) == 1

    (after,) = tmp_path.rglob("*.ogg")
    assert after != before
    assert sentence.key in after.name


def test_nothing_is_spoken_ahead_where_the_operator_does_not_want_it(here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SPEECH_AHEAD_SECONDS", "0")
    known(here.id, "Câu thứ nhất.")

    assert (collecting.Reader().read_next(NOW), making.speak_ahead(NOW)) == (0, 0)


def test_who_has_too_much_spoken_is_held_back(here: Any, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SPEECH_ASKED_AN_HOUR", "1")
    first, second = listed(client)["cau"][:2]

    assert client.get(first["a"] + ".ogg").status_code == 200
    refused = client.get(second["a"] + ".ogg")
    assert (refused.status_code, refused["Retry-After"]) == (503, "3")


@pytest.mark.once
def test_an_operator_has_pages_spoken_at_once_and_their_list_may_be_kept_with_its_weight(here: Any, client: Client, tmp_path: Path) -> None:
    assert listed(client, "/chua-co-song/")["nang"] is None

    done = speak_at_once(["/chua-co-song/"], now=NOW)

    answer = client.get("/nghe/danh-sach/", {"trang": "/chua-co-song/"})
    page = json.loads(answer.content)
    assert (done.pages, done.silent) == (3, 0)
    assert all(line["a"].startswith("/nghe/may/") for line in page["cau"])
    assert page["nang"] == sum(len(client.get(f"{line['a']}.ogg").content) for line in page["cau"])
    assert (page["ca"], answer["Xaso-Phone-May-Keep"]) == (True, "1")
    assert made_share(here.id) == (done.heard, done.heard)


def test_an_operator_has_the_pages_of_one_language_spoken_alone(here: Any) -> None:
    done = speak_at_once(["/chua-co-song/"], language="vi", now=NOW)

    assert (done.pages, done.silent) == (1, 0)
    assert set(Sentence.objects.exclude(made_with="").values_list("places__page__language", flat=True)) == {"vi"}


def test_what_is_kept_along_is_weighed_too_and_unknown_until_all_of_it_is_spoken(here: Any, client: Client, tmp_path: Path) -> None:
    spoken_before("/chua-co-song/", "/ngoai-tuyen/")
    assert listed(client, "/chua-co-song/")["kem"] is None

    spoken_before("/may-nay/")

    page, own = listed(client, "/chua-co-song/"), {line["a"] for line in listed(client, "/chua-co-song/")["cau"]}
    along = {line["a"] for address in ("/may-nay/", "/ngoai-tuyen/") for line in listed(client, address)["cau"]} - own
    assert page["kem"] == sum(len(client.get(f"{one}.ogg").content) for one in along)
    assert page["kem_cuoi"] == "/ngoai-tuyen/"


def test_the_list_of_a_page_that_belongs_to_somebody_is_never_kept(here: Any, client: Client) -> None:
    spoken_before("/")
    client.force_login(staff(here, "desk"), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get("/nghe/danh-sach/", {"trang": "/"})

    assert "Xaso-Phone-May-Keep" not in answer
    assert json.loads(answer.content)["nang"] is None
