"""The manifest, the service worker and the pages that work without a signal."""

import json
import re

import pytest
from django.test import Client

from xaso.apps.people import testing as people
from xaso.platform import kept_pages

MOST_BYTES_OF_THE_WORKER = int(4.5 * 1024)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept_pages.forget()


def test_the_app_bears_the_name_of_the_commune(client: Client) -> None:
    people.commune(name="Xã Bảo Nhai")

    answer = client.get("/app.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    shown = answer.json()
    assert shown["name"] == "Xã Số Xã Bảo Nhai"
    assert shown["display"] == "standalone"
    assert {icon["sizes"] for icon in shown["icons"]} == {"any", "192x192", "512x512"}


def test_pages_name_the_manifest(client: Client) -> None:
    people.commune()

    assert '<link rel="manifest" href="/app.webmanifest">' in client.get("/").content.decode()


def test_the_worker_reaches_the_whole_site_and_is_asked_for_each_time(client: Client) -> None:
    people.commune()

    answer = client.get("/sw.js", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(answer.content) < MOST_BYTES_OF_THE_WORKER


def test_the_worker_changes_with_what_it_keeps(client: Client) -> None:
    people.commune()
    script = client.get("/sw.js").content.decode()

    setting = json.loads(re.match(r"const XASO = (.*);\n", script)[1])  # type: ignore[index]

    assert re.fullmatch(r"[0-9a-f]{12}", setting["version"])
    assert setting["pages"] == ["/chua-co-song/", "/may-nay/"]
    assert len(setting["scripts"]) == 2


@pytest.mark.parametrize("address", ["/chua-co-song/", "/may-nay/", "/ngoai-tuyen/"])
def test_pages_without_a_signal_name_nobody_and_may_be_kept(client: Client, address: str) -> None:
    commune = people.commune()
    people.citizen(commune, "Giàng A Pao", with_account=True)
    client.force_login(people.staff(commune, "desk", full_name="Lù Thị Mai"))

    answer = client.get(address)

    assert answer.headers["Xaso-Phone-May-Keep"] == "1"
    assert "Lù Thị Mai" not in answer.content.decode()
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_somebody_signed_in_may_not_be_kept(client: Client) -> None:
    commune = people.commune()
    client.force_login(people.staff(commune, "desk"))

    assert "Xaso-Phone-May-Keep" not in client.get("/").headers
