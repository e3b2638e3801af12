"""Who has the database alone: what of an applicant can be read in it, all tables searched; and what must still be found."""

import json
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import Q

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.queries.following import find_by_code_and_digits
from xaso.apps.dossiers.queries.register import RegisterFilter, register_rows
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.platform import clock, outbox
from xaso.platform.sealed import boxes

NUMBER, PHONE, PURPOSE = "000190123456", "0987650123", "Vay vốn trồng quế"
MORNING = testing.MORNING
GAPS = re.compile(r"(?<=\d)[ .\u00a0](?=\d)")
pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> testing.Office:
    """Return a commune at work whose citizen has a number and a telephone that stand nowhere else."""
    made = testing.office()
    testing.give_certificates(made)
    people.known_by(made.owner, NUMBER, PHONE)
    return made


def everything_kept() -> Iterator[tuple[str, str]]:
    """Yield each table's columns with what they hold, as it stands in the database."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        columns = [str(one.column) for one in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(model._meta.db_table)}")
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{model._meta.db_table}.{column}", _text(value)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value)


def holding(*secrets: str) -> list[str]:
    """Return where in the database one of the texts stands, with or without the gaps that a number is shown with."""
    return sorted({name for name, value in everything_kept() for secret in secrets if secret in value or secret in GAPS.sub("", value)})


def test_number_and_phone_stand_nowhere_in_the_database_from_filing_to_the_result(office: testing.Office) -> None:
    dossier = testing.solved(office, testing.MARITAL)
    while outbox.relay(clock.now()):
        pass

    assert (dossier.applicant_personal_number, dossier.applicant_phone) == (NUMBER, PHONE)
    assert dossier.answers["person_number"] == NUMBER
    assert {one.address for one in notices.messages_about(office.commune_id, f"dossier:{dossier.pk}")} == {PHONE}
    assert holding(NUMBER, PHONE) == []


def test_a_draft_and_an_item_from_a_phone_hold_it_sealed_and_are_found_by_the_number(office: testing.Office) -> None:
    arrival = testing.arrived(office)
    draft = Draft.objects.get(pk=arrival.pk)
    person = Applicant(name="Vàng Thị Dợ", personal_number=NUMBER, phone=PHONE)
    begun = drafts.start_draft(office.desk, testing.COPY, Applicant(name=""), channel="counter", on=MORNING.date(), now=MORNING)
    drafts.save_applicant(office.desk, begun.id, person, now=MORNING)

    assert draft.applicant["personal_number"] == NUMBER
    assert {one.pk for one in Draft.objects.filter(applicant_number_blind__of=NUMBER)} == {draft.pk, begun.pk}
    assert holding(NUMBER, PHONE) == []


def test_what_was_answered_is_sealed_and_no_list_opens_it(office: testing.Office) -> None:
    dossier = testing.submitted(office, testing.COPY, answers={"purpose": PURPOSE})
    (row,) = register_rows(office.desk, RegisterFilter(), now=MORNING)

    assert Dossier.objects.get().answers["purpose"] == PURPOSE
    assert holding(PURPOSE, json.dumps(PURPOSE)[1:-1]) == []
    assert {"answers", "representative"} <= row.get_deferred_fields()
    assert not any(isinstance(row.__dict__[name], str) for name in ("applicant_phone", "applicant_personal_number"))
    assert row.pk == dossier.pk


@pytest.mark.parametrize("question", [Q(answers__purpose="x"), Q(answers={}), Q(applicant_phone=PHONE)])
def test_no_question_looks_into_what_is_sealed(question: Q) -> None:
    with pytest.raises(FieldError, match="sealed"):
        Dossier.objects.filter(question)


@pytest.mark.parametrize("typed", [NUMBER, PHONE, "0987 650 123"])
def test_the_register_finds_by_whole_number_and_phone(office: testing.Office, typed: str) -> None:
    dossier = testing.submitted(office)
    testing.submitted(office, personal_number="000190999999", phone="0911222333")

    assert [one.pk for one in register_rows(office.desk, RegisterFilter(text=typed), now=MORNING)] == [dossier.pk]
    assert not register_rows(office.desk, RegisterFilter(text=typed[1:]), now=MORNING).exists()


@pytest.mark.parametrize(("digits", "finds"), [(PHONE[-4:], True), (NUMBER[-4:], True), ("0000", False), (PHONE[-3:], False)])
def test_a_code_and_four_digits_open_the_dossier(office: testing.Office, digits: str, finds: bool) -> None:
    dossier = testing.submitted(office)

    assert (find_by_code_and_digits(office.commune_id, dossier.code, digits) == dossier) is finds


def test_a_row_that_was_written_past_the_program_in_clear_is_read_as_it_is(office: testing.Office) -> None:
    dossier = testing.submitted(office)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET applicant_phone = %s, answers = %s", ["0911222333", '{"purpose": "x"}'])

    read = Dossier.objects.get(pk=dossier.pk)

    assert (read.applicant_phone, read.answers) == ("0911222333", {"purpose": "x"})
    assert not boxes.is_sealed(read.applicant_phone)
