"""Codes as RFC 6238 counts them, and who must have a second factor."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from xaso.apps.people import totp
from xaso.apps.people.roles import Role
from xaso.apps.people.rules import is_recovery_open, needs_second_factor

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 20, 8, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")])
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, of which apps show the last six digits."""
    assert totp.code_of(SECRET, totp.step_of(datetime.fromtimestamp(seconds, tz=UTC))) == code


def test_a_phone_s_clock_may_be_one_step_off_and_no_more() -> None:
    step = totp.step_of(NOW)
    found = [totp.step_with(SECRET, totp.code_of(SECRET, step + off), NOW) for off in (-2, -1, 0, 1, 2)]

    assert found == [None, step - 1, step, step + 1, None]


def test_what_is_no_code_is_wrong() -> None:
    assert [totp.step_with(SECRET, text, NOW) for text in ("", "12345", "abcdef", "１２３４５６")] == [None] * 4


def test_a_new_secret_has_160_bits_and_is_copied_in_fours() -> None:
    secret = totp.new_secret()

    assert len(base64.b32decode(secret)) == 20
    assert totp.in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"
    assert totp.new_secret() != secret


def test_the_app_is_told_whose_code_it_is() -> None:
    address = totp.address_for_app(SECRET, owner="hotich", issuer="Xã Số Bảo Nhai")

    assert address.startswith("otpauth://totp/X%C3%A3%20S%E1%BB%91%20B%E1%BA%A3o%20Nhai:hotich?")
    assert f"secret={SECRET}" in address


@pytest.mark.parametrize("role", list(Role))
def test_who_signs_administers_or_sees_sensitive_data_needs_a_second_factor(role: Role) -> None:
    assert needs_second_factor({role}) is (role not in {Role.TEAM_LEADER, Role.TEAM_MEMBER})


def test_a_post_without_roles_needs_none_and_one_role_is_enough() -> None:
    assert not needs_second_factor(())
    assert needs_second_factor((Role.TEAM_MEMBER, Role.DESK))


@pytest.mark.parametrize(("hours", "is_open"), [(0, True), (71, True), (72, False)])
def test_a_request_for_recovery_is_open_for_three_days(hours: int, is_open: bool) -> None:
    assert is_recovery_open(NOW, NOW + timedelta(hours=hours)) is is_open
