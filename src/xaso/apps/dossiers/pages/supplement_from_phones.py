"""What was asked for later, added on a phone without a signal: the page that the phone keeps, and where its outbox sends the answer."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from pydantic import BaseModel, ConfigDict, Field

from xaso.apps.dossiers import access, queries, rules
from xaso.apps.dossiers.actions import supplement
from xaso.apps.dossiers.flow import BEARER, OWNER
from xaso.apps.dossiers.models import Attachment, Dossier, SupplementRequest
from xaso.apps.dossiers.pages.arriving import OF_PAPERS, PaperIn
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.pages.following import applicant_of
from xaso.apps.dossiers.pages.from_phones import MOST_BYTES, SENDINGS, SENDINGS_SECONDS
from xaso.apps.dossiers.shown_asked import asked_for_phone
from xaso.apps.people import facade as people
from xaso.kernel.device_time import MOST_LETTERS, read_device_time
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, person_less, ratelimit
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.language import languages_offered
from xaso.platform.to_phones import SIGNATURE, answer, comes_from_our_page, read_item, refuse, refused

PAGE = "/may-nay/bo-sung/"
LONGEST_ANSWER = 4000


class SupplementIn(BaseModel):
    """An answer to a request for more, as the outbox sends it; `id` was made on the phone."""

    model_config = ConfigDict(strict=True)

    id: UUID = Field(strict=False)
    request: UUID = Field(strict=False)
    language: str = Field(default="vi", max_length=5)
    made_at: str = Field(default="", max_length=MOST_LETTERS)
    sent_at: str = Field(default="", max_length=MOST_LETTERS)
    device: str = Field(default="", max_length=60)
    answer: str = Field(default="", max_length=LONGEST_ANSWER)
    papers: list[PaperIn] = Field(default=[], max_length=60)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the page on which what was asked for is added without a signal. The phone itself fills it in."""
    return person_less.answer(request, "dossiers/offline_supplement.html", lambda: {"said": said_on_page(), "longest": LONGEST_ANSWER})


def said_on_page() -> dict[str, str]:
    """Return what the page's script says, in the visitor's language."""
    return {
        "saved": _("Đã lưu trên máy này lúc %(time)s"),
        "not_saved": _("Máy không lưu được. Xin giữ trang này mở."),
        "drop": _("Bỏ"),
        "enlarge": _("Xem to"),
        "other": _("Giấy tờ khác"),
        "full": _("Máy sắp hết chỗ, chụp thêm sẽ không lưu được. Anh/chị xóa bớt ảnh, tệp trên máy rồi mở lại trang này."),
        "too_big": _("Tệp nặng quá 10 MB. Anh/chị chọn tệp nhẹ hơn."),
        "nothing": _("Anh/chị thêm ít nhất một giấy tờ hoặc viết câu trả lời."),
        "waiting": _("Đã lưu trên máy này, sẽ gửi khi có sóng"),
        "sending": _("Đang gửi %(percent)s %%"),
        "received": _("Xã đã nhận giấy tờ bổ sung"),
        "look": _("Cần anh/chị xem"),
        "cannot": _("Trình duyệt này không giữ được gì trên máy (có thể đang mở ẩn danh). Anh/chị vẫn nộp qua mạng được."),
        "locked": _("Bản này đang khóa bằng mã PIN. Anh/chị mở khóa ở trang “Trên máy này”."),
        "sealed": _("Hồ sơ này đã được niêm lại lúc đăng xuất. Chủ máy đăng nhập rồi mở lại ở đây, hoặc hỏi ở quầy một cửa của xã."),
        "none": _("Trên máy này không có giấy tờ nào đang chờ bổ sung."),
    }


@csrf_exempt
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """Take an answer in: once, however often it is sent, from who may give it. Anybody else is told to sign in, and nothing more."""
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    commune: Any = request.commune  # type: ignore[attr-defined]
    try:
        ratelimit.count(f"outbox:{address}", limit=SENDINGS, window_seconds=SENDINGS_SECONDS, now=now)
        sent = read_item(request, SupplementIn, MOST_BYTES)
        with translation.override(sent.language if sent.language in dict(languages_offered()) else "vi"):
            return _delivered(request, commune.id, sent, now) if commune else answer(_to_sign_in())
    except Refusal as refusal:
        if refusal.code == "dossiers.uploads_missing":
            return refuse(HTTPStatus.CONFLICT, refusal.code, words_for(refusal), **refusal.params)
        return refused(refusal)


