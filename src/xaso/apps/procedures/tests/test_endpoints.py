"""The open part of the API: find procedures, read one."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from xaso.apps.people import testing as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def get(client: Client, address: str, status: int = 200) -> dict[str, Any]:
    people.commune()
    answer = client.get(f"/api/v1/procedures{address}")
    assert answer.status_code == status, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_words_find_procedures_without_a_token(client: Client) -> None:
    found = get(client, "?q=lam giay cho con moi de")
    assert found["items"][0]["code"] == "1.001193"
    assert found["items"][0]["name"] == "Làm giấy khai sinh"
    assert found["total"] == len(found["items"])


def test_without_words_all_are_listed_page_by_page(client: Client) -> None:
    everything, part = get(client, ""), get(client, "?limit=2&offset=1&language=en")
    assert everything["total"] == part["total"] >= 7
    assert [item["code"] for item in part["items"]] == [item["code"] for item in everything["items"][1:3]]
    assert part["items"][0]["name"] == "Certified copy of a paper"


def test_a_procedure_is_read_with_the_schema_of_its_answers(client: Client) -> None:
    body = get(client, "/2.000815")
    Draft202012Validator.check_schema(body["answers_schema"])
    validator = Draft202012Validator(body["answers_schema"])
    assert validator.is_valid({"documents": [{"name": "Căn cước", "pages": 2, "copies": 1}]})
    assert not validator.is_valid({"documents": []})
    assert body["terms"]["counter"] == {"amount": 1, "unit": "working_day", "same_day_until": "15:00", "cases": []}
    assert body["filing"] == {"counter": "here", "online": "national_portal"}


@pytest.mark.parametrize(("address", "status"), [("/0.000000", 404), ("?limit=0", 422), ("?language=xx", 422), ("?offset=-1", 422)])
def test_what_is_wrong_is_a_problem_with_a_code(client: Client, address: str, status: int) -> None:
    body = get(client, address, status)
    assert body["status"] == status
    assert body["code"] in {"procedures.not_found", "platform.malformed"}
