"""What the pages of the administration ask: the province's fees and the commune's own filing places and issuers, with their history."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xaso.apps.people import facade as people
from xaso.apps.procedures import decided, finding, memory, queries, words
from xaso.apps.procedures.decided import Decided
from xaso.apps.procedures.fees import provincial_amount
from xaso.apps.procedures.models import CommuneOverride
from xaso.apps.procedures.shapes import CHANNELS, FeeRule, ProcedureVersion, ProvincialFee
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.registries import Standing

ISSUER, IDENTITY_LEVEL = "issuer", "identity_level"
FILING_FOUND = 50
LABELS: dict[str, Any] = {ISSUER: gettext_lazy("Nơi cấp kết quả"), IDENTITY_LEVEL: gettext_lazy("Mức định danh khi nộp qua mạng")}
VALUES: dict[str, dict[str, Any]] = {ISSUER: words.ISSUERS, IDENTITY_LEVEL: words.IDENTITY_LEVELS}


@dataclass(frozen=True)
class FeeLine:
    """A fee that the province sets, with the amount in force and the one that follows, None where there is none."""

    version: ProcedureVersion
    rule: FeeRule
    now: ProvincialFee | None
    coming: ProvincialFee | None


@dataclass(frozen=True)
class Choice:
    """A filing place, the issuer or the level of identity: what counts today, beside what the catalogue says.

    `what` is a channel, `issuer` or `identity_level`.
    """

    what: str
    label: Any
    value: Any
    counts: Decided
    legal: Any
    legal_source: str


@dataclass(frozen=True)
class PastChoice:
    """One entry of the commune's history, the latest first."""

    row: CommuneOverride
    label: Any
    value: Any
    by: str


def _catalogue() -> memory.Snapshot:
    """Return the catalogue as it is this moment, not as a process remembers it: administrators look at what they just set."""
    memory.forget()
    return memory.snapshot()


def today() -> date:
    """Return today's date in Vietnam."""
    return clock.now().astimezone(VN).date()


def version_in_force(code: str) -> ProcedureVersion:
    """Return what is in force of a procedure. Raises Refusal `procedures.not_found`."""
    found = _catalogue().current(code, today())
    if found is None:
        raise Refusal("procedures.not_found")
    return found


def fee_lines(commune_id: UUID) -> list[FeeLine]:
    """Return every fee that the province sets, by procedure. No query."""
    versions = _catalogue().valid_on(today())
    return [_fee_line(commune_id, version, rule) for version in versions for rule in version.fees if rule.kind == "provincial"]


def get_fee_line(commune_id: UUID, code: str, fee_id: str) -> FeeLine:
    """Return one of them. Raises Refusal `procedures.fee_unknown`."""
    found = next((line for line in fee_lines(commune_id) if (line.version.code, line.rule.id) == (code, fee_id)), None)
    if found is None:
        raise Refusal("procedures.fee_unknown")
    return found


def choices(commune_id: UUID, version: ProcedureVersion) -> list[Choice]:
    """Return filing place by channel, issuer, and level of identity, as they stand today. No query."""
    snapshot, on = _catalogue(), today()
    found = [_filing(version, channel, decided.set_place(snapshot, commune_id, version, channel, on)) for channel in CHANNELS]
    issuer = decided.issuer(snapshot, commune_id, version, on)
    legal = words.issuer(version.issued_by)
    issuer_choice = Choice(ISSUER, LABELS[ISSUER], words.issuer(issuer.value), issuer, legal, version.source)
    return [*found, issuer_choice, _identity(version, decided.identity_level(snapshot, commune_id, version, on))]


def channels_without_term(version: ProcedureVersion) -> list[str]:
    """Return the channels of an imported procedure for which its source prints no term that can be read."""
    return [channel for channel in CHANNELS if version.national and version.term(channel) is None]


def history(commune_id: UUID, code: str, *, fee_id: str = "") -> list[PastChoice]:
    """Return what the commune set for a procedure, the latest first: its places and issuer, or one of its fees. One query."""
    rows = [row for row in _catalogue().overrides.get((commune_id, code), ()) if row.fee_id == fee_id]
    names = people.account_names({row.set_by_id for row in rows if row.set_by_id})
    return [PastChoice(row, *_past(row), by=names.get(row.set_by_id, "") if row.set_by_id else "") for row in rows]


