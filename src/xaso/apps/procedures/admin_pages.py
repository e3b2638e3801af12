"""`/quan-tri/phi/` and `/quan-tri/noi-nop/`: what the province charges, where the commune files and who issues."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.procedures import administration, words
from xaso.apps.procedures.actions.overrides import Ground, set_filing_place, set_identity_level, set_issuer, set_provincial_fee
from xaso.apps.procedures.administration import IDENTITY_LEVEL, ISSUER, VALUES, Choice, FeeLine
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.kernel.errors import Refusal
from xaso.kernel.money import parse_vnd
from xaso.platform import clock
from xaso.platform.errors import words_for

FEES, FILING = "/quan-tri/phi/", "/quan-tri/noi-nop/"
FilingRow = tuple[ProcedureVersion, str, list[Choice]]
DAY_HINT = gettext_lazy("Ngày/tháng/năm, ví dụ 05/11/2026")
NEEDED = {"required": gettext_lazy("Anh/chị ghi mục này.")}


def line_field(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """Return a field for one line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, error_messages=NEEDED, widget=widget)


def day_field(label: Any, *, required: bool = True, hint: Any = DAY_HINT) -> forms.DateField:
    """Return a field for a day, written as people write it."""
    wrong = {"required": gettext_lazy("Anh/chị chọn ngày."), "invalid": gettext_lazy("Ngày chưa đúng. Anh/chị viết như 05/11/2026.")}
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
    formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
    return forms.DateField(label=label, required=required, help_text=hint, input_formats=formats, error_messages=wrong, widget=widget)


class FeeForm(forms.Form):
    """An amount that the province decided."""

    amount = line_field(gettext_lazy("Mức phí"), 20, required=True, hint=gettext_lazy("Số đồng, ví dụ 8.000. Miễn phí thì ghi 0"))
    valid_from = day_field(gettext_lazy("Áp dụng từ ngày"))
    decision = line_field(
        gettext_lazy("Số nghị quyết, quyết định"), 150, required=True, hint=gettext_lazy("Của Hội đồng nhân dân hoặc Ủy ban nhân dân tỉnh")
    )
    decided_on = day_field(gettext_lazy("Ngày ban hành"))
    source = line_field(gettext_lazy("Nguồn"), 300, hint=gettext_lazy("Đọc ở đâu: địa chỉ trang, công văn gửi kèm"))

    def clean_amount(self) -> int:
        """Read the amount."""
        try:
            return parse_vnd(self.cleaned_data["amount"])
        except Refusal as refusal:
            raise forms.ValidationError(words_for(refusal)) from refusal

    def clean(self) -> None:
        """Refuse an amount that would hold before it was decided."""
        super().clean()
        begins, decided = self.cleaned_data.get("valid_from"), self.cleaned_data.get("decided_on")
        if begins and decided and begins < decided:
            self.add_error("valid_from", _("Ngày áp dụng không thể trước ngày ban hành."))

    def ground(self) -> Ground:
        """Return from when and by what the amount holds."""
        typed = self.cleaned_data
        named = _("%(number)s ngày %(day)s") % {"number": typed["decision"].strip(), "day": typed["decided_on"].strftime("%d/%m/%Y")}
        return Ground(typed["valid_from"], named, typed["source"])


class ChoiceForm(forms.Form):
    """A filing place, an issuer or a level of identity of the commune's own, and why."""

    what = forms.CharField(widget=forms.HiddenInput)
    value = forms.ChoiceField(label=gettext_lazy("Đặt là"), required=False)
    valid_from = day_field(gettext_lazy("Áp dụng từ ngày"))
    decision = line_field(gettext_lazy("Căn cứ"), 200, required=True, hint=gettext_lazy("Số và ngày của văn bản, hoặc vì sao xã làm khác"))

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{choice.what}_%s"
        super().__init__(*args, **kwargs)
        values = VALUES.get(choice.what, words.PLACES)
        as_listed = _("Theo danh mục (%(value)s)") % {"value": choice.legal}
        self.fields["value"].choices = [("", as_listed), *values.items()]  # type: ignore[attr-defined]
        self.initial = {"what": choice.what, "value": choice.counts.value if choice.counts.is_own else "", **self.initial}

    def ground(self) -> Ground:
        """Return from when and by what it holds."""
        return Ground(self.cleaned_data["valid_from"], self.cleaned_data["decision"])


@require_GET
@people.for_administrators
def show_fees(request: HttpRequest) -> HttpResponse:
    """Show every fee that the province sets; what has no amount yet first."""
    lines = administration.fee_lines(_commune(request))
    lines.sort(key=lambda line: line.now is not None)
    return render(request, "procedures/admin/fees.html", {"rows": [(line, fee_name(line)) for line in lines]})


