"""Pages in states seldom looked at: refused, nothing found, nothing there yet, overfull, a name of 60 letters."""

import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, DESKTOP, PHONE
from tests.journeys.drawing import Drawn, faults
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import COPY
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.people.models import Commune
from xaso.apps.procedures.testing import imported, national_record
from xaso.apps.queue import testing as queue
from xaso.platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

LONG_NAME = "Nguyễn Phúc Hồng Thụy Công Tằng Tôn Nữ Phương Thảo Quỳnh Anh"
ONE_LONG_WORD = "Hubertblainewolfeschlegelsteinhausenbergerdorffwelchevoraltern"
OVERFULL = 2_000
NOBODY, NEWCOMER, LONG_NAMED, BUSY = "nobody", "newcomer", "long-named", "busy"
DESK, ADMINISTRATOR = Role.DESK.value, Role.ADMINISTRATOR.value


@dataclass(frozen=True)
class State:
    """Who asks for what, what is sent with it, and words by which the state is known. `{…}` in an address is filled in from the world."""

    who: str
    address: str
    says: str
    sent: dict[str, Any] | None = None


STATES = {
    "nothing found": State(NOBODY, "/thu-tuc/?q=zzzz qqqq", "Chưa tìm thấy"),
    "a field with 2,000 procedures": State(NOBODY, "/thu-tuc/?muc=Thủy lợi", "2000 thủ tục"),
    "its last page": State(NOBODY, "/thu-tuc/?muc=Thủy lợi&trang=40", "1.901999"),
    "a search that fits 2,000": State(NOBODY, "/thu-tuc/?q=xác nhận bến bãi", "Xác nhận bến bãi"),
    "a code that opens nothing": State(NOBODY, "/tra-cuu/", "Không tìm thấy hồ sơ", {"code": "XS-SAI-0000", "digits": "0000"}),
    "a paper's code that can't be one": State(NOBODY, "/xac-minh/?ma=0", "mã"),
    "a dossier's code for a paper's": State(NOBODY, "/xac-minh/?ma=XS-1", "XS-"),
    "a paper that nobody issued": State(NOBODY, "/xac-minh/7Q2XKM9D01ABCDEFGHJK", "7Q2XK"),
    "a file that is no PDF": State(NOBODY, "/xac-minh/tep/", "PDF", {"pdf": SimpleUploadedFile("a.pdf", b"khong")}),
    "no file chosen": State(NOBODY, "/xac-minh/tep/", "Anh/chị chọn tệp.", {"sent": "1"}),
    "a sign-in refused": State(NOBODY, "/dang-nhap/", "chưa đúng", {"username": "ai", "password": "sai"}),
    "a sign-in that the provider ended": State(NOBODY, "/dang-nhap/chua-duoc/huy/", "Đăng nhập"),
    "no such page": State(NOBODY, "/khong-co-trang/", "Không"),
    "no such procedure": State(NOBODY, "/thu-tuc/9.999999/", "Không"),
    "no such question": State(NOBODY, "/y-kien/khong-co/", "Không"),
    "no such number": State(NOBODY, "/lay-so/khong-co/", "Không"),
    "nobody gives numbers": State(NOBODY, "/lay-so/", "số"),
    "a time that was not chosen": State(NOBODY, "/dat-lich/{group}/", "Anh/chị chọn một giờ", {"name": "", "phone": "sai"}),
    "no dossier": State(NEWCOMER, "/ho-so-cua-toi/", "Anh/chị chưa nộp hồ sơ nào"),
    "no paper": State(NEWCOMER, "/giay-to-cua-toi/", "Chưa"),
    "no phone": State(NEWCOMER, "/thiet-bi-cua-toi/", "Chưa"),
    "nobody looked": State(NEWCOMER, "/ai-da-xem/", "Chưa"),
    "no request": State(NEWCOMER, "/du-lieu-cua-toi/", "Dữ liệu của tôi"),
    "a request without words": State(NEWCOMER, "/du-lieu-cua-toi/yeu-cau/", "Anh/chị viết rõ hơn", {"kind": "", "words": ""}),
    "an applicant without a name": State(
        LONG_NAMED, "{draft}nguoi-nop/", "aria-invalid", {"screen": "nguoi-nop", "name": "", "phone": "1"}
    ),
    "questions unanswered": State(LONG_NAMED, "{draft}giay-to/", "aria-invalid", {"_shown": "documents", "documents-0-pages": "nhiều"}),
    "the check before anything": State(LONG_NAMED, "{draft}kiem-tra/", "Nộp hồ sơ", {}),
    "a paper that can't be read": State(
        LONG_NAMED, "{draft}giay-photo_of_original/", "baoloi", {"do": "add", "file": SimpleUploadedFile("a.jpg", b"x")}
    ),
    "her home": State(LONG_NAMED, "/", LONG_NAME),
    "her form": State(LONG_NAMED, "{draft}nguoi-nop/", LONG_NAME),
    "her dossiers": State(LONG_NAMED, "/ho-so-cua-toi/", "Đã nộp"),
    "her dossier": State(LONG_NAMED, "/ho-so-cua-toi/{code}/", "{code}"),
    "a withdrawal without a reason": State(LONG_NAMED, "/ho-so-cua-toi/{code}/rut/", "{code}", {"reason": ""}),
    "a name in one word": State(LONG_NAMED, "/ho-so-cua-toi/{one_word}/", "{one_word}"),
    "her phones": State(LONG_NAMED, "/thiet-bi-cua-toi/", ONE_LONG_WORD),
    "what waits for her word": State(LONG_NAMED, "/gui/{item}/xac-nhan/", "xác nhận"),
    "who looked": State(LONG_NAMED, "/ai-da-xem/", "Ai đã xem"),
    "what is kept of her": State(LONG_NAMED, "/du-lieu-cua-toi/", "Dữ liệu của tôi"),
    "2,000 dossiers": State(BUSY, "/ho-so-cua-toi/", "gần đây nhất"),
    "2,000 wait at the desk": State(DESK, "/mot-cua/", "2000"),
    "the desk begins with no such procedure": State(DESK, "/mot-cua/moi/?q=zzzz", "zzzz"),
    "the desk begins with one of 2,000": State(DESK, "/mot-cua/moi/?q=xác nhận bến bãi", "Xác nhận bến bãi"),
    "a register of 2,000": State(DESK, "/so-theo-doi/", "2000"),
    "a register without what is looked for": State(DESK, "/so-theo-doi/?q=zzzz", "zzzz"),
    "a search that finds nothing": State(DESK, "/can-bo/tim/?q=zzzz", "zzzz"),
    "a case of a name in one word": State(DESK, "/ho-so/{one_word}/", ONE_LONG_WORD),
    "a refusal without a reason": State(DESK, "/ho-so/{code}/viec/refuse/", "baoloi", {"sent": "1"}),
    "a form of the desk without a name": State(DESK, "/mot-cua/ban/{desk_draft}/", "baoloi", {"do": "take_in", "name": ""}),
    "a breach without words": State(DESK, "/su-co-du-lieu/bao/", "aria-invalid", {"words": ""}),
    "a password refused": State(DESK, "/doi-mat-khau/", "aria-invalid", {"sent": "1"}),
    "nobody to call up": State(DESK, "/goi-dien/", "Chưa"),
    "a village without a name": State(ADMINISTRATOR, "/quan-tri/thon/moi/", "aria-invalid", {"name": ""}),
    "a post without a title": State(ADMINISTRATOR, "/quan-tri/can-bo/moi/", "aria-invalid", {"title": ""}),
    "a service without a letter": State(ADMINISTRATOR, "/quan-tri/goi-so/dich-vu/moi/", "aria-invalid", {"name": ""}),
    "a day off without a ground": State(ADMINISTRATOR, "/quan-tri/ngay-lam-viec/", "Ngày chưa đúng", {"day": "mai"}),
    "a program without an address": State(ADMINISTRATOR, "/quan-tri/noi-phan-mem/", "aria-invalid", {"name": ""}),
    "the commune's facts refused": State(ADMINISTRATOR, "/quan-tri/xa/", "aria-invalid", {"name": ""}),
    "no message that fits": State(ADMINISTRATOR, "/tin-nhan/?q=zzzz", "zzzz"),
    "no line of the record that fits": State(ADMINISTRATOR, "/quan-tri/nhat-ky/?q=zzzz", "zzzz"),
}


