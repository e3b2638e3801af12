"""Programs file with papers, add what was asked for, and are refused as anybody is: files are sent by tus before."""

from typing import Any

import pytest

from tests.api.conftest import Caller
from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing as build
from xaso.apps.dossiers.actions import examination
from xaso.apps.dossiers.models import Attachment, Dossier, Step
from xaso.platform import files
from xaso.platform.files.models import StoredFile
from xaso.platform.models import IdempotencyKey
from xaso.platform.tests.file_samples import archive, photo
from xaso.platform.uploads.models import Upload
from xaso.platform.uploads.testing import sent_in_part, sent_whole
from xaso.platform.viruses.testing import infected_pdf, running, take_into_use

KEY = "giay-to-0001"


def of(upload_id: str, paper: str = "original") -> dict[str, str]:
    return {"paper": paper, "upload": upload_id}


def test_an_application_is_filed_with_its_files_and_each_says_where_it_came_from(caller: Caller, application: dict[str, Any]) -> None:
    papers = [of(sent_whole(photo(), name="Bản chính.jpg")), of(sent_whole(photo(810), name="thêm.jpg"), "other")]

    answer = caller.post("/dossiers", application | {"papers": papers}, key=KEY)

    assert answer.status_code == 201
    dossier = Dossier.objects.get()
    taken = Attachment.objects.filter(dossier=dossier)
    assert [(one.paper_id, one.name, one.source, one.added_by) for one in taken] == [
        ("original", "Bản chính.jpg", "program", "thử"),
        ("other", "thêm.jpg", "program", "thử"),
    ]
    assert files.read(taken[0].file)[:2] == b"\xff\xd8"
    assert [line.verb for line in audit.history_of(f"dossier:{dossier.id}")] == ["dossiers.submit", "dossiers.attach", "dossiers.attach"]


def test_sent_again_it_is_one_dossier_even_when_the_files_are_gone(caller: Caller, application: dict[str, Any]) -> None:
    body = application | {"papers": [of(sent_whole(photo()))] * 2}

    first = caller.post("/dossiers", body, key=KEY)
    Upload.objects.all().delete()
    again = caller.post("/dossiers", body, key=KEY)
    without = caller.post("/dossiers", application, key=KEY)

    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert (without.status_code, without.json()["code"]) == (409, "platform.key_reused")
    assert (Dossier.objects.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        pytest.param(lambda: of(sent_whole(photo()), "no_such_paper"), "dossiers.paper_unknown", id="unknown paper"),
        pytest.param(lambda: of("0" * 40), "uploads.unknown", id="never sent"),
        pytest.param(lambda: of(sent_in_part(photo())), "uploads.incomplete", id="sent in part"),
        pytest.param(lambda: of(sent_whole(archive(), name="a.zip")), "admission.office", id="no paper"),
        pytest.param(lambda: of("không"), "platform.malformed", id="no id"),
    ],
)
def test_with_a_file_that_cannot_be_taken_nothing_is_filed_and_the_key_stays_free(
    caller: Caller, application: dict[str, Any], paper: Any, code: str
) -> None:
    answer = caller.post("/dossiers", application | {"papers": [of(sent_whole(photo())), paper()]}, key=KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (Dossier.objects.count(), Attachment.objects.count(), StoredFile.objects.count(), IdempotencyKey.objects.count()) == (0, 0, 0, 0)
    assert caller.post("/dossiers", application, key=KEY).status_code == 201


def test_an_infected_file_is_refused_and_that_is_written_down(
    caller: Caller, application: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as standin:
        take_into_use(standin, monkeypatch)
        upload_id = sent_whole(infected_pdf(), name="a.pdf")
        answer = caller.post("/dossiers", application | {"papers": [of(upload_id)]}, key=KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, "admission.infected")
    assert [line.verb for line in audit.history_of(f"upload:{upload_id}")] == ["dossiers.infected_refused"]
    assert Dossier.objects.count() == 0


EXTENSION = {
    "procedure_code": "1.013227",
    "applicant": {"name": "Giàng A Pao", "phone": "0912345678"},
    "answers": {
        "owner_kind": "person",
        "owner_name": "Giàng A Pao",
        "owner_number": "010090001234",
        "owner_address": "Thôn Bản Lắp",
        "permit_number": "12/GPXD",
        "permit_on": "2026-02-03",
        "site_address": "Thôn Bản Lắp",
        "truth": True,
    },
}


@pytest.mark.parametrize("channel", ["online", "post"])
def test_who_sees_no_paper_needs_the_files_of_those_that_the_pages_ask_for(caller: Caller, channel: str) -> None:
    body = EXTENSION | {"channel": channel}
    request = of(sent_whole(photo()), "request")

    bare, halfway = caller.post("/dossiers", body, key=KEY), caller.post("/dossiers", body | {"papers": [request]}, key=KEY)

    assert [(one.status_code, one.json()["code"]) for one in (bare, halfway)] == [(422, "dossiers.papers_missing")] * 2
    assert halfway.json()["detail"].endswith("Giấy phép xây dựng đã được cấp.")
    assert (Dossier.objects.count(), Attachment.objects.count(), IdempotencyKey.objects.count()) == (0, 0, 0)
    whole = body | {"papers": [request, of(sent_whole(photo(820)), "permit")]}
    assert caller.post("/dossiers", whole, key=KEY).status_code == 201


def test_at_the_counter_somebody_has_seen_the_papers(caller: Caller) -> None:
    assert caller.post("/dossiers", EXTENSION | {"channel": "counter"}, key=KEY).status_code == 201


def test_what_was_asked_for_is_added_with_its_files(caller: Caller) -> None:
    dossier = build.submitted(caller.made)
    examination.ask_for_more(caller.made.desk, dossier.id, [{"paper": "original", "text": "mờ"}], now=build.MORNING)
    body = {"verb": "add_supplement", "data": {"papers": [of(sent_whole(photo()))]}}

    answer = caller.post(f"/dossiers/{dossier.id}/moves", body)

    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    assert [(one.paper_id, one.source) for one in Attachment.objects.filter(dossier=dossier)] == [("original", "program")]


def test_where_nothing_is_asked_for_no_file_is_taken(caller: Caller) -> None:
    dossier = build.submitted(caller.made)
    steps = Step.objects.count()
    body = {"verb": "add_supplement", "note": "đây", "data": {"papers": [of(sent_whole(photo()))]}}

    answer = caller.post(f"/dossiers/{dossier.id}/moves", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "flow.not_allowed")
    assert (Attachment.objects.count(), Step.objects.count()) == (0, steps)
