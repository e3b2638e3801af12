"""Every address against everybody who has no business there: nothing is shown, nothing changes. `may_open` names who has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.architecture.may_open import EVERYBODY, MAY_OPEN, NEIGHBOUR, OF_ANOTHER_STATE, OWNER, SEES_AS, STRANGER, VISITOR
from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.access import subject_of
from xaso.apps.dossiers.actions import drafts, supplement
from xaso.apps.dossiers.models import Attachment, Finding, Payment, Reading, SigningRound, Slip
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.notices.testing import queued, waiting_call
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.people.models import BankAccountChange, Citizen, Commune, Deputy, LocalDay, Post, RecoveryRequest
from xaso.apps.procedures.facade import import_edition
from xaso.apps.procedures.models import NationalRecord, SentEdition
from xaso.apps.procedures.testing import CHANNELS_HEAD, imported, national_file, national_record, procedure
from xaso.apps.queue.models import Kiosk, ServiceCounter, ServiceGroup
from xaso.apps.rights.actions.breaches import BreachFacts, report
from xaso.apps.rights.actions.requests import ask
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.testing import offer_certificate
from xaso.apps.speech.actions.recording import keep
from xaso.apps.speech.models import ListenedPage
from xaso.apps.speech.sound import Sound
from xaso.apps.speech.testing import known
from xaso.apps.webhooks.models import Webhook, WebhookDelivery
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.models import ApiToken
from xaso.platform.sheets import jobs, sheets
from xaso.platform.tests.file_samples import pdf

SENT = {
    "name": "Nậm Lạ",
    "title": "Vua",
    "unit": "Triều",
    "roles": "administrator",
    "holder": "moi",
    "full_name": "Kẻ Lạ",
    "reason": "vì thích",
    "do": "discard",
    "amount": "8.000",
    "decision": "1/QĐ",
    "valid_from": "01/08/2026",
    "decided_on": "10/07/2026",
    "what": "online",
    "value": "here",
    "bank_name": "Kho bạc Lạ",
    "bank_bin": "970400",
    "account_number": "0123456789",
    "account_holder": "KE LA",
}

WITHOUT_TERM = "1.900009"

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class World:
    """A commune with one thing of each kind; `values` gives what stands in an address for its parameters."""

    office: testing.Office
    neighbour: Actor
    values: dict[str, Any]

    def address(self, route: str) -> str:
        """Return the address of a route with real things in it."""
        values = self.values | ({"code": testing.MARITAL} if route.startswith("quan-tri/") else {})
        if route.startswith("mot-cua/ban/"):
            values |= {"draft_id": self.values["desk_draft_id"], "attachment_id": self.values["desk_attachment_id"]}
        if route.startswith("mot-cua/cho-xac-nhan/"):
            values |= {"attachment_id": self.values["sent_attachment_id"]}
        if route.startswith("nop-ho-so/"):
            values |= {"attachment_id": self.values["draft_attachment_id"]}
        if route.endswith("/thoi-han/"):
            values |= {"code": WITHOUT_TERM}
        if route.startswith("tai-bang/"):
            values |= {"name": "so-theo-doi"}
        for name, value in values.items():
            for kind in ("str:", "uuid:", "slug:", ""):
                route = route.replace(f"<{kind}{name}>", str(value))
        assert "<" not in route, route
        return f"/{route}"

    def client_of(self, who: str) -> Client:
        """Return the browser of a visitor, a citizen, or an official with one role."""
        client = Client(raise_request_exception=True)
        accounts = {
            STRANGER: self.office.stranger,
            NEIGHBOUR: self.neighbour,
            OWNER: self.office.owner,
            Role.DESK.value: self.office.desk,
        }
        if who in accounts:
            client.force_login(_account_of(accounts[who]))
        elif who != VISITOR:
            client.force_login(people.staff_of(self.office.commune_id, who))
        return client


def _account_of(actor: Actor) -> Any:
    assert actor.account_id is not None
    return get_user_model().objects.get(pk=actor.account_id)


@pytest.fixture
def world(tmp_path: Path) -> World:
    office = testing.office()
    testing.give_certificates(office)
    now = clock.now()
    dossier = testing.paid(office, testing.solved(office, testing.COPY))
    commune = Commune.objects.get(pk=office.commune_id)
    attached = testing.examining(office)
    supplement.attach(office.desk, attached.id, "other", pdf(), name="a.pdf", source="desk", now=now)
    Attachment.objects.filter(dossier=attached).update(dossier=dossier)
    post = Post.objects.filter(commune=commune).first()
    assert post is not None
    assert post.account is not None
    today = now.date()
    deputy = Deputy.objects.create(post=post, account=post.account, from_on=today, until_on=today + timedelta(days=9), reason="ốm")
    bank = {"bank_name": "Kho bạc", "bank_bin": "970400", "account_number": "1", "account_holder": "UBND"}
    change = BankAccountChange.objects.create(commune=commune, **bank, proposed_by=post.account, proposed_at=now)
    draft, desk_draft = (_draft(actor, channel) for actor, channel in ((office.owner, "online"), (office.desk, "counter")))
    secret = {"sealed_secret": "khong-mo", "topics": [], "created_at": now}
    webhook = Webhook.objects.create(commune_id=commune.id, name="Phần mềm", url="https://nhan.example/", **secret)
    told = {"event_id": uuid4(), "topic": "dossiers.accept", "subject": "dossier:1", "body": "{}", "occurred_at": now}
    bare = national_record(WITHOUT_TERM, cach_thuc_thuc_hien=f"{CHANNELS_HEAD}Trực tiếp5Miễn phí")
    imported(office.administrator, tmp_path / "b.jsonl", bare, now=now)
    edition = import_edition(national_file(tmp_path / "a.jsonl", national_record()), as_of=None, now=now)
    sent = {"file_name": "a.jsonl", "sha256": "0", "size_bytes": 1, "state": "read", "sent_at": now, "sent_by": post.account}
    kiosk = Kiosk.objects.create(commune_id=commune.id, name="Máy", token_digest="khong", created_at=now)
    own_day = {"commune": commune, "day": today, "kind": "off", "ground": "1/QĐ", "added_at": now, "added_by": "x"}
    register = sheets.find("so-theo-doi")
    assert register is not None
    attachment = Attachment.objects.get(dossier=dossier)
    (sentence,) = known(commune.id, "Câu thứ nhất.")
    spoken = keep(Actor.system(commune.id, "máy"), sentence.key, "hmn", Sound(b"OggS", 1.0), now=now)
    reading = Reading.objects.create(attachment=attachment, state="read", asked_at=now, asked_by="máy")
    cut = {"reading": reading, "commune": commune, "dossier": dossier, "page": 1, "number": 1, "read": "1", "picture": b"png"}
    values = {
        **_asked_about(office, dossier.id, now),
        "request_id": ask(office.owner, "view", "Xã giữ gì của tôi?", language="vi", now=now).id,
        "breach_id": report(office.desk, BreachFacts("Mất điện thoại có ảnh giấy tờ.", now), now=now).id,
        "group_id": ServiceGroup.objects.create(commune_id=commune.id, name="Dịch vụ", letter="A", weekdays=[0]).id,
        "counter_id": ServiceCounter.objects.create(commune_id=commune.id, number=1).id,
        "kiosk_id": kiosk.id,
        "finding_id": Finding.objects.create(**cut).id,
        "job_id": jobs.ask_for(office.desk, register, "", rows_count=1, language="vi", now=now).id,
        "edition_id": edition.edition_id,
        "sent_id": SentEdition.objects.create(**sent).id,
        "record_id": NationalRecord.objects.get(edition=edition.edition_id, change="new").id,
        "webhook_id": webhook.id,
        "delivery_id": WebhookDelivery.objects.create(webhook=webhook, **told).id,
        "program_id": ApiToken.objects.create(commune_id=commune.id, name="Phần mềm", digest="khong", created_at=now).id,
        "code": dossier.code,
        "other": attached.code,
        "dossier_id": dossier.id,
        "procedure_code": testing.COPY,
        "draft_id": draft[0],
        "draft_attachment_id": draft[1],
        "desk_draft_id": desk_draft[0],
        "desk_attachment_id": desk_draft[1],
        "attachment_id": attachment.id,
        "slip_id": Slip.objects.filter(dossier=dossier).values_list("id", flat=True)[0],
        "payment_id": Payment.objects.get(dossier=dossier).id,
        "message_id": queued(office.commune_id, now)[0].id,
        "call_id": waiting_call(office.commune_id, now).id,
        "village_id": people.village(commune).id,
        "unit_id": people.former_unit(commune).id,
        "post_id": post.id,
        "deputy_id": deputy.id,
        "change_id": change.id,
        "fee_id": next(rule.id for rule in procedure(testing.MARITAL).fees if rule.kind == "provincial"),
        "screen": "nguoi-nop",
        "verb": "withdraw",
        "name": testing.COPY,
        "article": "tim-thu-tuc",
        "certificate_id": Certificate.objects.filter(commune_id=commune.id).values_list("id", flat=True)[0],
        "account_id": office.signer.account_id,
        "offer_id": offer_certificate(office.signer, now=now),
        "sign_in_id": uuid4(),
        "passkey_id": uuid4(),
        "recovery_id": RecoveryRequest.objects.create(
            commune=commune, account=post.account, reason="mất", asked_by=post.account, asked_at=now
        ).id,
        "round_id": SigningRound.objects.create(commune=commune, account_id=uuid4(), started_at=now, state="ended").id,
        "reason": "huy",
        "token": uuid4().hex,
        "ticket_token": uuid4().hex,
        "key": "khong-co",
        "part_id": "residence",
        "language": "hmn",
        "page_id": ListenedPage.objects.get().id,
        "recording_id": spoken,
        "kind": "ogg",
        "word": "khong-co",
        "local_day_id": LocalDay.objects.create(**own_day).id,
    }
    return World(office, _settled(office, commune), values | _sent_from_phones(office))


def _settled(office: testing.Office, commune: Commune) -> Actor:
    """Settle the owner in one village and the stranger in another; return a citizen of the owner's own village."""
    near, far = people.village(commune, "Cốc Sâm"), people.village(commune, "Nậm Giá")
    for actor, village in ((office.owner, near), (office.stranger, far)):
        assert actor.citizen_id is not None
        Citizen.objects.filter(pk=actor.citizen_id).update(village=village)
    return people.actor_for_citizen(people.citizen(commune, "Vàng A Tủa", with_account=True, village=near))


