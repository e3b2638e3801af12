"""The catalogue for programs, open without a token."""

from tests.api.conftest import CallerWith


def test_procedures_are_found_by_words_without_accents(caller_with: CallerWith) -> None:
    found = caller_with().get("/procedures?q=khai+sinh").json()

    assert found["items"][0]["code"] == "1.001193"
    assert found["items"][0]["name"]
    assert found["total"] == len(found["items"]) >= 1


def test_without_words_all_procedures_come_in_pages(caller_with: CallerWith) -> None:
    anybody = caller_with()

    everything = anybody.get("/procedures?limit=200").json()
    page = anybody.get(f"/procedures?limit=3&offset={everything['total'] - 2}").json()

    assert everything["total"] == len(everything["items"]) >= 8
    assert page["total"] == everything["total"]
    assert page["items"] == everything["items"][-2:]


def test_a_procedure_tells_what_answers_must_look_like(caller_with: CallerWith) -> None:
    shown = caller_with().get("/procedures/2.000815").json()

    assert shown["code"] == "2.000815"
    assert shown["answers_schema"]["required"] == ["documents"]
    assert shown["legal_basis"]


def test_an_unknown_procedure_is_a_problem(caller_with: CallerWith) -> None:
    answer = caller_with().get("/procedures/9.999999")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "procedures.not_found"
