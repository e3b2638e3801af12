"""Which fields of a move's form a refusal is about, so that the page can mark them and lead there."""

from collections.abc import Mapping

from xaso.kernel.errors import Refusal

_NAMES: dict[str, tuple[str, ...]] = {
    "dossiers.recipient_missing": ("recipient_name", "shown_paper"),
    "dossiers.reason_missing": ("reason", "basis"),
    "dossiers.ground_missing": ("legal_ground",),
    "dossiers.stop_ground_missing": ("legal_ground",),
    **dict.fromkeys(("dossiers.day_missing", "dossiers.day_too_early", "dossiers.day_off", "dossiers.day_unknown"), ("new_due_on",)),
    "dossiers.receipt_missing": ("receipt_number",),
    "dossiers.amount_wrong": ("amount",),
    "dossiers.amount_missing": ("amount",),
    "money.malformed": ("amount",),
    "dossiers.number_missing": ("number",),
    "dossiers.national_code_invalid": ("national_code",),
    "dossiers.national_code_taken": ("national_code",),
    "dossiers.nothing_asked": ("other",),
    "dossiers.nothing_added": ("answer",),
}
_IDS: dict[str, dict[str, str]] = {
    "hand_over": {"recipient_name": "nguoi-nhan", "shown_paper": "giay-nhan"},
    "take_payment": {"receipt_number": "bien-lai", "amount": "tien"},
    "charge": {"amount": "so-phi", "basis": "can-cu-phi"},
    "attach_result": {"number": "so"},
    "register": {"national_code": "ma-qg"},
    "ask_for_more": {"other": "khac"},
    "add_supplement": {"answer": "bs-loi"},
    **{verb: {"reason": f"ly-do-{verb}"} for verb in ("withdraw", "waive", "send_back")},
    "stop": {"reason": "ly-do-stop", "legal_ground": "can-cu-dung"},
    "extend": {"reason": "ly-do-extend", "new_due_on": "ngay-hen"},
    "refuse": {"reason": "ly-do-refuse", "legal_ground": "can-cu"},
}


def wrong_fields(verb: str, refusal: Refusal, typed: Mapping[str, str]) -> list[str]:
    """Return the ids of the fields to mend, the first one first; of those that are missing only the empty ones."""
    ids = _IDS.get(verb, {})
    only_empty = refusal.code.endswith("_missing") and refusal.code not in {"dossiers.amount_missing", "dossiers.day_missing"}
    names = (name for name in _NAMES.get(refusal.code, ()) if not (only_empty and typed.get(name, "").strip()))
    return [ids[name] for name in names if name in ids]