def _asked_about(office: testing.Office, dossier_id: UUID, now: datetime) -> dict[str, Any]:
    """Return an entry about the owner's dossier that she has asked about."""
    subject = subject_of(dossier_id)
    entry_id = audit.traces_of([subject], limit=1)[0].id
    return {
        "entry_id": entry_id,
        "question_id": audit.ask(office.owner, entry_id, "Ai đã xem?", about=[subject], due_on=now.date(), now=now),
    }


def _sent_from_phones(office: testing.Office) -> dict[str, Any]:
    """Return a phone of the owner's, and what another phone sent in her name."""
    waiting = testing.arrived(office)
    return {
        "device_id": people.enrolled(office.owner).id,
        "item_id": waiting.id,
        "sent_attachment_id": Attachment.objects.get(draft_id=waiting.id).id,
        "upload_id": "0" * 40,
    }


def _draft(actor: Actor, channel: str) -> tuple[Any, Any]:
    now = clock.now()
    who = Applicant(name="Giàng A Pao", citizen_id=actor.citizen_id)
    draft = drafts.start_draft(actor, testing.COPY, who, channel=channel, on=now.date(), now=now)
    return draft.id, drafts.add_paper(actor, draft.id, "other", pdf(), name="a.pdf", source="desk", now=now).id


