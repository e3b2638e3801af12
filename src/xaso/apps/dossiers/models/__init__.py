"""The tables of the main job. Models hold no verbs: what may happen stands in flow.py, what is done in actions."""

from xaso.apps.dossiers.models.arrival import Arrival
from xaso.apps.dossiers.models.attachment import Attachment
from xaso.apps.dossiers.models.dossier import Dossier, Pause, Step, SupplementRequest
from xaso.apps.dossiers.models.draft import Draft
from xaso.apps.dossiers.models.extension import Extension
from xaso.apps.dossiers.models.money import Payment
from xaso.apps.dossiers.models.not_duplicate import NotDuplicate
from xaso.apps.dossiers.models.pace import StepPace
from xaso.apps.dossiers.models.paper import Slip
from xaso.apps.dossiers.models.part import DossierPart
from xaso.apps.dossiers.models.post_charge import PostCharge
from xaso.apps.dossiers.models.posting import Posting
from xaso.apps.dossiers.models.reading import Finding, Reading
from xaso.apps.dossiers.models.result import Handover, Result, ResultNumber
from xaso.apps.dossiers.models.signing_round import RoundPaper, SigningRound

__all__ = [
    "Arrival",
    "Attachment",
    "Dossier",
    "DossierPart",
    "Draft",
    "Extension",
    "Finding",
    "Handover",
    "NotDuplicate",
    "Pause",
    "Payment",
    "PostCharge",
    "Posting",
    "Reading",
    "Result",
    "ResultNumber",
    "RoundPaper",
    "SigningRound",
    "Slip",
    "Step",
    "StepPace",
    "SupplementRequest",
]
