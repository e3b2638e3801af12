"""`/quan-tri/thu-tuc-quoc-gia/gui/`: sending a file of the national database, and how far its reading is."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.procedures import queries, words
from xaso.apps.procedures.actions.send_edition import EditionFile, send_edition
from xaso.apps.procedures.admin_pages import day_field
from xaso.apps.procedures.edition_pages import EDITIONS, why_not
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

SENDING = f"{EDITIONS}gui/"
SECONDS_BETWEEN_LOOKS = "2"


class SendingForm(forms.Form):
    """A file, and the day from which it holds or that nobody knows it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp bản công bố"),
        help_text=gettext_lazy("Tệp .jsonl hoặc .jsonl.gz tải từ cơ sở dữ liệu quốc gia, nhiều nhất 40 MB. Tệp lớn hơn thì nén thành .gz"),
        error_messages={
            "required": gettext_lazy("Anh/chị chọn tệp."),
            "empty": gettext_lazy("Tệp rỗng. Anh/chị chọn tệp khác."),
            "missing": gettext_lazy("Anh/chị chọn tệp."),
        },
        widget=forms.FileInput(attrs={"accept": ".jsonl,.gz,.json"}),
    )
    as_of = day_field(gettext_lazy("Áp dụng từ ngày"), required=False)
    is_unknown = forms.BooleanField(label=gettext_lazy("Chưa rõ ngày áp dụng"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_of = self.fields["as_of"]
        as_of.required = not self["is_unknown"].value()
        as_of.error_messages["required"] = _("Anh/chị ghi ngày áp dụng, hoặc đánh dấu là chưa rõ.")

    def clean(self) -> None:
        """Want one of the two: a day, or that it is unknown."""
        super().clean()
        if "as_of" not in self.errors and bool(self.cleaned_data.get("as_of")) == self.cleaned_data.get("is_unknown", False):
            self.add_error("as_of", _("Anh/chị ghi ngày áp dụng, hoặc đánh dấu là chưa rõ."))

    def sent(self) -> EditionFile:
        """Return what was sent."""
        file = self.cleaned_data["file"]
        return EditionFile(file.name, self.cleaned_data["as_of"], file.chunks())


@require_http_methods(["GET", "POST"])
@people.for_administrators
def send(request: HttpRequest) -> HttpResponse:
    """Show the form; sent, keep the file for the worker and go to the page of its progress."""
    form = SendingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_edition(people.actor_who_asks(request), form.sent(), now=clock.now())
        except Refusal as refusal:
            form.add_error("file", words_for(refusal))
        else:
            return HttpResponseRedirect(f"{SENDING}{sent.id}/")
    context = {"form": form, "waiting": queries.waiting_edition()}
    return render(request, "procedures/admin/send_edition.html", context, status=422 if form.errors else 200)


@require_GET
@people.for_administrators
def show(request: HttpRequest, sent_id: UUID) -> HttpResponse:
    """Show how far the reading is, and its outcome; while it goes on the page looks again by itself."""
    sent = queries.find_sent_edition(sent_id)
    if sent is None:
        raise Http404
    context: dict[str, Any] = {
        "sent": sent,
        "state": words.SENT_STATES[sent.state],
        "why": why_not(sent),
        "counts": [(label, sent.counts[name]) for name, label in words.CHANGES.items() if sent.counts.get(name)],
        "percent": 100 * sent.done // sent.total if sent.total else 0,
    }
    response = render(request, "procedures/admin/sent_edition.html", context)
    if sent.state == "reading":
        response["Refresh"] = SECONDS_BETWEEN_LOOKS
    return response