@require_safe
def ask(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Tell whether this is still asked for, to who is signed in as the one who was asked; to everybody else nothing is."""
    commune: Any = request.commune  # type: ignore[attr-defined]
    found = queries.find_supplement_request(commune.id, request_id) if commune else None
    is_hers = found is not None and bool(access.roles_on(applicant_of(request), found.dossier) & {OWNER, BEARER})
    return answer({"asked": asked_for_phone(found.dossier, request.LANGUAGE_CODE) if found and is_hers else None})


def _delivered(request: HttpRequest, commune_id: UUID, sent: SupplementIn, now: datetime) -> HttpResponse:
    asked = queries.find_supplement_request(commune_id, sent.request)
    actor = _who_answers(request, asked.dossier, sent, now) if asked else None
    if asked is None or actor is None:
        return answer(_to_sign_in())
    try:
        return answer(_take_in(actor, asked, sent, now))
    except Refusal as refusal:
        if refusal.code == "dossiers.uploads_missing":
            raise
        asked.refresh_from_db()
        return answer(_received(asked) if asked.item == sent.id else _look(asked.dossier, words_for(refusal), sent.language))


def _who_answers(request: HttpRequest, dossier: Dossier, sent: SupplementIn, now: datetime) -> Actor | None:
    """Return who may answer for this dossier: who is signed in or opened it by its code, else whose phone signed; None for others."""
    if comes_from_our_page(request):
        here = applicant_of(request)
        if access.roles_on(here, dossier) & {OWNER, BEARER}:
            return here
    address, signature = request.META.get("REMOTE_ADDR", ""), request.headers.get(SIGNATURE, "")[:200]
    device = uuid_or_none(sent.device)
    owner = people.who_signed(dossier.commune_id, device, request.body, signature, address=address, now=now).owner
    if owner is None or owner.citizen_id is None or dossier.citizen_id is None:
        return None
    if owner.citizen_id == dossier.citizen_id:
        return owner
    acts_for = people.may_act_for(owner.citizen_id, dossier.citizen_id, on=now.astimezone(VN).date())
    return replace(owner, granted=owner.granted | {access.subject_of(dossier.id)}) if acts_for else None


def _take_in(actor: Actor, asked: SupplementRequest, sent: SupplementIn, now: datetime) -> dict[str, Any]:
    dossier = asked.dossier
    if asked.item == sent.id:
        return _received(asked)
    if asked.answered_at is not None or dossier.state not in rules.ASKED:
        said = _(
            "Xã không còn chờ giấy tờ này: đã có người bổ sung, hoặc hồ sơ đã đi tiếp. Anh/chị mở hồ sơ xem. Ảnh vẫn còn trên máy này."
        )
        return _look(dossier, said, sent.language)
    faults = _take_papers(actor, asked, sent, now)
    if faults:
        return _look(dossier, " ".join(faults), sent.language)
    came = supplement.FromPhone(sent.id, read_device_time(sent.made_at), read_device_time(sent.sent_at))
    supplement.add_supplement(actor, dossier.id, sent.answer.strip(), now=now, came=came)
    return _received(asked)


def _take_papers(actor: Actor, asked: SupplementRequest, sent: SupplementIn, now: datetime) -> list[str]:
    """Add each photo once; those that an earlier sending brought and this one does not are taken out again."""
    missing, faults, dossier_id = [], [], asked.dossier_id
    for paper in sent.papers:
        try:
            supplement.take_upload(actor, dossier_id, paper.paper, paper.upload, now=now)
        except Refusal as refusal:
            if refusal.code.startswith("uploads."):
                missing.append(paper.upload)
            elif refusal.code.startswith(OF_PAPERS):
                faults.append(f"{paper.name}: {words_for(refusal)}")
            else:
                raise
    if missing:
        raise Refusal("dossiers.uploads_missing", uploads=missing)
    wanted = {paper.upload for paper in sent.papers}
    brought = Attachment.objects.filter(dossier_id=dossier_id, removed_at=None, added_at__gte=asked.asked_at).exclude(upload="")
    for gone in brought.exclude(upload__in=wanted):
        supplement.remove_attachment(actor, dossier_id, gone.id, now=now)
    return faults


def _received(asked: SupplementRequest) -> dict[str, Any]:
    code = asked.dossier.code
    said = _("Xã đã nhận giấy tờ bổ sung của hồ sơ %(code)s.") % {"code": code}
    return {"state": "received", "code": code, "url": f"/ho-so-cua-toi/{code}/", "said": said}


def _look(dossier: Dossier, said: str, language: str) -> dict[str, Any]:
    """Return that the person has to look, with what is asked for now if anything is: what the phone holds is kept for that."""
    return {"state": "look", "faults": [], "said": said, "asked": asked_for_phone(dossier, language)}


def _to_sign_in() -> dict[str, Any]:
    said = _("Xã chưa biết ai gửi. Giấy tờ vẫn ở trên máy này: anh/chị đăng nhập một lần là máy gửi, hoặc mang giấy đến quầy một cửa.")
    return {"state": "sign_in", "said": said}
