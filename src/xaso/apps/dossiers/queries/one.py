"""One dossier or draft with everything a page shows of it."""

from dataclasses import dataclass
from uuid import UUID

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.flow import DELIVERY, MONEY, SYNC, WORK
from xaso.apps.dossiers.models import (
    Attachment,
    Dossier,
    Draft,
    Extension,
    Handover,
    Pause,
    Payment,
    Result,
    Slip,
    Step,
    SupplementRequest,
)
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import normalise_code
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class CaseFile:
    """A dossier as its page shows it; `verbs` are the moves that the actor may make now, over all four flows."""

    dossier: Dossier
    version: procedures.ProcedureVersion
    attachments: list[Attachment]
    steps: list[Step]
    slips: list[Slip]
    requests: list[SupplementRequest]
    pauses: list[Pause]
    extensions: list[Extension]
    payments: list[Payment]
    result: Result | None
    handover: Handover | None
    verbs: frozenset[str]
    national_state: int | None

    @property
    def is_held(self) -> bool:
        """Tell whether another system must receive the dossier and has not got it yet."""
        return self.dossier.state in rules.HELD

    @property
    def open_request(self) -> SupplementRequest | None:
        """The supplement request that waits for an answer."""
        return next((request for request in self.requests if request.answered_at is None), None)


def get_by_code(actor: Actor, code: str) -> Dossier:
    """Return the dossier with our code or the national one. Raises Refusal `dossiers.not_found` when absent or hidden."""
    wanted = normalise_code(code)
    visible = Dossier.objects.filter(access.visible_to(actor)).select_related("village", "assignee")
    dossier = visible.filter(code=wanted).first() or visible.filter(national_code=wanted).first()
    if dossier is None:
        raise Refusal("dossiers.not_found")
    return dossier


def find_supplement_request(commune_id: UUID, request_id: UUID) -> SupplementRequest | None:
    """Return a request for more with its dossier, open or answered; whose it is remains to be asked. One query."""
    return SupplementRequest.objects.filter(pk=request_id, dossier__commune_id=commune_id).select_related("dossier").first()


def get_draft(actor: Actor, draft_id: UUID) -> Draft:
    """Return a draft of the actor's. Raises Refusal `dossiers.draft_not_found`."""
    draft = find_draft(actor, draft_id)
    if draft is None:
        raise Refusal("dossiers.draft_not_found")
    return draft


def find_draft(actor: Actor, draft_id: UUID) -> Draft | None:
    """Return a draft of the actor's, None for others' and none."""
    return Draft.objects.filter(access.drafts_of(actor), pk=draft_id).first()


def is_free(draft_id: UUID) -> bool:
    """Tell whether nobody's draft has this id, so that a new one may."""
    return not Draft.objects.filter(pk=draft_id).exists()


def case_file(actor: Actor, dossier: Dossier) -> CaseFile:
    """Return everything about a dossier that the actor was allowed to find. Ten queries, whatever its size."""
    version = procedures.get_version(dossier.version_id)
    requests = list(SupplementRequest.objects.filter(dossier=dossier))
    return CaseFile(
        dossier=dossier,
        version=version,
        attachments=list(Attachment.objects.filter(dossier=dossier, removed_at=None).select_related("file", "taken_from__dossier")),
        steps=list(Step.objects.filter(dossier=dossier)),
        slips=list(Slip.objects.filter(dossier=dossier)),
        requests=requests,
        pauses=list(Pause.objects.filter(dossier=dossier)),
        extensions=list(Extension.objects.filter(dossier=dossier)),
        payments=list(Payment.objects.filter(dossier=dossier)),
        result=Result.objects.filter(dossier=dossier).select_related("file").first(),
        handover=Handover.objects.filter(dossier=dossier).first(),
        verbs=_verbs(actor, dossier, any(request.by_form for request in requests)),
        national_state=rules.national_state(dossier.state, dossier.money_state, dossier.delivery_state),
    )


def officer_case(actor: Actor, code: str) -> CaseFile:
    """Return the case file behind a code."""
    return case_file(actor, get_by_code(actor, code))


def _verbs(actor: Actor, dossier: Dossier, asked_before: bool) -> frozenset[str]:
    roles = access.roles_on(actor, dossier)
    verbs = {
        *WORK.verbs(dossier.state, roles),
        *MONEY.verbs(dossier.money_state, roles),
        *DELIVERY.verbs(dossier.delivery_state, roles),
        *SYNC.verbs(dossier.sync_state, roles),
    }
    verbs -= {"ask_for_more"} if asked_before else set()
    verbs -= {"prepare_result"} if dossier.issued_by != "commune" else {"attach_result"}
    if dossier.state in rules.HELD or dossier.state in rules.ENDED - {"solved"}:
        verbs -= {"charge", "request_payment", "take_payment", "waive"}
    if dossier.due_at is None:
        verbs -= {"extend"}
    if dossier.assignee_id is None or not access.may_pass_on(actor, dossier.assignee_id):
        verbs -= {"pass_on"}
    return frozenset(verbs)
