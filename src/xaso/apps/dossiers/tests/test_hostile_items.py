"""`/gui/` against bodies that no phone of ours sends, too many of them, and procedures that changed meanwhile."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Arrival, Dossier, Draft
from xaso.apps.dossiers.pages import from_phones
from xaso.apps.dossiers.testing import COPY, Office, item
from xaso.apps.people import testing as people
from xaso.apps.procedures import facade as procedures
from xaso.platform import clock
from xaso.platform.models import RateWindow
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.django_db


def post(content: bytes | str, **headers: str) -> Any:
    return Client().post("/gui/", content, content_type="application/json", headers=headers)


def test_hostile_bodies_are_refused_in_words_and_keep_nothing(office: Office) -> None:
    whole = item(office)
    over: list[dict[str, Any]] = [
        {"id": "không"},
        {"id": 7},
        {"secret": "ngắn"},
        {"secret": ["x"] * 20},
        {"applicant": "x"},
        {"applicant": {"name": 7}},
        {"applicant": {"name": "x" * 700}},
        {"applicant": {str(n): "x" for n in range(40)}},
        {"answers": {"a": 1}},
        {"answers": "&".join(f"a{n}=1" for n in range(3000))},
        {"papers": [{"paper": "photo_of_original"}]},
        {"papers": [{"paper": "x", "upload": "y"}] * 61},
        {"papers": "x"},
        {"procedure": None},
        {"draft": "yes"},
        {"made_at": 5},
    ]
    bodies = [people.body(whole | one) for one in over]
    bodies += [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"id": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 40_000,
        people.body(whole | {"answers": "a\0"}),
    ]

    answers = [post(body) for body in bodies]

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(422, "platform.malformed")}
    assert {answer.json()["xaso"] for answer in answers} == {1}
    assert post(b" " * (256 * 1024 + 1)).status_code == 413
    assert post(b" " * (3 * 1024 * 1024)).status_code == 413
    assert post(people.body(whole | {"procedure": "9.999999"})).json()["code"] == "dossiers.procedure_not_found"
    assert not Arrival.objects.exists()
    assert not Draft.objects.exists()


def test_hostile_texts_in_an_item_and_its_headers_do_no_harm(office: Office) -> None:
    script = "<script>alert(1)</script>"
    sent = item(office, applicant={"name": script, "phone": script, "personal_number": script}, typed={"purpose": script}, device="{" * 60)

    told = post(people.body(sent), **{"X-Xaso-Signature": "\u00ff" * 5000}).json()

    assert told["state"] == "look"
    assert {fault["field"] for fault in told["faults"]} == {"phone", "personal_number"}
    desk = Client()
    desk.force_login(testing.account_of(office.desk))
    for address in ("/mot-cua/cho-xac-nhan/", f"/mot-cua/cho-xac-nhan/{sent['id']}/", "/can-bo/"):
        assert script not in desk.get(address).content.decode()


def test_only_post_is_taken_and_another_items_secret_opens_nothing(office: Office) -> None:
    one, other = item(office), item(office)
    for sent in (one, other):
        post(people.body(sent))

    assert Client().get("/gui/").status_code == 405
    for secret in (other["secret"], "", "x" * 10_000, "\ud83d"):
        assert Client().get(f"/gui/{one['id']}/", {"secret": secret.encode("utf-8", "replace").decode()}).status_code == 404


@pytest.mark.parametrize(("key", "limit"), [("outbox-new", from_phones.NEW_UNSIGNED), ("outbox", from_phones.SENDINGS)])
def test_who_sends_too_often_is_told_when_to_try_again(office: Office, key: str, limit: int) -> None:
    RateWindow.objects.create(key=f"{key}:127.0.0.1", started_at=clock.now(), hits=limit)

    answer = post(people.body(item(office)))

    assert (answer.status_code, answer.json()["code"]) == (429, "platform.too_many")
    assert int(answer["Retry-After"]) >= 60
    assert not Arrival.objects.exists()


def change_the_procedure(folder: Path, **changes: Any) -> None:
    """Load the catalogue with a change in the file of certified copies."""
    shutil.copytree(settings.CATALOGUE_DIR, folder, dirs_exist_ok=True)
    (file,) = folder.rglob(f"{COPY}-*.yaml")
    document = yaml.safe_load(file.read_text(encoding="utf-8")) | changes
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert procedures.load_catalogue(folder, now=clock.now() + timedelta(minutes=1)).new == (COPY,)


def signed(sent: dict[str, Any], phone: people.Phone) -> Any:
    content = people.body(sent | {"device": str(phone.id)})
    return post(content, **phone.headers(content)).json()


def test_a_wording_mended_meanwhile_stops_nothing_and_the_item_stays_under_its_own(office: Office, tmp_path: Path) -> None:
    phone, sent = people.enrolled(office.owner), item(office, photo=photo())
    change_the_procedure(tmp_path, checked_by="người khác")

    assert signed(sent, phone)["state"] == "received"
    assert str(Dossier.objects.get().version_id) == sent["version"]


def test_a_later_edition_asks_for_a_look_with_all_that_still_fits_kept_and_then_takes_it(office: Office, tmp_path: Path) -> None:
    phone, sent = people.enrolled(office.owner), item(office, photo=photo())
    change_the_procedure(tmp_path, valid_from=date(2026, 11, 1).isoformat())
    new = procedures.current(office.commune_id, COPY, clock.now().date())
    assert new is not None

    told = signed(sent, phone)

    draft = Draft.objects.get()
    assert (told["state"], [fault["field"] for fault in told["faults"]]) == ("look", ["version"])
    assert (draft.version_id, draft.citizen_id, draft.answers["purpose"]) == (new.id, office.owner.citizen_id, "Xin việc")
    assert not Dossier.objects.exists()
    assert signed(sent | {"version": str(new.id)}, phone)["state"] == "received"
    assert Dossier.objects.get().version_id == new.id


def test_a_procedure_that_was_withdrawn_says_so_and_what_was_written_stays(office: Office, tmp_path: Path) -> None:
    phone, sent = people.enrolled(office.owner), item(office, photo=photo())
    change_the_procedure(tmp_path, valid_until=date(2026, 11, 1).isoformat())

    told = signed(sent, phone)

    assert told["state"] == "look"
    assert "thôi áp dụng" in told["faults"][0]["said"]
    assert Draft.objects.get().answers["purpose"] == "Xin việc"
    assert post(people.body(item_of_unknown_version(sent))).status_code == 422


def item_of_unknown_version(sent: dict[str, Any]) -> dict[str, Any]:
    return sent | {"id": str(uuid4()), "version": str(uuid4())}
