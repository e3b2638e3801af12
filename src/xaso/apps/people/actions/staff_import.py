"""Brings the officials of a sheet in: posts with their holders, accounts with a password for the first sign-in."""

import re
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.accounts import create_account
from xaso.apps.people.actions.posts import PostFacts, create_post
from xaso.apps.people.models import Account, Commune, Post
from xaso.apps.people.queries import villages
from xaso.apps.people.roles import ROLE_WORDS, Role
from xaso.apps.people.sheets import ImportOutcome, RowError, read_sheet
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold, same_name
from xaso.platform.actor import Actor

COLUMNS = {
    "full_name": "Họ và tên",
    "unit": "Phòng, bộ phận",
    "title": "Chức vụ",
    "roles": "Vai trò",
    "username": "Tên đăng nhập",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "village": "Thôn",
}
REQUIRED = ("full_name", "unit", "title")


def import_staff(actor: Actor, xlsx: bytes, *, now: datetime) -> ImportOutcome:
    """Make a post and, where the user name is new, an account for each row. A row that fails is told in words and changes nothing."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    places = _villages(commune_id)
    outcome = ImportOutcome()
    for number, cells in read_sheet(BytesIO(xlsx), COLUMNS, REQUIRED):
        try:
            _import_row(actor, cells, places, outcome, now=now)
        except Refusal as refusal:
            outcome.errors.append(RowError.of(number, refusal))
    return outcome


def staff_sheet() -> bytes:
    """Return an empty sheet with the right columns, and a second one that says how to fill it in."""
    from openpyxl import Workbook  # late, see sheets.py

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "Cán bộ"
    sheet.append(list(COLUMNS.values()))
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 26
    guide = book.create_sheet("Cách ghi")
    for row in _guide():
        guide.append(row)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 26, 90
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _guide() -> list[list[str]]:
    roles = "; ".join(str(words) for words in ROLE_WORDS.values())
    return [
        [COLUMNS["full_name"], str(_("Bắt buộc. Ví dụ: Nguyễn Thị Mẫu"))],
        [COLUMNS["unit"], str(_("Bắt buộc. Ví dụ: Trung tâm Phục vụ hành chính công"))],
        [COLUMNS["title"], str(_("Bắt buộc. Ví dụ: Công chức một cửa"))],
        [COLUMNS["roles"], str(_("Một hay nhiều vai trò, cách nhau bằng dấu chấm phẩy: %(roles)s")) % {"roles": roles}],
        [COLUMNS["username"], str(_("Để trống thì máy đặt từ họ tên. Chữ thường không dấu, số, dấu chấm, gạch nối"))],
        [
            COLUMNS["village"],
            str(_("Chỉ ghi cho thành viên tổ của thôn: đúng tên trong danh sách thôn. Thôn trùng tên thì ghi mã của thôn")),
        ],
    ]


@transaction.atomic
def _import_row(actor: Actor, cells: dict[str, str], places: dict[str, list[UUID]], outcome: ImportOutcome, *, now: datetime) -> None:
    roles = tuple(_role(word) for word in re.split(r"[,;]", cells["roles"]) if word.strip())
    facts = PostFacts(cells["unit"], cells["title"], roles, _village(places, cells["village"]))
    if _is_there(Commune.objects.select_for_update().get(pk=require_in_full(actor, Role.ADMINISTRATOR)), facts, cells):
        outcome.known.append(cells["full_name"])
        return
    if not cells["username"] and any(same_name(name, cells["full_name"]) for name, *_rest in outcome.passwords):
        raise Refusal("people.namesake_in_sheet", name=cells["full_name"])
    username = cells["username"].lower() or free_username(cells["full_name"])
    account = Account.objects.filter(username=username).first()
    if account and same_name(account.full_name, cells["full_name"]):
        create_post(actor, facts, now=now, account_id=account.id)
    else:
        account_id, password = create_account(actor, cells["full_name"], username, now=now, phone=cells["phone"], email=cells["email"])
        create_post(actor, facts, now=now, account_id=account_id)
        outcome.passwords.append((cells["full_name"], username, password))
    outcome.added.append(cells["full_name"])


def _role(word: str) -> str:
    """Return the role that a cell names by its code, or by its words in Vietnamese or in the language of the page."""
    by_words = _roles_by_words()
    with override("vi"):
        by_words |= _roles_by_words()
    role = by_words.get(fold(word)) or by_words.get(word.strip())
    if role is None:
        raise Refusal("people.role_unknown", role=word.strip())
    return role


def _roles_by_words() -> dict[str, str]:
    return {fold(str(words)): role.value for role, words in ROLE_WORDS.items()} | {role.value: role.value for role in Role}


def _villages(commune_id: UUID) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for village in villages(commune_id):
        for name in {fold(village.name), fold(village.label), fold(village.code)} - {""}:
            found.setdefault(name, []).append(village.id)
    return found


def _village(places: dict[str, list[UUID]], name: str) -> UUID | None:
    if not name:
        return None
    found = places.get(fold(name), [])
    if len(found) != 1:
        raise Refusal("people.village_unclear", name=name)
    return found[0]


def _is_there(commune: Commune, facts: PostFacts, cells: dict[str, str]) -> bool:
    """Tell whether the post is there with the same holder, seat and village, so that a corrected sheet can come in again."""
    seats = Post.objects.filter(commune=commune, until=None, account__isnull=False)
    if cells["username"]:
        seats = seats.filter(account__username=cells["username"].lower())
    held = seats.values_list("village_id", "unit", "title", "account__full_name")
    wanted = (facts.unit, facts.title, cells["full_name"])
    return any(village_id == facts.village_id and all(map(same_name, seat, wanted)) for village_id, *seat in held)


def free_username(full_name: str) -> str:
    """Return given name and initials in plain letters (“lan.nt”), with a number where that is taken."""
    words = re.sub(r"[^a-z0-9 ]", "", fold(full_name)).split() or ["canbo"]
    stem = ".".join(filter(None, [words[-1], "".join(word[0] for word in words[:-1])])).ljust(3, "0")[:50]
    taken = set(Account.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for name in (stem, *(f"{stem}{n}" for n in range(2, 9999))) if name not in taken)
