"""Phones: enrolled and removed by their owner alone, believed by their signature alone, heard when they hold something back."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.people import testing
from xaso.apps.people.device_keys import is_signed_by, read_public_key
from xaso.apps.people.device_queries import list_stuck_devices
from xaso.apps.people.models import Citizen, Commune, Device
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor

OURS = {"Origin": "http://testserver"}


@pytest.fixture
def commune(db: None) -> Commune:
    return testing.commune()


@pytest.fixture
def pao(commune: Commune) -> Citizen:
    return testing.citizen(commune, "Giàng A Pao", with_account=True)


@pytest.fixture
def owner(pao: Citizen) -> Actor:
    return testing.actor_for_citizen(pao)


def signed_in(citizen: Citizen) -> Client:
    client = Client()
    assert citizen.account is not None
    client.force_login(citizen.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def enrol(client: Client, phone: testing.Phone, **over: Any) -> Any:
    told = {"id": str(phone.id), "public_key": phone.public_key, "label": "Samsung"} | over
    return client.post("/thiet-bi/", testing.body(told), content_type="application/json", headers=OURS)


BEATS = count(1)


def beat(phone: testing.Phone, told: dict[str, Any], *, signed_by: testing.Phone | None = None) -> Any:
    content = testing.body({"number": next(BEATS)} | told)
    headers = (signed_by or phone).headers(content)
    return Client().post(f"/thiet-bi/{phone.id}/con-cho/", content, content_type="application/json", headers=headers)


def test_a_signature_fits_its_key_and_its_bytes_alone() -> None:
    phone, other = testing.phone(), testing.phone()
    key, signature = read_public_key(phone.public_key), phone.signature(b"chu")

    assert is_signed_by(key, b"chu", signature)
    assert is_signed_by(key, b"chu", signature + "==")
    assert not is_signed_by(key, b"chu khac", signature)
    assert not is_signed_by(read_public_key(other.public_key), b"chu", signature)
    for hostile in ("", "A", "A" * 86, "A" * 87, "é" * 86, "A" * 100_000, "+" * 86, signature[:-4]):
        assert not is_signed_by(key, b"chu", hostile)


@pytest.mark.parametrize(
    "wrong", [{"kty": "RSA"}, {"crv": "P-384"}, {"x": "AAAA"}, {"y": "A" * 43}, {"x": "!" * 43}, {"x": None}, {"y": ""}]
)
def test_another_kind_of_key_or_a_point_off_the_curve_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"people\.key_wrong"):
        read_public_key(testing.phone().public_key | wrong)


def test_who_is_signed_in_enrols_a_phone_once_and_sees_it(pao: Citizen) -> None:
    client, phone = signed_in(pao), testing.phone()

    first, again = enrol(client, phone), enrol(client, phone, label="Máy của Pao")

    assert first.json() | {"label": ""} == again.json() | {"label": ""}
    device = Device.objects.get()
    assert (device.citizen, device.label) == (pao, "Máy của Pao")
    assert set(device.public_key) == {"kty", "crv", "x", "y"}
    assert "Máy của Pao" in client.get("/thiet-bi-cua-toi/").content.decode()


def test_nobody_else_enrols(commune: Commune, pao: Citizen) -> None:
    official = Client()
    official.force_login(testing.staff(commune, Role.DESK))
    elsewhere = signed_in(pao).post(
        "/thiet-bi/", testing.body({}), content_type="application/json", headers={"Origin": "https://noi-khac.example"}
    )

    assert enrol(Client(), testing.phone()).status_code == 401
    assert enrol(official, testing.phone()).status_code == 404
    assert elsewhere.status_code == 403
    assert not Device.objects.exists()


def test_an_id_that_is_anothers_has_another_key_or_was_removed_is_not_enrolled_again(commune: Commune, pao: Citizen, owner: Actor) -> None:
    taken = testing.enrolled(owner)
    stranger = testing.citizen(commune, "Lù Văn Phừ", with_account=True)
    client = signed_in(pao)

    assert enrol(signed_in(stranger), taken).json()["code"] == "people.device_taken"
    assert enrol(client, testing.Phone(taken.id, testing.phone().key)).json()["code"] == "people.device_taken"
    client.post(f"/thiet-bi-cua-toi/{taken.id}/bo/")
    assert enrol(client, taken).json()["code"] == "people.device_taken"
    assert Device.objects.get().citizen == pao


@pytest.mark.parametrize(
    "over",
    [{"id": "x"}, {"id": 5}, {"public_key": "x"}, {"label": 7}, {"label": "a" * 400}, {"public_key": {"kty": "EC"}}],
)
def test_a_malformed_enrolment_is_refused_and_keeps_nothing(pao: Citizen, over: dict[str, Any]) -> None:
    answer = enrol(signed_in(pao), testing.phone(), **over)

    assert (answer.status_code, answer.json()["xaso"], answer.json()["code"]) == (422, 1, "platform.malformed")
    assert not Device.objects.exists()


def test_more_than_ten_phones_are_not_enrolled(pao: Citizen, owner: Actor) -> None:
    for _ in range(10):
        testing.enrolled(owner)

    assert enrol(signed_in(pao), testing.phone()).json()["code"] == "people.too_many_devices"


def test_only_its_owner_removes_a_phone_and_twice_is_once(commune: Commune, pao: Citizen, owner: Actor) -> None:
    phone = testing.enrolled(owner)
    stranger = signed_in(testing.citizen(commune, "Lù Văn Phừ", with_account=True))
    address = f"/thiet-bi-cua-toi/{phone.id}/bo/"

    assert stranger.post(address).status_code == 404
    assert Client().post(address)["Location"].startswith("/dang-nhap/")
    assert Device.objects.get().revoked_at is None
    client = signed_in(pao)
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    assert Device.objects.get().revoked_at is not None
    assert "Bỏ máy này" not in client.get("/thiet-bi-cua-toi/").content.decode()


def test_what_waits_for_a_day_raises_an_alarm_for_the_desk_and_ends_by_itself(commune: Commune, pao: Citizen, owner: Actor) -> None:
    phone = testing.enrolled(owner)
    official = testing.staff(commune, Role.DESK)
    desk = testing.actor_for(official)
    assert beat(phone, {"waiting": 2}).json() == {"xaso": 1}
    assert list_stuck_devices(desk, clock.now()) == []

    (stuck,) = list_stuck_devices(desk, clock.now() + timedelta(hours=25))

    assert (stuck.owner_name, stuck.owner_phone, stuck.waiting) == (pao.full_name, pao.phone, 2)
    assert list_stuck_devices(owner, clock.now() + timedelta(hours=25)) == []
    beat(phone, {"waiting": 1})
    assert len(list_stuck_devices(desk, clock.now() + timedelta(hours=25))) == 1
    beat(phone, {"waiting": 0})
    assert list_stuck_devices(desk, clock.now() + timedelta(hours=25)) == []


@pytest.mark.parametrize("year", ["1970", "2026", "2199"])
def test_the_phones_own_clock_may_be_wrong_by_years(commune: Commune, owner: Actor, year: str) -> None:
    phone = testing.enrolled(owner)
    client = Client()
    client.force_login(testing.staff(commune, Role.DESK))

    beat(phone, {"waiting": 1, "oldest_made_at": f"{year}-03-01T08:00:00Z", "sent_at": f"{year}-03-02T11:00:00Z"})

    since = Device.objects.get().waiting_since
    assert since is not None
    assert timedelta(hours=26) < clock.now() - since < timedelta(hours=28)
    assert "Máy của Pao" in client.get("/may-con-cho/").content.decode()
    assert "Máy còn hồ sơ chưa gửi được" in client.get("/can-bo/").content.decode()


def test_a_beat_of_a_stranger_a_removed_phone_or_nonsense_changes_nothing(pao: Citizen, owner: Actor) -> None:
    phone, stranger = testing.enrolled(owner), testing.phone()

    answers = [
        beat(phone, {"waiting": 3}, signed_by=stranger),
        beat(stranger, {"waiting": 3}),
        beat(phone, {"waiting": -1}),
        beat(phone, {"waiting": 10**9}),
        beat(phone, {"waiting": "3"}),
        beat(phone, {"waiting": 3, "oldest_made_at": 5}),
        beat(phone, {"waiting": 3, "number": 0}),
        beat(phone, {"waiting": 3, "number": 2**31}),
        beat(phone, {"waiting": 3, "number": None}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 422, 422, 422, 422, 422, 422, 422]
    assert Device.objects.get().waiting == 0
    signed_in(pao).post(f"/thiet-bi-cua-toi/{phone.id}/bo/")
    assert beat(phone, {"waiting": 3}).status_code == 404
    assert Client().get(f"/thiet-bi/{uuid4()}/con-cho/").status_code == 405


def test_a_beat_that_comes_again_or_late_changes_nothing(commune: Commune, owner: Actor) -> None:
    phone = testing.enrolled(owner)
    beat(phone, {"number": 1, "waiting": 2})
    beat(phone, {"number": 3, "waiting": 0})

    answers = [beat(phone, {"number": number, "waiting": 2}) for number in (1, 2, 3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert list_stuck_devices(testing.actor_for(testing.staff(commune, Role.DESK)), clock.now() + timedelta(hours=25)) == []
    beat(phone, {"number": 4, "waiting": 1})
    assert Device.objects.get().waiting == 1


def test_too_many_beats_are_held_back_with_a_time_to_try_again(owner: Actor) -> None:
    phone = testing.enrolled(owner)

    answers = [beat(phone, {"waiting": 0}) for _ in range(121)]

    assert {answer.status_code for answer in answers[:120]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 60
