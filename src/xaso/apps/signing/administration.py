"""What the page of certificates asks: who may sign, with which certificate, and whether the commune can sign at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xaso.apps.people import facade as people
from xaso.apps.signing import options, queries
from xaso.apps.signing.actions.certificates import PERSON, SEAL, facts_of
from xaso.apps.signing.keys import HeldKey, require_key
from xaso.apps.signing.models import Certificate, SignedPaper
from xaso.apps.signing.offered import OfferCard, offers_waiting
from xaso.apps.signing.proof_words import trouble_in_words
from xaso.apps.signing.rules import agency_name, may_be_used, require_usable
from xaso.apps.signing.shapes import Level
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.registries import Standing

ENDS_SOON = timedelta(days=30)
STATES = {
    "signing.expired": ("son", gettext_lazy("Đã hết hạn")),
    "signing.not_yet_valid": ("nghe", gettext_lazy("Chưa có hiệu lực")),
    "signing.revoked": ("cham", gettext_lazy("Đã rút")),
    "signing.revoked_by_issuer": ("son", gettext_lazy("Nơi cấp đã thu hồi")),
    "signing.chain_expired": ("son", gettext_lazy("Nơi cấp đã hết hạn")),
}
OF_TEAMS = {people.Role.TEAM_LEADER.value, people.Role.TEAM_MEMBER.value}
KEY_PLACES = {
    "file": gettext_lazy("Tệp mã hóa trên máy chủ"),
    "pkcs11": gettext_lazy("Thiết bị ký của máy chủ"),
    "csc": gettext_lazy("Dịch vụ ký từ xa"),
    "token": gettext_lazy("USB token của người ký"),
}
ISSUER_SAYS = {
    "": gettext_lazy("Chưa hỏi"),
    "good": gettext_lazy("Chưa bị thu hồi"),
    "revoked": gettext_lazy("Đã bị thu hồi"),
    "untold": gettext_lazy("Đã hỏi, chưa biết"),
    "test": gettext_lazy("Bản thử, không hỏi"),
}


@dataclass(frozen=True)
class CertificateCard:
    """A certificate as the administrator sees it; `trouble` says why it can't sign, empty when it can."""

    id: UUID
    holder: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None
    is_test: bool
    tone: str
    state: str
    trouble: str
    ends_soon: bool
    key_place: str = ""
    chain: tuple[str, ...] = ()
    issuer_says: str = ""
    issuer_told_at: datetime | None = None
    is_kept_elsewhere: bool = False

    @property
    def works(self) -> bool:
        """Whether it can sign now."""
        return not self.trouble


@dataclass(frozen=True)
class HolderLine:
    """The seal, which has no account, or an official, with the certificate that counts; `may_sign` fails for who no longer signs."""

    account_id: UUID | None
    name: str
    title: str
    in_place_of: str
    may_sign: bool
    card: CertificateCard | None
    offer: OfferCard | None = None

    @property
    def works(self) -> bool:
        """Whether a signature can be made for this holder now."""
        return self.may_sign and self.card is not None and self.card.works

    @property
    def url(self) -> str:
        """The holder's own page."""
        return f"/quan-tri/chung-thu/{f'nguoi/{self.account_id}' if self.account_id else 'dau'}/"


def holder_lines(commune_id: UUID, *, now: datetime) -> list[HolderLine]:
    """Return the seal, then who may sign, then who has a certificate in use and may sign no more."""
    rows = list(Certificate.objects.filter(commune_id=commune_id))
    holders = people.role_holders(commune_id, people.Role.SIGNER, on=now.astimezone(VN).date())
    offers = {one.account_id: one for one in offers_waiting(commune_id, now=now)}
    lines = [_seal_line(commune_id, rows, now=now)]
    lines += [_signer_line(one, rows, offers.get(one.account_id), now=now) for one in holders]
    known = {one.account_id for one in holders}
    left = {row.account_id for row in rows if row.kind == PERSON and row.revoked_at is None and row.account_id} - known
    names = people.account_names(left) if left else {}
    others = [HolderLine(one, names.get(one, ""), "", "", may_sign=False, card=_best_card(rows, one, now=now)) for one in left]
    return lines + sorted(others, key=lambda line: line.name)


