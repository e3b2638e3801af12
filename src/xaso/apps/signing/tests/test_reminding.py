"""Holder and administrators are reminded 60, 30 and 7 days before a certificate ends, once each; the share of staff is a figure."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import issue_knowingly, register_certificate, revoke
from xaso.apps.signing.reminding import remind_now
from xaso.apps.signing.rules import CertificateFacts, reminder_due, require_usable
from xaso.apps.signing.tests.authority import PASSPHRASE, Authority
from xaso.kernel.errors import Refusal

SIGNER = "Vàng Seo Dín"


@pytest.fixture
def authority(now: datetime) -> Authority:
    return Authority.founded(now)


@pytest.fixture
def signer(commune: Any) -> Any:
    return with_contact(people.staff(commune, "signer", full_name=SIGNER), phone="0912345678")


@pytest.fixture
def admin(commune: Any) -> Any:
    account = people.staff(commune, "administrator", full_name="Vũ Minh Quang")
    return people.actor_for(with_contact(account, email="quang@xa.example"))


def with_contact(account: Any, **contact: str) -> Any:
    for name, value in contact.items():
        setattr(account, name, value)
    account.save()
    return account


@pytest.mark.parametrize(("days", "due"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)])
def test_the_nearest_reminder_that_has_begun_is_due(now: datetime, days: int, due: int | None) -> None:
    assert reminder_due(now + timedelta(days=days), now=now) == due


def test_holder_and_administrator_are_told_once_for_each_of_the_three_days(
    commune: Any, signer: Any, admin: Any, authority: Authority, now: datetime
) -> None:
    row = register_certificate(admin, signer.pk, authority.key_file(SIGNER, days=(-10, 70)), PASSPHRASE, now=now)

    told = [remind_now(now + timedelta(days=day)) for day in (0, 11, 11, 41, 42, 64, 69, 71)]

    assert told == [0, 2, 0, 2, 0, 2, 0, 0]
    messages = notices.messages_about(commune.pk, f"certificate:{row.pk}")
    assert sorted({(one.channel, one.address) for one in messages}) == [("email", "quang@xa.example"), ("sms", "0912345678")]
    assert len(messages) == 6
    assert "6 ng" in messages[-1].body


def test_nobody_is_reminded_of_a_test_certificate_or_a_withdrawn_one(signer: Any, admin: Any, authority: Authority, now: datetime) -> None:
    row = register_certificate(admin, signer.pk, authority.key_file(SIGNER, days=(-10, 20)), PASSPHRASE, now=now)
    revoke(admin, row.pk, now=now)
    issue_knowingly(admin, None, now=now)

    assert remind_now(now) == 0
    assert remind_now(now + timedelta(days=725)) == 0


def test_the_share_of_staff_counts_real_certificates_that_are_valid_now(
    signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime
) -> None:
    people.staff(commune, "desk")
    people.staff(commune, "team_member")
    other = people.staff(commune, "signer", full_name="Hoàng Thị Lan")
    register_certificate(admin, signer.pk, authority.key_file(SIGNER, days=(-10, 20)), PASSPHRASE, now=now)
    issue_knowingly(admin, other.pk, now=now)

    share = administration.share_of_staff(commune.pk, now=now)
    later = administration.share_of_staff(commune.pk, now=now + timedelta(days=21))

    assert (share.with_certificate, share.staff, share.on_trial, share.percent) == (1, 4, 1, 25)
    assert (later.with_certificate, later.staff, later.on_trial, later.percent) == (0, 4, 1, 0)


def test_a_chain_that_ended_before_its_certificate_stops_the_signature(now: datetime) -> None:
    facts = CertificateFacts(None, now - timedelta(days=9), now + timedelta(days=9), None, False, now - timedelta(days=1))

    with pytest.raises(Refusal, match=r"signing\.chain_expired"):
        require_usable(facts, now=now)
