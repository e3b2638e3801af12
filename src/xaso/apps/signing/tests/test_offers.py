"""An official offers her own token's certificate from her own computer; it signs nothing until an administrator takes it into use."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing import revocation
from xaso.apps.signing.actions import offers
from xaso.apps.signing.actions.certificates import issue_knowingly, register_held_certificate, revoke
from xaso.apps.signing.keys import HOLDERS_OWN, HeldKey
from xaso.apps.signing.models import Certificate, OfferedCertificate
from xaso.apps.signing.offered import find_own_offer, offers_to_answer, offers_waiting
from xaso.apps.signing.tests.authority import Authority, elliptic, name, signed
from xaso.apps.signing.tests.test_own_token_pages import SIGNER, chosen, der
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor

PAGE = "/chung-thu-so-cua-toi/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def authority(now: datetime, data_dir: Path) -> Authority:
    """An authority that the operator trusts."""
    founded = Authority.founded(now)
    trusted = data_dir / "keys" / "trusted"
    trusted.mkdir(parents=True)
    (trusted / "mau.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in (founded.certificate, founded.root)))
    return founded


@pytest.fixture
def official(signer: Any) -> Actor:
    signer.phone = "0912345678"
    signer.save()
    return people.actor_for(signer)


@pytest.fixture
def administrator(commune: Any) -> Actor:
    account = people.staff(commune, "administrator", full_name="Vũ Minh Quang")
    account.email = "quang@xa.example"
    account.save()
    return people.actor_for(account)


def held(certificate: Any) -> list[HeldKey]:
    return [HeldKey(HOLDERS_OWN, certificate)]


def offer(actor: Actor, certificate: Any, now: datetime) -> OfferedCertificate:
    return offers.offer(actor, held(certificate), chosen(certificate), now=now)


def refused(code: str, act: Any) -> None:
    """Raise unless the act is refused with the code, and neither offers nor certificates changed."""
    before = list(OfferedCertificate.objects.values_list()), list(Certificate.objects.values_list())
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    assert before == (list(OfferedCertificate.objects.values_list()), list(Certificate.objects.values_list()))


def told(row: OfferedCertificate) -> list[tuple[str, str]]:
    """Return the addresses and texts of what was told about an offer."""
    return [(one.address, one.body) for one in notices.messages_about(row.commune_id, f"offered_certificate:{row.pk}")]


def test_what_is_offered_signs_nothing_and_waits_before_the_administrators(
    authority: Authority, official: Actor, administrator: Actor, now: datetime
) -> None:
    one = authority.issues(SIGNER, elliptic())

    row = offer(official, one, now)

    assert official.account_id is not None
    assert not Certificate.objects.exists()
    assert signing.find_own_token(official.account_id, now=now) is None
    with pytest.raises(Refusal, match=r"signing\.no_certificate"):
        signing.require_ready_by_token(account_id=official.account_id, commune_id=row.commune_id, name=SIGNER, now=now)
    (item,) = offers_to_answer(administrator, now)
    assert (item.key, item.url) == (SIGNER, f"/quan-tri/chung-thu/nguoi/{official.account_id}/")
    assert offers_to_answer(official, now) == []
    ((address, body),) = told(row)
    assert (address, f"{one.serial_number:X}" in body, "/quan-tri/chung-thu/" in body) == ("quang@xa.example", True, True)


def test_what_is_approved_is_in_use_and_the_official_is_told(
    authority: Authority, official: Actor, administrator: Actor, now: datetime
) -> None:
    assert official.account_id is not None
    issue_knowingly(administrator, official.account_id, now=now)
    one = authority.issues(SIGNER, elliptic())
    row = offer(official, one, now)

    offers.approve(administrator, row.pk, now=now)

    token = signing.find_own_token(official.account_id, now=now)
    assert token is not None
    assert (token.fingerprint, token.holder) == (chosen(one), SIGNER)
    assert [bool(known.revoked_at) for known in Certificate.objects.order_by("id")] == [True, False]
    assert find_own_offer(official.account_id, now=now) is None
    assert offers_to_answer(administrator, now) == []
    assert ("0912345678", "Chứng thư số trên USB token của anh/chị đã được duyệt, ký được ngay.") in told(row)


def test_what_is_declined_says_why_until_she_sends_another_one(
    authority: Authority, official: Actor, administrator: Actor, now: datetime
) -> None:
    assert official.account_id is not None
    row = offer(official, authority.issues(SIGNER, elliptic()), now)
    refused("signing.reason_missing", lambda: offers.decline(administrator, row.pk, "  ", now=now))

    offers.decline(administrator, row.pk, "Số hiệu trên token khác.", now=now)

    shown = find_own_offer(official.account_id, now=now)
    assert shown is not None
    assert (shown.declined_at, shown.reason) == (now, "Số hiệu trên token khác.")
    assert offers_waiting(row.commune_id, now=now) == []
    assert ("0912345678", "Chứng thư số anh/chị gửi chưa được duyệt. Lý do ở mục Tài khoản.") in told(row)
    refused("signing.offer_gone", lambda: offers.approve(administrator, row.pk, now=now))
    another = offer(official, authority.issues(SIGNER, elliptic()), now)
    assert [one.id for one in offers_waiting(row.commune_id, now=now)] == [another.pk]
    acts = [line.verb for line in audit.history_of(f"offered_certificate:{row.pk}")]
    assert sorted(acts) == ["signing.certificate_offered", "signing.offer_declined"]


def test_who_offers_again_or_takes_back_leaves_no_earlier_offer_to_approve(
    authority: Authority, official: Actor, administrator: Actor, now: datetime
) -> None:
    first = offer(official, authority.issues(SIGNER, elliptic()), now)
    second = offer(official, authority.issues(SIGNER, elliptic()), now)
    refused("signing.offer_gone", lambda: offers.approve(administrator, first.pk, now=now))

    offers.take_back(official, now=now)

    refused("signing.offer_gone", lambda: offers.approve(administrator, second.pk, now=now))
    offers.take_back(official, now=now)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"days": (-400, -1)}, "signing.expired", id="expired"),
        pytest.param({"days": (1, 400)}, "signing.not_yet_valid", id="not yet valid"),
        pytest.param({"common": "Lù Thị Sáo"}, "signing.offer_other_name", id="another name"),
        pytest.param({"usage": {"key_agreement": True}}, "signing.p12_not_for_signing", id="not for signing"),
    ],
)
def test_what_could_not_sign_is_refused_when_it_is_offered(
    authority: Authority, official: Actor, now: datetime, facts: dict[str, Any], code: str
) -> None:
    one = authority.issues(facts.pop("common", SIGNER), elliptic(), **facts)

    refused(code, lambda: offer(official, one, now))


def test_an_issuer_that_nobody_trusts_is_refused(authority: Authority, official: Actor, now: datetime) -> None:
    key = elliptic()
    stranger = signed(name("CA lạ"), name("CA lạ"), key, key, now=now, ca=True)
    unknown, forged = Authority(now, key, stranger, key, stranger), Authority(now, key, stranger, key, authority.certificate)

    for one in (unknown, forged):
        refused("signing.issuer_unknown", lambda one=one: offer(official, one.issues(SIGNER, elliptic()), now))


def test_what_its_issuer_revoked_is_refused_when_offered_and_when_approved(
    authority: Authority, official: Actor, administrator: Actor, data_dir: Path, now: datetime
) -> None:
    one, another = authority.issues(SIGNER, elliptic()), authority.issues(SIGNER, elliptic())
    row = offer(official, one, now)
    lists = data_dir / "keys" / "revocation"
    lists.mkdir(parents=True)
    (lists / "cap.crl").write_bytes(authority.revocations(one, another, at=now - timedelta(days=1)))
    (lists / "goc.crl").write_bytes(authority.root_revocations(at=now))

    refused("signing.revoked_by_issuer", lambda: offers.approve(administrator, row.pk, now=now))
    refused("signing.revoked_by_issuer", lambda: offer(official, another, now))
    assert [card.issuer_says for card in offers_waiting(row.commune_id, now=now)] == ["Đã bị thu hồi"]


def test_issuers_are_asked_about_what_waits_for_approval(authority: Authority, official: Actor, now: datetime) -> None:
    row = offer(official, authority.issues(SIGNER, elliptic()), now)

    assert any(row.pem in chain for chain in revocation._chains())


def test_a_certificate_of_somebody_else_a_withdrawn_one_and_the_one_in_use_are_refused(
    authority: Authority, commune: Any, official: Actor, administrator: Actor, now: datetime
) -> None:
    namesake = people.staff(commune, "signer", username="trung-ten", full_name=SIGNER)
    taken, offered, own = (authority.issues(SIGNER, elliptic()) for _ in range(3))
    register_held_certificate(administrator, namesake.pk, held(taken), chosen(taken), now=now)
    offer(people.actor_for(namesake), offered, now)

    refused("signing.p12_taken", lambda: offer(official, taken, now))
    refused("signing.p12_taken", lambda: offer(official, offered, now))
    in_use = register_held_certificate(administrator, official.account_id, held(own), chosen(own), now=now)
    refused("signing.offer_in_use", lambda: offer(official, own, now))
    revoke(administrator, in_use.pk, now=now)
    refused("signing.p12_taken", lambda: offer(official, own, now))


def test_nobody_approves_her_own_offer_nor_that_of_another_commune_and_only_who_signs_offers(
    authority: Authority, commune: Any, administrator: Actor, now: datetime
) -> None:
    both = people.actor_for(people.staff(commune, "signer", "administrator", username="ca-hai", full_name=SIGNER))
    row = offer(both, authority.issues(SIGNER, elliptic()), now)
    elsewhere = people.actor_for(people.staff(people.commune(name="Xã Khác", short_name="Khác"), "administrator", username="xa-khac"))
    clerk = people.actor_for(people.staff(commune, "clerk", username="van-thu"))

    assert offers_to_answer(both, now) == []
    refused("signing.offer_own", lambda: offers.approve(both, row.pk, now=now))
    refused("signing.offer_gone", lambda: offers.approve(elsewhere, row.pk, now=now))
    refused("signing.not_allowed", lambda: offers.approve(clerk, row.pk, now=now))
    refused("signing.not_a_signer", lambda: offer(administrator, authority.issues("Vũ Minh Quang", elliptic()), now))


def test_the_offer_of_who_signs_no_more_waits_for_nobody_and_is_not_approved(
    authority: Authority, signer: Any, official: Actor, administrator: Actor, now: datetime
) -> None:
    row = offer(official, authority.issues(SIGNER, elliptic()), now)
    signer.posts.update(until=now.date())

    assert offers_waiting(row.commune_id, now=now) == []
    refused("signing.not_a_signer", lambda: offers.approve(administrator, row.pk, now=now))


def test_she_sends_it_from_her_page_and_the_administrator_answers_on_his(
    authority: Authority, signer: Any, official: Actor, administrator: Actor, client: Client
) -> None:
    client.force_login(signer)
    one = authority.issues(SIGNER, elliptic())
    assert "Chưa có chứng thư số nào." in client.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in client.get("/bao-ve-tai-khoan/").content.decode()
    found = client.post(PAGE, {"der": [der(one), der(authority.certificate)]}).content.decode()
    assert (f'<td data-nhan="Cấp cho">{SIGNER}</td>' in found, "tôi đã đối chiếu" in found) == (True, False)

    assert client.post(PAGE, {"der": der(one), "certificate": chosen(one)})["Location"] == PAGE

    assert "Chờ quản trị viên" in client.get(PAGE).content.decode()
    row = OfferedCertificate.objects.get()
    client.force_login(people.staff_of(row.commune_id, "administrator"))
    assert "xin dùng chứng thư số trên USB token của mình" in client.get("/quan-tri/chung-thu/").content.decode()
    assert "1 chứng thư số chờ duyệt" in client.get("/quan-tri/").content.decode()
    assert "Chứng thư số trên USB token chờ duyệt" in client.get("/can-bo/").content.decode()
    place = f"/quan-tri/chung-thu/nguoi/{signer.pk}/"
    assert "Chứng thư số chờ duyệt" in client.get(place).content.decode()
    bare = client.post(f"{place}cho-duyet/{row.pk}/tra-lai/", {"reason": ""})
    assert (bare.status_code, "Anh/chị ghi lý do" in bare.content.decode()) == (422, True)
    assert client.post(f"{place}cho-duyet/{row.pk}/duyet/")["Location"] == place
    gone = client.post(f"{place}cho-duyet/{row.pk}/tra-lai/", {"reason": "muộn"})
    assert (gone.status_code, "Đề nghị này không còn" in gone.content.decode()) == (409, True)
    client.force_login(signer)
    assert "USB token của người ký" in client.get(PAGE).content.decode()


def test_the_refusal_stands_on_her_page_in_words(authority: Authority, signer: Any, client: Client) -> None:
    client.force_login(signer)
    one = authority.issues("Lù Thị Sáo", elliptic())

    answer = client.post(PAGE, {"der": der(one), "certificate": chosen(one)})

    assert (answer.status_code, "Chứng thư số ghi tên “Lù Thị Sáo”, khác tên tài khoản" in answer.content.decode()) == (422, True)
    assert client.post(PAGE, {"der": "rác"}).status_code == 422
    assert not OfferedCertificate.objects.exists()


def test_she_declines_nothing_but_may_take_her_offer_back_on_her_page(authority: Authority, signer: Any, client: Client) -> None:
    client.force_login(signer)
    one = authority.issues(SIGNER, elliptic())
    client.post(PAGE, {"der": der(one), "certificate": chosen(one)})

    assert client.post(f"{PAGE}rut/")["Location"] == PAGE

    assert not OfferedCertificate.objects.exists()