def routes(patterns: list[Any] | None = None, above: str = "") -> Iterator[str]:
    """Yield every address that the program answers, as it stands in the rooms' tables."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def stored() -> dict[str, list[Any]]:
    """Return every row of every table of ours."""
    models = [model for model in apps.get_models() if model.__module__.startswith(("xaso.", "django_tasks"))]
    return {model._meta.label: sorted(map(repr, model._default_manager.values_list())) for model in models}


def test_every_address_is_in_a_class() -> None:
    assert sorted(set(routes()) ^ set(MAY_OPEN)) == []


@pytest.mark.parametrize("who", sorted({*EVERYBODY, NEIGHBOUR}))
def test_who_has_no_business_at_an_address_sees_and_changes_nothing_there(world: World, who: str) -> None:
    client = world.client_of(who)
    closed = sorted(route for route, may in MAY_OPEN.items() if SEES_AS.get(who, who) not in may)
    before = stored()

    opened = {
        f"{method} {route}: {answer.status_code}"
        for route in closed
        for method, answer in _tried(client, world.address(route)).items()
        if not _is_refused(answer)
    }

    assert len(closed) > 20
    assert opened == set()
    assert stored() == before


def _tried(client: Client, address: str) -> dict[str, Any]:
    return {"GET": client.get(address), "POST": client.post(address, SENT)}


def _is_refused(answer: Any) -> bool:
    """Tell whether the answer is that of an address that is not there, or only leads to the sign-in or to the search by code."""
    if answer.status_code == HTTPStatus.FOUND:
        return bool(answer["Location"].startswith(("/dang-nhap/", "/tra-cuu/")))
    return answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def test_the_same_addresses_are_there_for_who_may_open_them(world: World) -> None:
    """Else the test above would only find things that do not exist."""
    guarded = sorted(route for route, may in MAY_OPEN.items() if may and may != EVERYBODY and route not in OF_ANOTHER_STATE)
    clients = {who: world.client_of(who) for who in {min(MAY_OPEN[route]) for route in guarded}}

    answers = {route: clients[min(MAY_OPEN[route])].get(world.address(route)) for route in guarded}
    for answer in answers.values():
        answer.close()

    assert len(guarded) > 50
    assert {route: answer.status_code for route, answer in answers.items() if answer.status_code not in {200, 302, 405}} == {}
