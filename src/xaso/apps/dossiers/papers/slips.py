"""Forms 01 to 05: what they say, taken once when they are issued, and their print."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.dossiers import rules, words
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN, Term, Unit
from xaso.platform import pdf
from xaso.platform.actor import Actor

HERE = Path(__file__).resolve().parent
SUFFIX = {"01": "GTN", "02": "PBS", "03": "PTC", "04": "VBXL", "05": "TBD"}


@override("vi")
def slip_data(
    actor: Actor, dossier: Dossier, form: str, number: int, token: str, extra: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Return all that the slip prints, in Vietnamese whatever language the official reads."""
    commune = people.commune_of(dossier.commune_id)
    version = procedures.get_version(dossier.version_id)
    return {
        **common.envelope(commune, dossier, token),
        "agency": common.desk_agency(commune),
        "number": f"{number:02d}/{SUFFIX[form]}",
        "issued_at": now,
        "applicant": common.applicant(dossier),
        "procedure": common.procedure(version),
        "received_at": dossier.accepted_at or dossier.submitted_at,
        "officer": _officer(actor),
        **_CONTENT[form](dossier, version, commune, extra),
    }


def render_slip(form: str, data: Mapping[str, Any]) -> bytes:
    """Return the slip as PDF; the same data give the same bytes."""
    return pdf.render(HERE / f"slip_{form}.typ", data)


def term_in_words(term: Term | None) -> str:
    """Say how long the answer may take."""
    if term is None:
        return _("Chưa rõ, cần xác nhận")
    if term.same_day_until is not None:
        return _("Trong ngày; nhận sau %(hour)s giờ thì trả ngày làm việc tiếp theo") % {"hour": term.same_day_until.hour}
    units = {Unit.HOUR: _("giờ làm việc"), Unit.DAY: _("ngày"), Unit.WORKING_DAY: _("ngày làm việc")}
    return f"{term.amount} {units[term.unit]}"


def _receipt(
    dossier: Dossier, version: procedures.ProcedureVersion, commune: people.CommuneInfo, _extra: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "papers": _papers(dossier, version),
        "sets": 1,
        "term": _term_of(dossier, version),
        "due_at": dossier.due_at,
        "due_words": "" if dossier.due_at else _("Chưa rõ hạn, cần xác nhận"),
        **_return(dossier, commune),
        "fee": _fee(dossier),
    }


def _return(dossier: Dossier, commune: people.CommuneInfo) -> dict[str, str]:
    """Say where and how the result is given: by public post to the address asked for, or at the desk."""
    if dossier.return_by:
        return {
            "return_place": ", ".join(filter(None, (dossier.return_address, dossier.return_area))),
            "return_way": _("Qua bưu chính công ích; cước theo bưu điện"),
        }
    return {
        "return_place": _("Quầy một cửa, %(agency)s") % {"agency": common.desk_agency(commune)["name"]},
        "return_way": _("Nhận tại quầy hoặc tải về bằng mã hồ sơ"),
    }


def _fee(dossier: Dossier) -> dict[str, Any]:
    if dossier.money_state == "unknown":
        return {"total": None, "total_words": _("chưa rõ mức, cần xác nhận tại quầy"), "paid_words": ""}
    return {"total": dossier.fee_vnd or None, "total_words": _("không thu"), "paid_words": str(words.MONEY[dossier.money_state][0])}


def _term_of(dossier: Dossier, version: procedures.ProcedureVersion) -> str:
    """Say the term with what the answers add to it, and why."""
    whys = [extra.why["vi"] for extra in version.extras(dossier.answers)]
    counts = procedures.term(dossier.commune_id, version, dossier.channel, dossier.answers, at=dossier.accepted_at)
    term = term_in_words(counts)
    return f"{term} ({'; '.join(whys)})" if whys else term


def _papers(dossier: Dossier, version: procedures.ProcedureVersion) -> list[dict[str, Any]]:
    noted = dossier.papers
    files = Counter(dossier.attachments.filter(removed_at=None).values_list("paper_id", flat=True))
    others = sum(files.values()) - sum(files[paper.id] for paper in version.papers)
    return [
        {
            "name": paper.name["vi"],
            "count": noted.get(paper.id, {}).get("count", 1),
            "kind": noted.get(paper.id, {}).get("kind") or "e_copy",
            "note": "",
        }
        for paper in version.papers
        if paper.id in noted or paper.id in files
    ] + ([{"name": _("Giấy tờ khác"), "count": others, "kind": "e_copy", "note": ""}] if others else [])


def _gaps(dossier: Dossier, version: procedures.ProcedureVersion, commune: people.CommuneInfo, extra: Mapping[str, Any]) -> dict[str, Any]:
    names = {paper.id: paper.name["vi"] for paper in version.papers}
    return {
        "gaps": [{"paper": names.get(item["paper"], ""), "text": item["text"]} for item in extra["items"]],
        "respond_how": _("Gửi thêm trên điện thoại bằng mã hồ sơ, hoặc mang đến quầy một cửa."),
    }


def _refusal(
    _dossier: Dossier, _version: procedures.ProcedureVersion, _commune: people.CommuneInfo, extra: Mapping[str, Any]
) -> dict[str, Any]:
    return {"reasons": [extra["reason"]], "legal_ground": extra["legal_ground"]}


def _apology(
    _dossier: Dossier, _version: procedures.ProcedureVersion, _commune: people.CommuneInfo, extra: Mapping[str, Any]
) -> dict[str, Any]:
    """Say which day was promised, why it can't be kept, and which day is promised now."""
    return {
        "reasons": [extra["reason"]],
        "old_due_at": extra["old_due_at"],
        "new_due_at": extra["new_due_at"],
        "belated": not extra["moves_due"],
    }


def _stopped(
    dossier: Dossier, _version: procedures.ProcedureVersion, _commune: people.CommuneInfo, extra: Mapping[str, Any]
) -> dict[str, Any]:
    """Say why nothing more is done: withdrawn, asked for papers that did not come, or for the reason given."""
    return {
        "cause": _cause(dossier, extra),
        "reasons": [extra["reason"]],
        "legal_ground": extra["legal_ground"],
        "may_resume": extra["verb"] == "stop",
    }


def _cause(dossier: Dossier, extra: Mapping[str, Any]) -> str:
    if extra["verb"] == "withdraw":
        return _("Người nộp hồ sơ đề nghị rút hồ sơ.")
    asked = dossier.slips.filter(form="02").last()
    if extra["before"] not in rules.ASKED or asked is None:
        return ""
    facts = {"number": asked.data["number"], "day": asked.issued_at.astimezone(VN).strftime("%d/%m/%Y")}
    return _("Hồ sơ chưa được bổ sung theo Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số %(number)s ngày %(day)s.") % facts


def _officer(actor: Actor) -> dict[str, str]:
    """Name the official who hands the slip out; what an applicant does herself is signed by whoever prints it."""
    return {"name": actor.name, "title": actor.post_title} if actor.kind != "citizen" else {"name": "", "title": ""}


_CONTENT = {"01": _receipt, "02": _gaps, "03": _refusal, "04": _apology, "05": _stopped}
