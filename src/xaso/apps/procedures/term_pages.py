"""`/quan-tri/noi-nop/<code>/thoi-han/`: the term of an imported procedure for which the national database prints none that can be read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.procedures import administration, words
from xaso.apps.procedures.actions.overrides import LONGEST_TERM, Ground, TermSet, set_term
from xaso.apps.procedures.admin_pages import FILING, NEEDED, day_field, line_field
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import Unit
from xaso.platform import clock
from xaso.platform.errors import words_for

UNITS = [
    (Unit.WORKING_DAY.value, gettext_lazy("ngày làm việc")),
    (Unit.DAY.value, gettext_lazy("ngày (tính cả ngày nghỉ)")),
    (Unit.HOUR.value, gettext_lazy("giờ làm việc")),
]
WRONG = gettext_lazy("Anh/chị ghi một số từ 1 đến 730.")


class TermForm(forms.Form):
    """How long the answer may take on one channel, and where that stands."""

    channel = forms.ChoiceField(label=gettext_lazy("Cách nộp"))
    amount = forms.IntegerField(
        label=gettext_lazy("Thời hạn"),
        required=False,
        min_value=1,
        max_value=LONGEST_TERM,
        help_text=gettext_lazy("Chỉ số, ví dụ 10. Để trống là trở lại chưa rõ"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WRONG),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"), choices=UNITS, error_messages=NEEDED)
    decision = line_field(gettext_lazy("Căn cứ"), 200, required=True, hint=gettext_lazy("Số và ngày của văn bản ghi thời hạn này"))
    source = line_field(gettext_lazy("Nguồn"), 300, required=True, hint=gettext_lazy("Đọc ở đâu: địa chỉ trang, công văn gửi kèm"))
    checked_on = day_field(gettext_lazy("Kiểm tra ngày"))
    valid_from = day_field(gettext_lazy("Áp dụng từ ngày"))

    def __init__(self, *args: Any, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(one, words.CHANNELS[one]) for one in channels]  # type: ignore[attr-defined]

    def clean_checked_on(self) -> Any:
        """Refuse a day on which nobody can have read anything yet."""
        if self.cleaned_data["checked_on"] > administration.today():
            raise forms.ValidationError(_("Ngày kiểm tra không thể sau hôm nay."))
        return self.cleaned_data["checked_on"]

    def wanted(self) -> TermSet:
        """Return what was typed."""
        typed = self.cleaned_data
        return TermSet(typed["channel"], typed["amount"], Unit(typed["unit"]), typed["checked_on"])

    def ground(self) -> Ground:
        """Return from when and by what it holds."""
        typed = self.cleaned_data
        return Ground(typed["valid_from"], typed["decision"], typed["source"])


@require_http_methods(["GET", "POST"])
@people.for_administrators
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the channels without a term that can be read; sent, set one's."""
    actor = people.actor_who_asks(request)
    try:
        version = administration.version_in_force(code)
    except Refusal as refusal:
        raise Http404 from refusal
    channels = administration.channels_without_term(version)
    if not channels or actor.commune_id is None:
        raise Http404
    day = administration.today()
    form = TermForm(request.POST or None, channels=channels, initial={"valid_from": day, "checked_on": day})
    if request.method == "POST" and form.is_valid():
        try:
            set_term(actor, code, form.wanted(), form.ground(), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi thời hạn."))
            return HttpResponseRedirect(f"{FILING}{code}/")
    context = {"form": form, "version": version, "name": version.name(get_language() or "vi")}
    return render(request, "procedures/admin/term.html", context, status=422 if form.errors else 200)
