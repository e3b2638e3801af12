"""Answers the public check of a paper that this room issued: a signed result or a slip."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.models import Dossier, Result, Slip, Step
from xaso.apps.dossiers.papers.envelope import lower_first
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform.registries import VerifiableCard


def find_card(token: str) -> VerifiableCard | None:
    """Return what anyone who holds the paper may see; never more than the paper itself says, with the name shortened.

    A result that another system issued is not the commune's to vouch for.
    """
    issued_here = Result.objects.filter(signed_at__isnull=False, issued_elsewhere=False)
    result = issued_here.filter(token=token).select_related("dossier").first()
    if result is not None:
        return _result_card(result)
    slip = Slip.objects.filter(token=token).select_related("dossier").first()
    return _slip_card(slip) if slip is not None else None


def _result_card(result: Result) -> VerifiableCard:
    assert result.signed_at is not None
    signed_at = result.signed_at.astimezone(VN)
    version = procedures.get_version(result.dossier.version_id)
    proof = signing.find_proof(result.file_id)
    is_test = Step.objects.filter(dossier=result.dossier, verb="sign", data__is_test=True).exists()
    return VerifiableCard(
        kind=_("Kết quả giải quyết thủ tục"),
        title=in_language(version.result.name, get_language() or "vi"),
        state_tone="nghe" if is_test else "la",
        state=_("Giấy này do xã cấp. BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ") if is_test else _("Giấy này do xã cấp"),
        rows=(
            (_("Số"), result.number),
            (_("Cơ quan cấp"), _committee(result.dossier)),
            (_("Người nộp hồ sơ"), shortened(result.dossier.applicant_name)),
            (_("Người ký"), " · ".join(filter(None, (result.signed_by, result.signer_title))) or "—"),
            (_("Ký lúc"), signed_at.strftime("%H:%M, %d/%m/%Y")),
            *(((_("Chứng minh giờ ký"), signing.proof_in_words(proof).text),) if proof else ()),
        ),
    )


def _slip_card(slip: Slip) -> VerifiableCard:
    label, tone = words.STATES[slip.dossier.state]
    return VerifiableCard(
        kind=words.FORMS[slip.form],
        title=plain_name(slip.dossier),
        state_tone=tone,
        state=label,
        rows=(
            (_("Mã hồ sơ"), slip.dossier.code),
            (_("Cơ quan cấp"), _committee(slip.dossier)),
            (_("Người nộp"), shortened(slip.dossier.applicant_name)),
            (_("Ngày cấp"), slip.issued_at.astimezone(VN).strftime("%H:%M, %d/%m/%Y")),
        ),
    )


def _committee(dossier: Dossier) -> str:
    """Return the agency as its papers name it."""
    return f"Ủy ban nhân dân {lower_first(people.commune_of(dossier.commune_id).name)}"


def shortened(name: str) -> str:
    """Return a name that its bearer recognises and a stranger can't use: the last word whole, the others as initials."""
    *others, given = name.split() or [""]
    return " ".join([*(f"{part[0]}." for part in others), given])
