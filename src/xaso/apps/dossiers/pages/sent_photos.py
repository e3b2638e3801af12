"""`viec/nhan-anh/`: the script on a filing page says that a photo has been sent whole, and which paper it is of."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.pages.looked_at_twice import what_to_look_at
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of

STATUS = {
    "dossiers.draft_not_found": HTTPStatus.NOT_FOUND,
    "uploads.unknown": HTTPStatus.CONFLICT,
    "uploads.incomplete": HTTPStatus.CONFLICT,
}
"""Not found: the script lets go of the photo. Conflict: it asks the server again how far the photo is. Else a person must look."""


@require_POST
def take(request: HttpRequest, procedure_code: str, draft_id: UUID) -> JsonResponse:
    """Take the photo for its paper, once; answers with the attachment's id and what to look at again, or with words why not."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        said = _("Phiên đăng nhập đã hết. Ảnh vẫn còn trên máy này. Anh/chị đăng nhập lại, máy tự gửi tiếp.")
        return JsonResponse({"taken": None, "said": said}, status=HTTPStatus.UNAUTHORIZED)
    paper_id, upload_id = request.POST.get("paper", ""), request.POST.get("upload", "")
    try:
        taken = drafts.take_upload(actor, draft_id, paper_id, upload_id, now=clock.now())
    except Refusal as refusal:
        status = STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        return JsonResponse({"taken": None, "said": words_for(refusal)}, status=status)
    return JsonResponse({"taken": str(taken.id), "said": " ".join(what_to_look_at(taken))})