@require_http_methods(["GET", "POST"])
@people.for_administrators
def show_fee(request: HttpRequest, code: str, fee_id: str) -> HttpResponse:
    """Show one fee with its history; sent, enter an amount. What was said last, said again, is not entered twice."""
    actor = people.actor_who_asks(request)
    line = _fee_line(request, code, fee_id)
    form = FeeForm(request.POST or None)
    past = administration.history(_commune(request), code, fee_id=fee_id)
    if request.method == "POST" and form.is_valid():
        ground, amount = form.ground(), form.cleaned_data["amount"]
        known = {(entry.row.amount_vnd, entry.row.valid_from, entry.row.decision) for entry in past[:1]}
        try:
            if (amount, ground.valid_from, ground.decision) not in known:
                set_provincial_fee(actor, code, fee_id, amount, ground, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi mức phí."))
            return HttpResponseRedirect(f"{FEES}{code}/{fee_id}/")
    context = {"line": line, "name": fee_name(line), "form": form, "past": past}
    return render(request, "procedures/admin/fee.html", context, status=422 if form.errors else 200)


@require_GET
@people.for_administrators
def show_filing(request: HttpRequest) -> HttpResponse:
    """Show procedures with filing places and issuer; `?q=` finds any, `?rieng=1` keeps those where the commune departs."""
    rows, only_own = _all_filing_rows(_commune(request), request.GET), request.GET.get("rieng") == "1"
    own = [row for row in rows if _is_own(row)]
    context = {
        "rows": own if only_own else rows,
        "only_own": only_own,
        "own": len(own),
        "all": len(rows),
        "text": _text(request.GET),
        "query": request.GET.urlencode(),
    }
    return render(request, "procedures/admin/filing.html", context)


def filing_rows(commune_id: UUID, get: QueryDict) -> list[FilingRow]:
    """Return the procedures that the address asks for, each with its name and what counts for it."""
    return [row for row in _all_filing_rows(commune_id, get) if get.get("rieng") != "1" or _is_own(row)]


def _all_filing_rows(commune_id: UUID, get: QueryDict) -> list[FilingRow]:
    language = get_language() or "vi"
    versions = administration.filing_versions(commune_id, _text(get))
    return [(version, version.name(language), administration.choices(commune_id, version)) for version in versions]


def _is_own(row: FilingRow) -> bool:
    return any(choice.counts.is_own for choice in row[2])


def _text(get: QueryDict) -> str:
    return get.get("q", "").strip()[:100]


@require_http_methods(["GET", "POST"])
@people.for_administrators
def show_procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the catalogue's values beside the commune's; sent, set one of them or return to the catalogue's."""
    version = _version(code)
    choices = administration.choices(_commune(request), version)
    chosen = next((choice for choice in choices if choice.what == request.POST.get("what")), None)
    sent = ChoiceForm(request.POST, choice=chosen) if chosen else None
    if request.method == "POST" and chosen is None:
        raise Http404
    if sent and chosen and sent.is_valid():
        try:
            _set(request, version, chosen, sent)
        except Refusal as refusal:
            sent.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã lưu: %(what)s.") % {"what": chosen.label})
            return HttpResponseRedirect(f"{FILING}{code}/")
    first_day = {"valid_from": administration.today()}
    forms_by_choice = [(choice, sent if sent and choice == chosen else ChoiceForm(choice=choice, initial=first_day)) for choice in choices]
    context = {
        "version": version,
        "name": version.name(get_language() or "vi"),
        "forms": forms_by_choice,
        "sent": sent,
        "past": administration.history(_commune(request), code),
        "without_term": administration.channels_without_term(version),
    }
    return render(request, "procedures/admin/procedure.html", context, status=422 if sent and sent.errors else 200)


def _set(request: HttpRequest, version: ProcedureVersion, choice: Choice, form: ChoiceForm) -> None:
    """Set the choice, unless the same was set last: then the form came twice."""
    actor, ground, value = people.actor_who_asks(request), form.ground(), form.cleaned_data["value"]
    kind, channel = (choice.what, "") if choice.what in _SET else ("filing_place", choice.what)
    past = (entry.row for entry in administration.history(_commune(request), version.code))
    last = next((row for row in past if (row.kind, row.channel) == (kind, channel)), None)
    if last and (last.value, last.valid_from, last.decision) == (value, ground.valid_from, ground.decision):
        return
    if kind in _SET:
        _SET[kind](actor, version.code, value, ground, now=clock.now())
    else:
        set_filing_place(actor, version.code, channel, value, ground, now=clock.now())


_SET = {ISSUER: set_issuer, IDENTITY_LEVEL: set_identity_level}


def _commune(request: HttpRequest) -> UUID:
    commune_id = people.actor_who_asks(request).commune_id
    assert commune_id is not None
    return commune_id


def _version(code: str) -> ProcedureVersion:
    try:
        return administration.version_in_force(code)
    except Refusal as refusal:
        raise Http404 from refusal


def _fee_line(request: HttpRequest, code: str, fee_id: str) -> FeeLine:
    try:
        return administration.get_fee_line(_commune(request), code, fee_id)
    except Refusal as refusal:
        raise Http404 from refusal


def fee_name(line: FeeLine) -> str:
    """Return what the fee is called in the language of the page."""
    language = get_language() or "vi"
    return line.rule.name.get(language) or line.rule.name["vi"]