def get_holder_line(commune_id: UUID, account_id: UUID | None, *, now: datetime) -> HolderLine:
    """Return one of them. Raises Refusal `signing.not_a_signer`."""
    found = next((line for line in holder_lines(commune_id, now=now) if line.account_id == account_id), None)
    if found is None:
        raise Refusal("signing.not_a_signer")
    return found


def past_cards(commune_id: UUID, line: HolderLine, *, now: datetime) -> list[CertificateCard]:
    """Return the holder's other certificates, the latest first. One query."""
    kind = PERSON if line.account_id else SEAL
    rows = Certificate.objects.filter(commune_id=commune_id, kind=kind, account_id=line.account_id).order_by("-id")
    return [_card(row, now=now) for row in rows if line.card is None or row.pk != line.card.id]


def certificates_standing(commune_id: UUID) -> Standing:
    """Tell whether a result can be signed and sealed, whether by test certificates, and what ends soon."""
    lines = holder_lines(commune_id, now=clock.now())
    waiting = sum(line.offer is not None for line in lines)
    if waiting:
        asked = ngettext("%(count)s chứng thư số chờ duyệt", "%(count)s chứng thư số chờ duyệt", waiting)
        return Standing("nghe", asked % {"count": waiting})
    seal, signers = lines[0], [line for line in lines[1:] if line.works]
    if not seal.works and not signers:
        return Standing("nghe", _("Chưa ai ký được và chưa có con dấu"))
    if not signers:
        return Standing("nghe", _("Chưa ai ký được"))
    if not seal.works:
        return Standing("nghe", _("Chưa có chứng thư số của con dấu"))
    said = [ngettext("Con dấu, %(count)s người ký", "Con dấu, %(count)s người ký", len(signers)) % {"count": len(signers)}]
    used = [line.card for line in (seal, *signers) if line.card]
    if any(card.is_test for card in used):
        said.append(_("có bản thử, không có giá trị pháp lý"))
    ending = [card.valid_to for card in used if card.ends_soon]
    stamps = stamps_of(commune_id)
    if stamps.address and stamps.is_late:
        said.append(_("%(count)s giấy chờ dấu thời gian") % {"count": stamps.waiting})
    if ending:
        said.append(_("sắp hết hạn: %(day)s") % {"day": f"{min(ending).astimezone(VN):%d/%m/%Y}"})
    return Standing("nghe" if stamps.address and stamps.is_late else "la", " · ".join(said))


@dataclass(frozen=True)
class Stamps:
    """How the commune's signed papers stand with their time stamps: the server's address (empty: none named), the last stamp,

    how many papers wait since when, and why, in words.
    """

    address: str
    last_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    why: str

    @property
    def is_late(self) -> bool:
        """Whether papers wait because the server failed."""
        return bool(self.waiting and self.why)


def stamps_of(commune_id: UUID) -> Stamps:
    """Return how papers of the commune stand with their time stamps. Two queries."""
    papers = SignedPaper.objects.filter(commune_id=commune_id)
    known = papers.aggregate(last=Max("renewed_at"), first=Max("stamped_at"))
    last = max((at for at in known.values() if at is not None), default=None)
    waiting = papers.filter(level=Level.BASIC).aggregate(many=Count("id"), since=Min("signed_at"), trouble=Max("trouble"))
    address = urlsplit(options.TIME_STAMP_ADDRESS.value()).hostname or ""
    why = trouble_in_words(waiting["trouble"]) if waiting["trouble"] else ""
    return Stamps(address, last, waiting["many"], waiting["since"], why)


@dataclass(frozen=True)
class Share:
    """How many of the commune's officials have a certificate that is valid now; `on_trial` more have only a test certificate."""

    with_certificate: int
    staff: int
    on_trial: int

    @property
    def percent(self) -> int:
        """The share, rounded down: 100 only when nobody is missing."""
        return self.with_certificate * 100 // self.staff if self.staff else 0


