"""What the pages of the administration ask: the commune's seats with their holders and deputies, and how far its set-up is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xaso.apps.people import memory, queries
from xaso.apps.people.models import BankAccountChange, Deputy, Post, Village
from xaso.apps.people.roles import ROLE_WORDS, Role
from xaso.apps.people.shapes import DeputyLine
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold
from xaso.platform.registries import Standing

NEEDED_ROLES = (Role.DESK, Role.CASE_OFFICER, Role.CLERK, Role.SIGNER)


@dataclass(frozen=True)
class Seat:
    """A post as the administrator sees it. `holder_name` is empty while nobody holds it; `until` is the day it ended."""

    id: UUID
    unit: str
    title: str
    roles: tuple[str, ...]
    account_id: UUID | None
    holder_name: str
    username: str
    village_id: UUID | None
    village_name: str
    since: date
    until: date | None

    @property
    def role_words(self) -> list[str]:
        """What its roles are called."""
        return [str(ROLE_WORDS[Role(role)]) for role in self.roles]


@dataclass(frozen=True)
class SeatFilter:
    """Which seats a list shows; empty means any. `vacant` keeps those that nobody holds."""

    text: str = ""
    unit: str = ""
    role: str = ""
    vacant: bool = False

    def lets_pass(self, seat: Seat) -> bool:
        """Tell whether the seat is wanted."""
        said = fold(f"{seat.holder_name} {seat.title} {seat.username} {seat.village_name}")
        return (
            fold(self.text) in said
            and self.unit in {"", seat.unit}
            and (not self.role or self.role in seat.roles)
            and not (self.vacant and seat.account_id)
        )


def seats(commune_id: UUID) -> list[Seat]:
    """Return the posts that have not ended, in the commune's order. One query."""
    rows = Post.objects.filter(commune_id=commune_id, until=None).select_related("account", "village").order_by("order", "id")
    return [_seat(row) for row in rows]


def get_seat(commune_id: UUID, post_id: UUID) -> Seat:
    """Return one post of the commune, ended or not. Raises Refusal `people.not_found`. One query."""
    row = Post.objects.filter(commune_id=commune_id, pk=post_id).select_related("account", "village").first()
    if row is None:
        raise Refusal("people.not_found")
    return _seat(row)


def deputies_of(post_id: UUID, *, on: date) -> list[DeputyLine]:
    """Return who stands in for the post now or later. One query."""
    rows = Deputy.objects.filter(post_id=post_id, until_on__gte=on).select_related("post", "account").order_by("from_on", "id")
    return [DeputyLine(row.id, post_id, row.post.title, row.account.full_name, row.from_on, row.until_on, row.reason) for row in rows]


def names_standing(commune_id: UUID) -> Standing:
    """Tell whether the commune is named and coded."""
    info = memory.commune_of(commune_id)
    if not info.gso_code or not info.province_code:
        return Standing("nghe", _("Chưa có mã đơn vị hành chính"))
    if not info.agency_code:
        return Standing("la", _("%(name)s · mã %(code)s · chưa biết mã định danh cơ quan") % {"name": info.name, "code": info.gso_code})
    return Standing("la", _("%(name)s · mã %(code)s · %(agency)s") % {"name": info.name, "code": info.gso_code, "agency": info.agency_code})


def contact_standing(commune_id: UUID) -> Standing:
    """Tell whether people can find and call the commune."""
    info = memory.commune_of(commune_id)
    missing = [str(word) for word, value in ((_("địa chỉ"), info.address), (_("điện thoại"), info.phone)) if not value]
    if missing:
        return Standing("nghe", _("Chưa có %(what)s") % {"what": ", ".join(missing)})
    return Standing("la", info.address)


def hours_standing(commune_id: UUID) -> Standing:
    """Tell the office hours; there are always some, and they may be wrong."""
    spans = memory.commune_of(commune_id).office_hours
    return Standing("la", ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in spans))


def days_standing(commune_id: UUID) -> Standing:
    """Tell how many days of its own the commune has set; without any the national calendar holds."""
    info = memory.commune_of(commune_id)
    number = len(info.days_off) + len(info.days_worked)
    if not number:
        return Standing("cham", _("Theo lịch chung"))
    return Standing("la", _("%(count)s ngày riêng") % {"count": number})


def old_units_standing(commune_id: UUID) -> Standing:
    """Tell how many old communes are listed; a commune that was not merged has none."""
    number = len(queries.former_units(commune_id))
    if not number:
        return Standing("cham", _("Chưa ghi. Bỏ qua nếu xã không sáp nhập"))
    return Standing("la", ngettext("%(number)s xã cũ", "%(number)s xã cũ", number) % {"number": number})


def villages_standing(commune_id: UUID) -> Standing:
    """Tell how many villages there are and how many nobody has confirmed."""
    rows = list(Village.objects.filter(commune_id=commune_id).values_list("unverified", flat=True))
    if not rows:
        return Standing("nghe", _("Chưa có thôn nào"))
    number = ngettext("%(number)s thôn", "%(number)s thôn", len(rows)) % {"number": len(rows)}
    if any(rows):
        return Standing("nghe", _("%(villages)s, %(open)s chưa xác nhận") % {"villages": number, "open": sum(rows)})
    return Standing("la", number)


def staff_standing(commune_id: UUID) -> Standing:
    """Tell whether every role without which no dossier can be finished is held by somebody."""
    held = [seat for seat in seats(commune_id) if seat.account_id]
    roles = {role for seat in held for role in seat.roles}
    missing = [str(ROLE_WORDS[role]) for role in NEEDED_ROLES if role.value not in roles]
    if missing:
        return Standing("nghe", _("Chưa có người: %(roles)s") % {"roles": ", ".join(missing)})
    number = len({seat.account_id for seat in held})
    return Standing("la", ngettext("%(number)s người", "%(number)s người", number) % {"number": number})


def administrators_standing(commune_id: UUID) -> Standing:
    """Tell whether two people can administer: the bank account needs both, and one may be ill."""
    administrators = {seat.account_id for seat in seats(commune_id) if seat.account_id and Role.ADMINISTRATOR in seat.roles}
    if len(administrators) < 2:
        return Standing("nghe", _("Mới có một người. Cần hai người để đổi tài khoản ngân hàng"))
    return Standing("la", _("%(number)s người quản trị") % {"number": len(administrators)})


def bank_standing(commune_id: UUID) -> Standing:
    """Tell whether fees can be paid to an account, and whether a proposal waits."""
    info = memory.commune_of(commune_id)
    if BankAccountChange.objects.filter(commune_id=commune_id, state="proposed").exists():
        return Standing("nghe", _("Có đề nghị đang chờ người quản trị khác duyệt"))
    if not info.bank_account_number:
        return Standing("nghe", _("Chưa có tài khoản nhận phí"))
    return Standing("la", f"{info.bank_name} · {info.bank_account_number}")


def _seat(row: Post) -> Seat:
    holder, village = row.account, row.village
    return Seat(
        id=row.id,
        unit=row.unit,
        title=row.title,
        roles=tuple(row.roles),
        account_id=row.account_id,
        holder_name=holder.full_name if holder else "",
        username=(holder.username or "") if holder else "",
        village_id=row.village_id,
        village_name=village.name if village else "",
        since=row.since,
        until=row.until,
    )
