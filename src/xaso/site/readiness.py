"""What keeps an installation from going live. Told in words, all at once."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from django.db import DatabaseError

from xaso.apps.backups import facade as backups
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.platform import keyring
from xaso.platform.errors import words_for

DEMO_USER_NAMES = ("tiepnhan", "hotich", "phochutich", "vanthu", "giamdoc", "totruong", "quantri")
DEMO_PASSWORD = "xaso-demo"  # noqa: S105  printed on the demo's first screen
SHORTEST_SECRET = 50
OTHERS = 0o077


def problems() -> list[str]:
    """Return what must be put right before real people use this installation; empty when nothing."""
    return [*half_restored(), *in_settings(), *_in_database()]


def refuse_to_run_unready() -> None:
    """End this program with words for the operator on half a restore, in production also while anything keeps it from going live."""
    found = problems() if settings.XASO_MODE == "production" else [*half_restored()]
    if found:
        raise SystemExit("Chưa chạy thật được (not ready):\n" + "\n".join(f"- {problem}" for problem in found))


def half_restored() -> Iterable[str]:
    """Yield that a restore has not ended."""
    if backups.mark_path().exists():
        yield words_for(Refusal("backups.half_restored"))


def in_settings() -> Iterable[str]:
    """Yield what is wrong before any database is asked."""
    if settings.XASO_MODE != "production":
        yield "XASO_MODE phải là production"
    if settings.DEBUG:
        yield "DEBUG phải tắt"
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"XASO_SECRET_KEY phải có ít nhất {SHORTEST_SECRET} ký tự"
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield "XASO_HOSTS phải nêu tên miền của xã, cách nhau bằng dấu phẩy"
    yield from _in_keyring()


def _in_keyring() -> Iterable[str]:
    """Yield what is wrong with the ring of keys, without which sensitive columns can be neither written nor read."""
    place, data = keyring.folder().resolve(), settings.DATA_DIR.resolve()
    if place.is_relative_to(data):
        yield "XASO_KEYRING phải nêu một thư mục ngoài XASO_DATA, ví dụ /etc/xaso/keyring: xem docs/operator.md"
        return
    try:
        is_usable = keyring.found().is_usable
    except Refusal as refusal:
        yield words_for(refusal)
        return
    if not is_usable:
        yield words_for(Refusal("keyring.missing", folder=str(place)))
    elif place.stat().st_mode & OTHERS:
        yield f"{place}: chỉ người dùng của dịch vụ được đọc chùm khóa (chmod 700)"


def _in_database() -> Iterable[str]:
    try:
        commune = people.the_commune()
        rows = list(get_user_model().objects.filter(username__in=DEMO_USER_NAMES, is_active=True).values_list("username", "password"))
    except DatabaseError as error:
        yield f"Cơ sở dữ liệu chưa dùng được: {type(error).__name__}; chạy xaso migrate"
        return
    if commune is not None and commune.is_demo:
        yield "Cơ sở dữ liệu này là của xã dùng thử; chạy thật cần cơ sở dữ liệu mới"
    demo = [str(name) for name, stored in rows if check_password(DEMO_PASSWORD, stored)]
    if demo:
        yield f"Tài khoản còn mật khẩu dùng thử: {', '.join(sorted(demo))}"