def test_every_state_of_a_page_is_accessible_and_fits(tmp_path: Path) -> None:
    drawn = _drawn(tmp_path)
    found_in: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        for device, is_officials in ((PHONE, False), (DESKTOP, True)):
            page = browser.new_context(**device).new_page()
            for name, one in drawn.items():
                if (one.who in (DESK, ADMINISTRATOR)) == is_officials and (found := faults(page, one)):
                    found_in[name] = found

    assert found_in == {}


def _drawn(folder: Path) -> dict[str, Drawn]:
    """Return each state as it was answered."""
    office = testing.office()
    commune = Commune.objects.get(pk=office.commune_id)
    owner, busy = (people.citizen(commune, name, with_account=True) for name in (LONG_NAME, "Vàng Thị Mẩy"))
    named = replace(office, owner=people.actor_for_citizen(owner))
    imported(office.administrator, folder / "a.jsonl", *(national_record(f"1.9{number:05}") for number in range(OVERFULL)))
    accounts = {NEWCOMER: office.stranger, LONG_NAMED: named.owner, BUSY: people.actor_for_citizen(busy)}
    accounts |= {DESK: office.desk, ADMINISTRATOR: office.administrator}
    clients = {NOBODY: Client(), **{who: _client_of(actor) for who, actor in accounts.items()}}
    one = testing.submitted(named)
    _repeat(testing.submitted(replace(office, owner=accounts[BUSY])), OVERFULL)
    people.enrolled(named.owner, ONE_LONG_WORD)
    begun = drafts.start_draft(office.desk, COPY, Applicant(name=LONG_NAME), channel="counter", on=clock.now().date(), now=clock.now())
    world = {
        "code": one.code,
        "one_word": testing.submitted(named, name=ONE_LONG_WORD).code,
        "item": testing.arrived(named).id,
        "draft": clients[LONG_NAMED].post(f"/nop-ho-so/{COPY}/")["Location"].removesuffix("nguoi-nop/"),
        "desk_draft": begun.id,
        "group": queue.group(commune.id, "A", weekdays=list(range(7))).id,
    }
    return {name: _answered(state, clients[state.who], world) for name, state in STATES.items()}


def _client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(testing.account_of(actor), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _repeat(dossier: Dossier, count: int) -> None:
    """Write so many more dossiers like this one."""
    rows = []
    for number in range(count):
        row = copy.copy(dossier)
        row.pk, row.code = uuid4(), f"{dossier.code[:-6]}{number:06}"
        rows.append(row)
    Dossier.objects.bulk_create(rows, batch_size=500)


def _answered(state: State, client: Client, world: dict[str, Any]) -> Drawn:
    address = state.address.format(**world)
    answer = client.get(address) if state.sent is None else client.post(address, state.sent)
    html = answer.content.decode()
    assert state.says.format(**world) in html, address
    return Drawn(state.who, address, html)
