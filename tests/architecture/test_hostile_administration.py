"""Hostile text typed into each form of `/quan-tri/` is refused, or kept and shown as text on every page of it."""

from html import escape
from typing import Any

import pytest
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.people.models import Commune, FormerUnit, Post, Village
from xaso.apps.procedures import memory
from xaso.apps.procedures import testing as procedures
from xaso.apps.procedures.models import CommuneOverride
from xaso.apps.webhooks.models import Webhook
from xaso.platform import clock
from xaso.platform.tests.page_forms import HOSTILE, RAW, PageForm, forms_of

CODE = "1.004873"
KNOWN = {
    "phone": "0912345678",
    "email": "",
    "username": "ke-la",
    "province_code": "11",
    "gso_code": "03127",
    "agency_code": "",
    "code": "",
    "households": "61",
    "morning_from": "07:00",
    "morning_until": "11:30",
    "afternoon_from": "13:30",
    "afternoon_until": "17:00",
    "evening_from": "",
    "evening_until": "",
    "valid_from": "01/08/2026",
    "valid_until": "",
    "decided_on": "10/07/2026",
    "since": "01/08/2026",
    "from_on": "01/12/2026",
    "until_on": "05/12/2026",
    "amount": "8.000",
    "bank_bin": "970400",
    "account_number": "0123456789",
    "holder": "moi",
    "value": "here",
    "url": "https://nhan.example/hai/",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Commune:
    procedures.procedure(CODE)
    return people.commune()


@pytest.fixture
def admin(commune: Commune, client: Client) -> Client:
    client.force_login(people.staff(commune, Role.ADMINISTRATOR, username="quantri"))
    return client


def addresses(commune: Commune) -> list[str]:
    """Return every page of the administration that has something to type."""
    fee = next(rule.id for rule in procedures.procedure(CODE).fees if rule.kind == "provincial")
    post = people.staff(commune, Role.DESK).posts.get()
    parts = [
        "",
        "xa/",
        "thon/",
        "thon/moi/",
        "thon/nhap/",
        f"thon/{people.village(commune).id}/",
        "don-vi-cu/",
        f"don-vi-cu/{people.former_unit(commune).id}/",
        "can-bo/",
        "can-bo/moi/",
        "can-bo/nhap/",
        f"can-bo/{post.id}/",
        "tai-khoan/",
        "nhat-ky/",
        "phi/",
        f"phi/{CODE}/{fee}/",
        "noi-nop/",
        f"noi-nop/{CODE}/",
        "chung-thu/",
        "chung-thu/dau/",
        "noi-phan-mem/",
        "ma-truy-cap/",
        f"noi-phan-mem/{webhook(commune).id}/",
    ]
    return [f"/quan-tri/{part}" for part in parts]


def webhook(commune: Commune) -> Webhook:
    """Return the one program outside that is told of moves."""
    made = {"name": "Phần mềm", "topics": ["dossiers.accept"], "sealed_secret": "khong-mo", "created_at": clock.now()}
    return Webhook.objects.get_or_create(commune_id=commune.id, url="https://nhan.example/", defaults=made)[0]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sent(admin: Client, page: str, form: PageForm) -> Any:
    """Send a form with hostile text in every free field."""
    action = form.action if form.action.startswith("/") else page
    return admin.post(action, {**form.filled(HOSTILE, **KNOWN), "roles": ["desk"]}, follow=True)


def test_hostile_text_in_each_form_is_shown_as_text_on_every_page(admin: Client, commune: Commune) -> None:
    pages = addresses(commune)
    typed_in = 0
    for page in pages:
        for form in forms_of(text(admin.get(page))):
            if not form.texts or form.action.startswith(("/dang-xuat/", "/ngon-ngu/")):
                continue
            typed_in += 1
            answer = sent(admin, page, form)
            assert answer.status_code in {200, 409, 422}, (page, answer.status_code)
            assert [raw for raw in RAW if raw in text(answer)] == [], page
    memory.forget()

    assert typed_in >= 12
    shown = {page: text(admin.get(page)) for page in pages}
    assert [(page, raw) for page, html in shown.items() for raw in RAW if raw in html] == []
    for page in ("/quan-tri/thon/", "/quan-tri/don-vi-cu/", "/quan-tri/can-bo/"):
        assert escape(HOSTILE) in shown[page], page
    assert kept() == {"commune", "village", "former unit", "post", "official", "fee", "webhook"}


def kept() -> set[str]:
    """Return the kinds of things that bear the hostile text now: else the pages would show nothing that could be wrong."""
    found = {
        "commune": Commune.objects.filter(address=HOSTILE),
        "village": Village.objects.filter(name=HOSTILE),
        "former unit": FormerUnit.objects.filter(name=HOSTILE),
        "post": Post.objects.filter(title=HOSTILE),
        "official": Post.objects.filter(account__full_name=HOSTILE),
        "fee": CommuneOverride.objects.filter(decision=HOSTILE),
        "webhook": Webhook.objects.filter(name=HOSTILE),
    }
    return {what for what, rows in found.items() if rows.exists()}