def fees_standing(commune_id: UUID) -> Standing:
    """Tell whether the commune knows what the province charges."""
    lines = fee_lines(commune_id)
    missing = sum(line.now is None for line in lines)
    if missing:
        return Standing("nghe", ngettext("%(count)s khoản chưa có mức", "%(count)s khoản chưa có mức", missing) % {"count": missing})
    return Standing("la", ngettext("%(count)s khoản", "%(count)s khoản", len(lines)) % {"count": len(lines)})


def filing_standing(commune_id: UUID) -> Standing:
    """Tell for how many procedures the commune departs from the catalogue."""
    versions = filing_versions(commune_id, "")
    if not versions:
        return Standing("nghe", _("Máy chủ chưa nạp danh mục thủ tục"))
    own = sum(any(choice.counts.is_own for choice in choices(commune_id, version)) for version in versions)
    if not own:
        return Standing("la", _("%(count)s thủ tục theo danh mục") % {"count": len(versions)})
    return Standing("la", _("%(count)s thủ tục, %(own)s thủ tục xã đặt riêng") % {"count": len(versions), "own": own})


def editions_standing(_commune_id: UUID) -> Standing:
    """Tell whether an edition of the national database waits for the administrator, and how much of one counts. One query."""
    waiting = queries.waiting_edition()
    if waiting is not None:
        return Standing("nghe", _("Một bản công bố chờ duyệt"))
    imported = sum(version.national is not None for version in _catalogue().valid_on(today()))
    if imported:
        return Standing("la", _("%(count)s thủ tục để tra cứu") % {"count": imported})
    return Standing("cham", _("Chưa đọc bản công bố nào"))


def filing_versions(commune_id: UUID, text: str) -> list[ProcedureVersion]:
    """Return the procedures whose places are shown: those of the catalogue and what the commune set; for words, what fits them."""
    snapshot, on = _catalogue(), today()
    if text:
        found = finding.search(finding.Place(snapshot, commune_id, "vi", on), text)[:FILING_FOUND]
        return [version for one in found if (version := snapshot.current(one.code, on))]
    set_here = {code for commune, code in snapshot.overrides if commune == commune_id}
    return [version for version in snapshot.valid_on(on) if version.national is None or version.code in set_here]


def _fee_line(commune_id: UUID, version: ProcedureVersion, rule: FeeRule) -> FeeLine:
    amounts = [fee for fee in decided.provincial_fees(_catalogue(), commune_id, version.code) if fee.fee_id == rule.id]
    coming = [fee for fee in amounts if fee.valid_from > today()]
    return FeeLine(version, rule, provincial_amount(amounts, rule.id, today()), coming[-1] if coming else None)


def _filing(version: ProcedureVersion, channel: str, counts: Decided) -> Choice:
    legal = version.filing.get(channel)
    return Choice(
        what=channel,
        label=words.CHANNELS[channel],
        value=_place(counts.value),
        counts=counts,
        legal=_place(version.filing_place(channel)),
        legal_source=legal.source if legal else version.source,
    )


def _identity(version: ProcedureVersion, counts: Decided) -> Choice:
    legal = version.filing.get("online")
    level = legal.identity_level if legal else 0
    return Choice(
        what=IDENTITY_LEVEL,
        label=LABELS[IDENTITY_LEVEL],
        value=words.IDENTITY_LEVELS[counts.value],
        counts=counts,
        legal=words.IDENTITY_LEVELS[str(level)],
        legal_source=legal.source if legal and level else _("chưa nguồn nào nói mức, cần hỏi lại"),
    )


def _place(value: str) -> Any:
    return words.PLACES.get(value, _("Không nhận theo cách này"))


def _past(row: CommuneOverride) -> tuple[Any, Any]:
    if row.kind == "term":
        term = decided.read_term(row.value)
        label = _("Thời hạn (%(channel)s)") % {"channel": words.CHANNELS.get(row.channel, "")}
        return label, words.UNITS[term.unit.value] % {"amount": term.amount} if term else _("Chưa rõ")
    return LABELS.get(row.kind) or words.CHANNELS.get(row.channel, ""), VALUES.get(row.kind, words.PLACES).get(
        row.value, _("Theo danh mục")
    )
