"""The code of a paper survives being printed, read out and typed."""

import pytest

from xaso.kernel.identifiers import grouped_paper_code, new_paper_code, read_paper_code

CODE = "7Q2XKM9D01ABCDEFGHJK"


def test_a_new_code_is_read_back_from_its_print() -> None:
    codes = {new_paper_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read_paper_code(grouped_paper_code(code)) == code for code in codes)


@pytest.mark.parametrize(
    "typed", [CODE, "7q2xk-m9d01-abcde-fghjk", " 7Q2XK M9D01 ABCDE FGHJK ", "7Q2XKM9DO1ABCDEFGHJK", "7Q2XKM9D0lABCDEFGHJK"]
)
def test_what_the_eye_mistakes_is_understood(typed: str) -> None:
    assert read_paper_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "XS-261124-0001", CODE[:-1] + "U", CODE[:-1] + "ă"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_paper_code(typed) is None
