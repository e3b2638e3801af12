"""What others would try first is no password here; anything long and one's own is, whatever it is made of."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from xaso.apps.people import testing as build
from xaso.apps.people.models import Account

pytestmark = pytest.mark.django_db


def verdict(password: str, user: Account | None = None) -> str:
    """Return `good`, or the code of the first thing that is wrong."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return str(error.error_list[0].code)
    return "good"


@pytest.mark.parametrize(
    "password", ["1234567890", "qwertyuiop", "Password2026!", "p@ssw0rd1!", "!!iloveyou99", "dragondragondragon", "Football2026"]
)
def test_common_passwords_are_refused_however_they_are_dressed_up(password: str) -> None:
    assert verdict(password) == "common"


@pytest.mark.parametrize("password", ["xaso2026!!", "Mật khẩu xã", "ubnd-motcua-1", "hanhchinh2026", "matkhau.vietnam"])
def test_words_of_the_trade_are_no_password(password: str) -> None:
    assert verdict(password) == "place"


def test_names_of_the_place_and_of_the_person_are_no_password() -> None:
    commune = build.commune()
    account = Account(username="may.ly", full_name="Lý Thị Mẩy")
    place = commune.short_name
    assert verdict(f"{place} {place} 26") == "place"
    assert verdict("Lý Thị Mẩy 2026", account) in {"place", "password_too_similar"}


@pytest.mark.parametrize(
    "password",
    ["mot-mat-khau-dai-2026", "trâu trắng ăn ngô", "        x   y   z w  q", "🌽🌽🐃🌧⛰🌽🐃🌧⛰🏞", "z" * 5 + "correcthorsebattery" * 9],
)
def test_long_words_of_ones_own_are_good_whatever_they_are_made_of(password: str) -> None:
    assert verdict(password) == "good"


def test_nine_characters_are_too_few() -> None:
    assert verdict("nuiraung9") == "password_too_short"
