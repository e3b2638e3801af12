"""Every verb against every role: what the flows do not allow is refused and changes nothing; what one may not see is not there."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from xaso.apps.dossiers import access, queries, testing, words
from xaso.apps.dossiers.actions import examination, intake, results
from xaso.apps.dossiers.flow import FLOWS, WORK
from xaso.apps.dossiers.models import Dossier, Step
from xaso.apps.dossiers.testing import MORNING
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Role]
ACTS: dict[str, Callable[[Actor, UUID], object]] = {
    "accept": lambda actor, pk: intake.accept(actor, pk, now=MORNING),
    "refuse": lambda actor, pk: intake.refuse(actor, pk, "vì", "luật", now=MORNING),
    "take": lambda actor, pk: examination.take(actor, pk, now=MORNING),
    "ask_for_more": lambda actor, pk: examination.ask_for_more(actor, pk, [{"paper": "", "text": "thiếu"}], now=MORNING),
    "prepare_result": lambda actor, pk: results.prepare_result(actor, pk, {"subject": "Căn cước"}, now=MORNING),
    "send_back": lambda actor, pk: results.send_back(actor, pk, "sửa", now=MORNING),
    "stop": lambda actor, pk: examination.stop(actor, pk, "vì", "căn cứ", now=MORNING),
    "withdraw": lambda actor, pk: examination.withdraw(actor, pk, "vì", now=MORNING),
}


@pytest.mark.parametrize("state", sorted(testing.STATES))
@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_do_in_a_state_exactly_what_the_flow_says(state: str, role: str) -> None:
    office = testing.office()
    official = replace(office.desk, roles=frozenset({role}), account_id=office.officer.account_id)
    for verb, act in ACTS.items():
        dossier = testing.STATES[state](office)
        steps = Step.objects.filter(dossier=dossier).count()
        allowed = verb in WORK.verbs(state, {role}) and role in access.CASE_ROLES
        if allowed:
            act(official, dossier.id)
            assert Step.objects.filter(dossier=dossier).count() > steps
        else:
            with pytest.raises(Refusal):
                act(official, dossier.id)
            assert Dossier.objects.get(pk=dossier.pk).state == state
            assert Step.objects.filter(dossier=dossier).count() == steps


def test_a_stranger_a_visitor_and_another_commune_find_nothing() -> None:
    office = testing.office()
    other = testing.office()
    dossier = testing.submitted(office)
    for actor in (office.stranger, Actor.anonymous(office.commune_id), other.desk, other.owner, office.administrator):
        with pytest.raises(Refusal, match=r"dossiers\.not_found"):
            queries.get_by_code(actor, dossier.code)
        with pytest.raises(Refusal, match=r"dossiers\.not_found"):
            examination.withdraw(actor, dossier.id, "vì", now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "submitted"


def test_the_applicant_sees_her_own_and_who_knows_code_and_number_sees_that_one() -> None:
    office = testing.office()
    dossier = testing.submitted(office)
    assert queries.get_by_code(office.owner, dossier.code).pk == dossier.pk
    digits = dossier.applicant_phone[-4:]
    assert queries.find_by_code_and_digits(office.commune_id, dossier.code.lower(), digits) is not None
    assert queries.find_by_code_and_digits(office.commune_id, dossier.code, "0000") is None
    assert queries.find_by_code_and_digits(office.commune_id, "XS-000000-0000", digits) is None
    opened = replace(Actor.anonymous(office.commune_id), granted=frozenset({access.subject_of(dossier.id)}))
    assert queries.get_by_code(opened, dossier.code).pk == dossier.pk
    assert "withdraw" not in queries.case_file(opened, dossier).verbs
    assert "withdraw" in queries.case_file(office.owner, dossier).verbs
    assert access.roles_on(replace(office.desk, granted=opened.granted), dossier) == office.desk.roles


def test_every_state_of_every_flow_can_be_reached_and_named() -> None:

    assert set(FLOWS["work"].states) == set(words.STATES) == set(words.STATES_FOR_APPLICANT)
    assert set(FLOWS["money"].states) == set(words.MONEY)
    assert set(FLOWS["delivery"].states) == set(words.DELIVERY)
    assert set(FLOWS["sync"].states) == set(words.SYNC)