def share_of_staff(commune_id: UUID, *, now: datetime) -> Share:
    """Return the share of officials whose certificate is valid now; who is only in a village's team is none. Two queries."""
    posts = people.posts(commune_id, on=now.astimezone(VN).date())
    staff = {post.account_id for post in posts if post.account_id and not post.roles <= OF_TEAMS}
    rows = Certificate.objects.filter(commune_id=commune_id, kind=PERSON, account_id__in=staff)
    usable = [row for row in rows if may_be_used(facts_of(row), now=now)]
    real = {row.account_id for row in usable if not row.is_test}
    return Share(len(real), len(staff), len({row.account_id for row in usable} - real))


def own_card(account_id: UUID, *, now: datetime) -> CertificateCard | None:
    """Return the official's certificate that counts. One query."""
    row = queries.find_certificate_of(account_id, now=now)
    return _card(row, now=now) if row else None


def choices_of(there: Sequence[HeldKey]) -> list[tuple[str, str]]:
    """Return the certificates of held keys that are no authority's: fingerprint, and name with serial number."""
    from cryptography.hazmat.primitives import hashes

    from xaso.apps.signing.adapters.pkcs12 import common_name, is_authority

    found = [one.certificate for one in there if not is_authority(one.certificate)]
    return [(one.fingerprint(hashes.SHA256()).hex(), f"{common_name(one.subject)} · {one.serial_number:X}") for one in found]


def described(there: Sequence[HeldKey]) -> list[dict[str, Any]]:
    """Return of each certificate whose it is, who issued it, its serial number and its days, to be looked at before it is taken."""
    from xaso.apps.signing.adapters.pkcs12 import common_name

    return [
        {
            "holder": common_name(one.certificate.subject),
            "issuer": common_name(one.certificate.issuer),
            "serial": f"{one.certificate.serial_number:X}",
            "valid_from": one.certificate.not_valid_before_utc,
            "valid_to": one.certificate.not_valid_after_utc,
        }
        for one in there
    ]


def _seal_line(commune_id: UUID, rows: list[Certificate], *, now: datetime) -> HolderLine:
    seals = [row for row in rows if row.kind == SEAL]
    best = queries.best(seals, now)
    name = agency_name(people.commune_of(commune_id).name)
    return HolderLine(None, name, str(_("Con dấu của cơ quan")), "", may_sign=True, card=_card(best, now=now) if best else None)


def _signer_line(one: people.RoleHolder, rows: list[Certificate], offer: OfferCard | None, *, now: datetime) -> HolderLine:
    card = _best_card(rows, one.account_id, now=now)
    return HolderLine(one.account_id, one.name, one.title, one.in_place_of, may_sign=True, card=card, offer=offer)


def _best_card(rows: list[Certificate], account_id: UUID, *, now: datetime) -> CertificateCard | None:
    best = queries.best([row for row in rows if row.kind == PERSON and row.account_id == account_id], now)
    return _card(best, now=now) if best else None


def _card(row: Certificate, *, now: datetime) -> CertificateCard:
    from cryptography import x509

    from xaso.apps.signing.adapters.pkcs12 import common_name

    certificate = x509.load_pem_x509_certificate(row.pem.encode())
    chain = x509.load_pem_x509_certificates(row.chain_pem.encode()) if row.chain_pem else []
    tone, state, trouble = _state(row, now=now)
    ends_soon = not trouble and row.valid_to - now <= ENDS_SOON
    if ends_soon:
        days = (row.valid_to - now).days
        tone, state = "nghe", ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": days}
    return CertificateCard(
        id=row.pk,
        holder=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        serial=row.serial.upper(),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_at=row.revoked_at,
        is_test=row.is_test,
        tone=tone,
        state=str(state),
        trouble=trouble,
        ends_soon=ends_soon,
        key_place=str(KEY_PLACES[row.key_location.partition(":")[0]]),
        chain=tuple(common_name(one.subject) for one in chain),
        issuer_says=str(ISSUER_SAYS["test" if row.is_test else row.authority_state]),
        issuer_told_at=row.authority_told_at,
        is_kept_elsewhere=not row.key_location.startswith("file:"),
    )


def _state(row: Certificate, *, now: datetime) -> tuple[str, Any, str]:
    try:
        require_usable(facts_of(row), now=now)
        require_key(row)
    except Refusal as refusal:
        tone, state = STATES.get(refusal.code, ("son", _("Không dùng được khóa")))
        return tone, state, words_for(refusal)
    return "la", _("Dùng được"), ""
