"""`/quan-tri/xa/`: the commune's name, codes, contact and office hours."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.people import memory
from xaso.apps.people.access import require
from xaso.apps.people.actions.communes import edit_commune
from xaso.apps.people.admin_pages.forms import CommuneForm
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

NAMES = ("name", "short_name", "province", "province_code", "gso_code", "agency_code")
CONTACT = ("address", "phone", "email", "website")


@require_http_methods(["GET", "POST"])
@for_administrators
def edit(request: HttpRequest) -> HttpResponse:
    """Show the commune's facts and change them."""
    actor = actor_who_asks(request)
    info = memory.commune_of(require(actor, Role.ADMINISTRATOR))
    form = CommuneForm(request.POST or None, initial=CommuneForm.typed_before(info))
    if request.method == "POST" and form.is_valid():
        try:
            edit_commune(actor, form.facts(info), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã lưu thông tin của xã."))
            return HttpResponseRedirect("/quan-tri/xa/")
    groups = [
        ("ten", _("Tên và mã"), [form[name] for name in NAMES]),
        ("lien-he", _("Liên hệ"), [form[name] for name in CONTACT]),
        ("gio", _("Giờ làm việc"), [field for field in form if field.name.endswith(("_from", "_until"))]),
    ]
    return render(request, "people/admin/commune.html", {"form": form, "groups": groups}, status=422 if form.errors else 200)
