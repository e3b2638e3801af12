"""The first administrator of an empty database, made from the command line."""

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor


def create(answers: Mapping[str, str], password: str) -> str:
    """Set the commune up with its administrator and return a line to print. Raises SystemExit when a commune exists already."""
    if people.the_commune() is not None:
        raise SystemExit("Đã có xã trong cơ sở dữ liệu; người quản trị thêm tài khoản ở /quan-tri/ (already set up)")
    try:
        with override("vi"):
            validate_password(password)
    except ValidationError as error:
        raise SystemExit("\n".join(error.messages)) from error
    name = answers["commune"].strip()
    if not name:
        raise Refusal("people.name_needed")
    facts = people.CommuneFacts(name=name, short_name=people.short_name_of(name), province=answers["province"])
    administrator = people.FirstAdministrator(answers["full-name"], answers["username"], password)
    commune = people.set_up_commune(Actor.system(None, "xaso create-admin", channel="console"), facts, administrator, now=clock.now())
    return f"Đã lập {commune.name}; đăng nhập bằng {administrator.username} ở /dang-nhap/ (set up; sign in there)"
