"""Citizens sign in at a provider of electronic identities: a whole round over real sockets, and each way it can go wrong."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.test import Client

from xaso.apps.people import testing
from xaso.apps.people.adapters.openid import IdentityClient
from xaso.apps.people.claims import IDENTITY_LEVEL
from xaso.apps.people.models import Account, Citizen
from xaso.apps.people.tests.provider import RunningProvider

MY: dict[str, Any] = {
    "sub": "person-1",
    "name": "Sùng Thị Mỷ",
    "birthdate": "1996",
    "birth_words": "1996",
    "gender": "female",
    "phone_number": "0500111222",
    "personal_number": "000196000001",
    "identity_level": 2,
    "village": "Cốc Sâm",
    "note": "",
}
PAO: dict[str, Any] = MY | {"sub": "person-2", "name": "Giàng A Pao", "personal_number": "000096000002", "gender": "male"}
BEGIN = "/dang-nhap/dinh-danh/"
UNBELIEVED = ("person", "nonce", "key", "audience", "issuer", "expired")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    folder: Path = tmp_path_factory.mktemp("eid")
    with RunningProvider(folder, [MY, PAO], ["http://testserver"]) as running:
        yield running


@pytest.fixture(autouse=True)
def configured(provider: RunningProvider, settings: Any) -> None:
    provider.behave("normal")
    client = {
        "provider_id": settings.EID_PROVIDER,
        "name": "e-ID",
        "client_id": "xaso",
        "secret": provider.secret,
        "settings": {"server_url": provider.issuer, "scope": ["openid", "profile", "phone", "identity"]},
    }
    settings.EID_ISSUER = provider.issuer
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 2
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [client]}}


def sign_in(provider: RunningProvider, client: Client, sub: str = MY["sub"], after: str = "/tra-cuu/") -> Any:
    sent = client.get(BEGIN, {"next": after})
    back = provider.sign_in(sent["Location"], sub)
    return client.get(back.removeprefix("http://testserver"))


@pytest.mark.django_db
def test_a_person_signs_in_and_lands_where_she_was(provider: RunningProvider, client: Client) -> None:
    commune = testing.commune()

    answer = sign_in(provider, client)

    assert (answer.status_code, answer["Location"]) == (302, "/tra-cuu/")
    citizen = Citizen.objects.get(commune=commune)
    told = (citizen.full_name, citizen.personal_number, citizen.birth, citizen.sex, citizen.phone, citizen.identity_level)
    assert told == ("Sùng Thị Mỷ", "000196000001", "1996", "female", "0500111222", 2)
    assert str(client.session["_auth_user_id"]) == str(citizen.account_id)


@pytest.mark.django_db
def test_the_request_asks_for_a_code_with_state_nonce_and_pkce(client: Client) -> None:
    testing.commune()

    asked = client.get(BEGIN)["Location"]

    for word in ("response_type=code", "state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "scope="):
        assert word in asked


@pytest.mark.django_db
def test_a_second_sign_in_finds_the_same_account(provider: RunningProvider) -> None:
    testing.commune()

    sign_in(provider, Client())
    sign_in(provider, Client())

    assert (Account.objects.count(), Citizen.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_person_known_from_the_desk_is_recognised_by_number_and_name(provider: RunningProvider, client: Client) -> None:
    commune = testing.commune()
    known = testing.citizen(commune, "SÙNG THỊ MỶ", personal_number=MY["personal_number"], village=testing.village(commune))

    sign_in(provider, client)

    known.refresh_from_db()
    assert (known.full_name, known.account_id is not None, Citizen.objects.count()) == ("Sùng Thị Mỷ", True, 1)


@pytest.mark.django_db
def test_a_number_that_the_desk_gave_to_another_name_is_not_taken_over(provider: RunningProvider, client: Client) -> None:
    commune = testing.commune()
    other = testing.citizen(commune, "Lù Văn Thông", personal_number=MY["personal_number"])

    sign_in(provider, client)

    other.refresh_from_db()
    assert (other.account_id, other.full_name, Citizen.objects.count()) == (None, "Lù Văn Thông", 2)


@pytest.mark.django_db
def test_who_presses_cancel_is_told_that_nothing_is_lost(provider: RunningProvider, client: Client) -> None:
    testing.commune()

    answer = sign_in(provider, client, sub="", after="/nop-ho-so/P01/")

    assert answer["Location"] == "/dang-nhap/chua-duoc/cancelled/"
    page = client.get(answer["Location"])
    assert "Thử lại" in page.content.decode()
    assert "/dang-nhap/dinh-danh/?next=%2Fnop-ho-so%2FP01%2F" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "reason"), [("down", "unreachable"), ("slow", "unreachable")])
def test_a_provider_that_is_away_leads_to_a_page_with_what_to_do(provider: RunningProvider, client: Client, mode: str, reason: str) -> None:
    testing.commune()
    provider.behave(mode)

    answer = client.get(BEGIN)

    assert answer["Location"] == f"/dang-nhap/chua-duoc/{reason}/"
    assert "quầy một cửa" in client.get(answer["Location"]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "reason"),
    [("name", "incomplete"), ("number", "incomplete"), *((what, "failed") for what in UNBELIEVED)],
)
def test_wrong_claims_sign_nobody_in(
    provider: RunningProvider, client: Client, caplog: pytest.LogCaptureFixture, what: str, reason: str
) -> None:
    testing.commune()
    provider.behave("wrong", what=what)

    answer = sign_in(provider, client)

    assert answer["Location"] == f"/dang-nhap/chua-duoc/{reason}/"
    assert (Account.objects.count(), Citizen.objects.count()) == (0, 0)
    assert "_auth_user_id" not in client.session
    assert any("sign_in_failed" in str(record.msg) and reason in str(record.msg) for record in caplog.records)


@pytest.mark.django_db
def test_a_provider_that_calls_itself_otherwise_than_the_operator_does_signs_nobody_in(
    provider: RunningProvider, client: Client, settings: Any
) -> None:
    testing.commune()
    settings.EID_ISSUER = "https://dinhdanh.example"

    assert sign_in(provider, client)["Location"] == "/dang-nhap/chua-duoc/failed/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_an_id_token_signed_by_a_shared_secret_or_by_nothing_is_not_read(algorithm: str, rf: Any) -> None:
    header = base64.urlsafe_b64encode(json.dumps({"alg": algorithm}).encode()).rstrip(b"=").decode()
    token = f"{header}.e30."
    with pytest.raises(OAuth2Error, match="signed by a way"):
        IdentityClient(rf.get("/"), "dinh-danh")._require_known_algorithm(token)


@pytest.mark.django_db
def test_the_level_is_that_of_this_sign_in_not_the_highest_that_she_has(provider: RunningProvider, client: Client) -> None:
    testing.commune()

    back = provider.sign_in(client.get(BEGIN)["Location"], MY["sub"], low="on")
    client.get(back.removeprefix("http://testserver"))

    assert client.session[IDENTITY_LEVEL] == 1


@pytest.mark.django_db
def test_a_step_up_asks_for_the_level_and_leads_back_to_the_form(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    client.get(provider.sign_in(client.get(BEGIN)["Location"], MY["sub"], low="on").removeprefix("http://testserver"))

    asked = client.get(BEGIN, {"muc": "2", "next": "/nop-ho-so/1.001612/x/kiem-tra/"})["Location"]
    answer = client.get(provider.sign_in(asked, MY["sub"]).removeprefix("http://testserver"))

    assert "acr_values=2" in asked
    assert answer["Location"] == "/nop-ho-so/1.001612/x/kiem-tra/"
    assert (client.session[IDENTITY_LEVEL], Account.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_a_level_that_the_provider_lowers_is_believed_not_what_was_asked(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    provider.behave("wrong", what="level")

    asked = client.get(BEGIN, {"muc": "2"})["Location"]
    client.get(provider.sign_in(asked, MY["sub"]).removeprefix("http://testserver"))

    assert client.session[IDENTITY_LEVEL] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["3", "0", "hai", "", "-2"])
def test_a_level_that_does_not_exist_is_not_asked_for(client: Client, typed: str) -> None:
    testing.commune()

    assert "acr_values" not in client.get(BEGIN, {"muc": typed})["Location"]


@pytest.mark.django_db
def test_a_step_up_that_fails_leaves_her_signed_in_as_before(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    client.get(provider.sign_in(client.get(BEGIN)["Location"], MY["sub"], low="on").removeprefix("http://testserver"))

    asked = client.get(BEGIN, {"muc": "2"})["Location"]
    answer = client.get(provider.sign_in(asked, "").removeprefix("http://testserver"))

    assert answer["Location"] == "/dang-nhap/chua-duoc/cancelled/"
    assert ("_auth_user_id" in client.session, client.session[IDENTITY_LEVEL]) == (True, 1)


@pytest.mark.django_db
def test_a_code_that_was_used_signs_nobody_in(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    sign_in(provider, Client(), sub=PAO["sub"])
    provider.behave("twice")

    answer = sign_in(provider, client)

    assert answer["Location"] == "/dang-nhap/chua-duoc/failed/"
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_a_return_without_our_state_signs_nobody_in(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    back = provider.sign_in(Client().get(BEGIN)["Location"], MY["sub"])

    answer = client.get(back.removeprefix("http://testserver"))

    assert answer["Location"] == "/dang-nhap/chua-duoc/failed/"
    assert Account.objects.count() == 0


@pytest.mark.django_db
def test_reloading_the_return_keeps_her_signed_in(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    back = provider.sign_in(client.get(BEGIN, {"next": "/tra-cuu/"})["Location"], MY["sub"]).removeprefix("http://testserver")
    client.get(back)

    answer = client.get(back)

    assert answer["Location"] == "/tra-cuu/"
    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_an_address_of_another_site_is_not_followed(provider: RunningProvider, client: Client) -> None:
    testing.commune()

    answer = sign_in(provider, client, after="https://evil.example/")

    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_a_closed_account_is_told_so(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    sign_in(provider, Client())
    Account.objects.update(is_active=False)

    answer = sign_in(provider, client)

    assert answer["Location"] == "/dang-nhap/chua-duoc/closed/"


@pytest.mark.django_db
def test_signing_out_offers_to_end_the_session_at_the_provider_too(provider: RunningProvider, client: Client) -> None:
    testing.commune()
    sign_in(provider, client)

    page = client.post("/dang-xuat/").content.decode()

    assert f"{provider.issuer}/logout/?id_token_hint=" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_stray_pages_of_the_library_are_not_there(client: Client) -> None:
    testing.commune()

    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/email/", "/3rdparty/", "/social/signup/", "/oidc/dinh-danh/login/"):
        assert client.get(path).status_code == 404
