"""Hostile text in every field of every procedure where text can be typed: kept as typed, and shown as text on each page and paper."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from html import escape
from random import Random
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers.actions import drafts, examination, intake
from xaso.apps.dossiers.demo.answers import answers_for
from xaso.apps.dossiers.models import Dossier, Draft, Slip
from xaso.apps.dossiers.papers.slips import render_slip
from xaso.apps.dossiers.testing import BIRTH, COPY, MORNING, POOR, Office
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures.testing import codes_filed_here, codes_filed_here_and_online
from xaso.kernel.forms import Field
from xaso.kernel.forms.reading import SHOWN
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import pdf
from xaso.platform.tests.page_forms import HOSTILE, RAW, forms_of

CODES = codes_filed_here()
ON_BOTH = {COPY, BIRTH, POOR}
"""Procedures tried on PostgreSQL too: what the others ask differs in the form and the papers, which no database sees."""
SHORT = "<i on=x>"
FREE = {"text", "textarea"}

pytestmark = pytest.mark.django_db


def tried(codes: list[str]) -> list[Any]:
    """Return the codes as a test's parameters, all but a few marked to run on SQLite only."""
    return [pytest.param(code, marks=() if code in ON_BOTH else pytest.mark.once, id=code) for code in codes]


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def free_fields(fields: Sequence[Field], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the names (a table's rows as `#`) of the questions that take any text, each with the hostile text that fits."""
    for one in fields:
        if one.widget in {"group", "table"}:
            yield from free_fields(one.fields, f"{prefix}{one.name}-{'#-' if one.widget == 'table' else ''}")
        elif one.widget in FREE and one.pattern is None:
            yield f"{prefix}{one.name}", HOSTILE if not one.max_length or one.max_length >= len(HOSTILE) else SHORT


def hostile_post(html: str, action: str, wanted: dict[str, str], prefix: str = "") -> tuple[dict[str, Any], set[str]]:
    """Return what the form sends with hostile text in its free questions, and which questions these were."""
    marks = f"{prefix}{SHOWN}"
    form = next(form for form in forms_of(html) if form.action in {"", action} and marks in form.values)
    typed = {}
    for name in form.values:
        text = wanted.get(re.sub(r"-\d+-", "-#-", name.removeprefix(prefix)))
        if text and name.startswith(prefix):
            typed[name] = text
    return {**form.values, **typed}, {re.sub(r"-\d+-", "-#-", name.removeprefix(prefix)) for name in typed}


def safe(answer: Any) -> str:
    """Return the page, in which no hostile text stands as it was typed."""
    html = str(answer.content.decode())
    assert [raw for raw in (*RAW, SHORT) if raw in html] == []
    return html


def papers_of(dossier: Dossier) -> str:
    """Return what is printed on all slips of a dossier."""
    printed = [render_slip(slip.form, slip.data) for slip in Slip.objects.filter(dossier=dossier)]
    assert printed
    return "".join(subprocess.run(["pdftotext", "-", "-"], input=one, capture_output=True, check=True).stdout.decode() for one in printed)


def given(made: Office, code: str) -> dict[str, Any]:
    """Return believable answers, so that every page asks what it asks of real people."""
    assert made.owner.citizen_id is not None
    citizen = people.citizen(made.owner.citizen_id)
    assert citizen is not None
    version = procedures.current(made.commune_id, code, MORNING.date())
    assert version is not None
    return answers_for(version, citizen, Random(1), MORNING.date())


def worked_through(made: Office, dossier: Dossier) -> None:
    """Ask for more with hostile words; read the case, the register, the applicant's page and the slips."""
    desk, owner = client_of(made.desk), client_of(made.owner)
    if dossier.state == "submitted":
        intake.accept(made.desk, dossier.id, now=MORNING)
    examination.take(made.officer, dossier.id, now=MORNING)
    examination.ask_for_more(made.officer, dossier.id, [{"paper": "", "text": HOSTILE}], now=MORNING)

    assert escape(HOSTILE) in safe(desk.get(f"/ho-so/{dossier.code}/"))
    assert escape(HOSTILE) in safe(desk.get("/so-theo-doi/"))
    assert escape(HOSTILE) in safe(owner.get(f"/ho-so-cua-toi/{dossier.code}/"))
    printed = re.sub(r"\s+", "", papers_of(dossier))
    assert printed.count("<imgsrc=xonerror=alert(1)>") >= 2


@pytest.mark.parametrize("code", tried(CODES))
def test_what_an_official_types_at_the_desk(office: Office, code: str) -> None:
    desk = client_of(office.desk)
    page = desk.post(f"/mot-cua/moi/{code}/", {"channel": "counter"})["Location"]
    draft = Draft.objects.get()
    version = procedures.get_version(draft.version_id)
    drafts.save_answers(office.desk, draft.id, given(office, code), screen="", now=MORNING)
    wanted = dict(free_fields(version.form.fields))

    post, typed = hostile_post(safe(desk.get(page)), page, wanted, "q-")
    contact = {"name": HOSTILE, "phone": "0912345678", "address": HOSTILE, "do": "keep"}
    safe(desk.post(page, post | contact, follow=True))
    html = safe(desk.get(page))

    assert typed
    assert html.count(escape(HOSTILE)) + html.count(escape(SHORT)) >= len(typed) + 2
    noted = {f"kind-{paper.id}": "shown" for paper in version.papers}
    done = desk.post(page, post | contact | noted | {"do": "take_in"}, follow=True)
    safe(done)
    dossier = Dossier.objects.get()
    assert dossier.applicant_name == HOSTILE
    Dossier.objects.filter(pk=dossier.pk).update(citizen_id=office.owner.citizen_id)
    worked_through(office, dossier)


@pytest.mark.parametrize("code", tried(codes_filed_here_and_online()))
def test_what_a_citizen_types_on_the_phone(office: Office, code: str) -> None:
    owner = client_of(office.owner)
    start = owner.post(f"/nop-ho-so/{code}/")["Location"]
    base = start.removesuffix("nguoi-nop/")
    draft = Draft.objects.get()
    version = procedures.get_version(draft.version_id)
    drafts.save_answers(office.owner, draft.id, given(office, code), screen="", now=MORNING)
    owner.post(start, {"name": HOSTILE, "phone": "0912345678"})
    wanted, typed = dict(free_fields(version.form.fields)), set()
    for screen in version.form.screens_for(given(office, code)):
        address = f"{base}{screen.id}/"
        post, here = hostile_post(safe(owner.get(address)), address, wanted)
        typed |= here
        safe(owner.post(address, post, follow=True))
    for paper in version.papers_needed(Draft.objects.get().answers, "online"):
        drafts.add_paper(office.owner, draft.id, paper.id, pdf(), name=f"{HOSTILE}.pdf", source="phone", now=MORNING)

    check = safe(owner.get(f"{base}kiem-tra/"))
    assert typed
    assert check.count(escape(HOSTILE)) + check.count(escape(SHORT)) >= len(typed)
    safe(owner.post(f"{base}kiem-tra/", {"agree": "yes"}, follow=True))
    worked_through(office, Dossier.objects.get())


def test_all_procedures_that_ask_anything_are_tried(office: Office) -> None:
    asking = {version.code for version in procedures.versions_in_force(MORNING.date()) if version.has_form()}

    assert asking == set(CODES)
