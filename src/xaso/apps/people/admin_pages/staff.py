"""`/quan-tri/can-bo/`: posts, who holds them, and who stands in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.audit import facade as audit
from xaso.apps.people import administration, queries
from xaso.apps.people.access import require
from xaso.apps.people.actions import accounts, hiring, posts, staff_import
from xaso.apps.people.admin_pages.forms import DeputyForm, HolderForm, NewPostForm, PersonForm, PostForm, SheetForm
from xaso.apps.people.admin_pages.sheets import imported, sheet_response
from xaso.apps.people.admin_pages.words import shown_acts
from xaso.apps.people.administration import Seat, SeatFilter
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import ROLE_WORDS, Role
from xaso.apps.people.shapes import StaffAccount
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.registries import left_behind

ROWS_A_PAGE = 50
LIST = "/quan-tri/can-bo/"
PERSON_IDS = "id_nguoi_%s"


@require_GET
@for_administrators
def show_posts(request: HttpRequest) -> HttpResponse:
    """Show the posts with their holders, narrowed and paged by the address."""
    get = request.GET
    wanted = read_filter(get)
    seats = administration.seats(_commune(request))
    rows = [seat for seat in seats if wanted.lets_pass(seat)]
    query = get.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(rows, ROWS_A_PAGE).get_page(get.get("trang")),
        "wanted": wanted,
        "units": list(dict.fromkeys(seat.unit for seat in seats)),
        "roles": [(role.value, words) for role, words in ROLE_WORDS.items()],
        "deputies": queries.list_deputies(_commune(request), on=clock.now().astimezone(VN).date()),
        "query": query.urlencode(),
    }
    return render(request, "people/admin/posts.html", context)


def read_filter(get: QueryDict) -> SeatFilter:
    """Read the filter from the address."""
    return SeatFilter(get.get("q", "").strip()[:100], get.get("phong", ""), get.get("vai-tro", ""), get.get("trong") == "1")


@require_http_methods(["GET", "POST"])
@for_administrators
@sensitive_variables("hired")
def add_post(request: HttpRequest) -> HttpResponse:
    """Add a post with its holder; the password of a new account is shown this once."""
    commune_id = _commune(request)
    form = NewPostForm(request.POST or None, villages=queries.villages(commune_id), accounts=queries.list_staff_accounts(commune_id))
    if request.method == "POST" and form.is_valid():
        try:
            hired = hiring.open_post(actor_who_asks(request), form.cleaned_data["form_id"], form.facts(), form.chosen(), now=clock.now())
        except Refusal as refusal:
            if refusal.code == "people.already_done":
                return _done_before(request, form.cleaned_data["form_id"])
            form.add_error(None, words_for(refusal))
        else:
            return _welcome(request, hired)
    context = {"form": form, "units": _units(commune_id)}
    return render(request, "people/admin/post_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def show_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Show one post with all that can be done to it; sent, change what it is."""
    seat = _seat(request, post_id)
    form = PostForm(request.POST or None, villages=queries.villages(_commune(request)), initial=_typed_before(seat))
    if request.method == "POST" and form.is_valid():
        try:
            posts.change_post(actor_who_asks(request), post_id, form.facts(), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã lưu vị trí."))
            return _to(post_id)
    return _page(request, seat, post_form=form)


@require_POST
@for_administrators
@sensitive_variables("hired")
def assign(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Give the post to somebody with an account, to somebody new, or to nobody."""
    seat, actor = _seat(request, post_id), actor_who_asks(request)
    form = HolderForm(request.POST, accounts=queries.list_staff_accounts(_commune(request)))
    if not form.is_valid():
        return _page(request, seat, holder_form=form)
    chosen = form.chosen()
    try:
        if isinstance(chosen, hiring.NewPerson):
            hired = hiring.fill_post(actor, post_id, chosen, now=clock.now())
            _to_open_work(request, seat)
            return _welcome(request, hired)
        posts.assign_holder(actor, post_id, chosen, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "people.already_done":
            return _done_before(request, post_id)
        form.add_error(None, words_for(refusal))
        return _page(request, seat, holder_form=form)
    messages.success(request, _("Đã giao vị trí.") if chosen else _("Vị trí này không còn người giữ."))
    return _to_open_work(request, seat) or _to(post_id)


@require_POST
@for_administrators
def end(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """End a post as of today."""
    seat = _seat(request, post_id)
    try:
        posts.end_post(actor_who_asks(request), post_id, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
        return _to(post_id)
    messages.success(request, _("Đã kết thúc vị trí “%(title)s”.") % {"title": seat.title})
    return _to_open_work(request, seat) or HttpResponseRedirect(LIST)


def _to_open_work(request: HttpRequest, seat: Seat) -> HttpResponse | None:
    """Lead to where the work is handed over that the holder before leaves behind; None when she leaves none."""
    if seat.account_id is None:
        return None
    commune_id, now = _commune(request), clock.now()
    for room in left_behind:
        if number := room.count(commune_id, seat.account_id, now):
            facts = {"name": seat.holder_name, "number": number}
            messages.warning(
                request, _("%(name)s còn %(number)s việc chưa xong. Anh/chị bàn giao ngay cho người khác, ở mục “Bàn giao”.") % facts
            )
            return HttpResponseRedirect(room.url % seat.account_id)
    return None


@require_POST
@for_administrators
def name_deputy(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Let somebody stand in for the holder for some days. The same days twice are named once."""
    seat = _seat(request, post_id)
    form = DeputyForm(request.POST, accounts=queries.list_staff_accounts(_commune(request)))
    if form.is_valid():
        account_id = UUID(form.cleaned_data["account"])
        try:
            posts.name_deputy(actor_who_asks(request), post_id, account_id, form.days(), form.cleaned_data["reason"], now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi người làm thay."))
            return _to(post_id)
    return _page(request, seat, deputy_form=form)


@require_POST
@for_administrators
def end_deputy(request: HttpRequest, post_id: UUID, deputy_id: UUID) -> HttpResponse:
    """Take a deputyship back."""
    _seat(request, post_id)
    try:
        posts.end_deputy(actor_who_asks(request), deputy_id, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã thôi làm thay."))
    return _to(post_id)


@require_POST
@for_administrators
@sensitive_variables("password")
def reset_password(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Give the holder a new password for one sign-in and show it this once."""
    seat = _seat(request, post_id)
    if seat.account_id is None:
        raise Http404
    password = accounts.reset_password(actor_who_asks(request), seat.account_id, now=clock.now())
    lines = [(seat.holder_name, seat.username, password)]
    return render(request, "people/admin/passwords.html", {"lines": lines, "back": f"{LIST}{post_id}/", "is_reset": True})


@require_POST
@for_administrators
def correct_person(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Correct the holder's name, phone or e-mail."""
    seat = _seat(request, post_id)
    form = PersonForm(request.POST, auto_id=PERSON_IDS)
    if seat.account_id is None:
        raise Http404
    if form.is_valid():
        try:
            accounts.correct_person(actor_who_asks(request), seat.account_id, **form.cleaned_data, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã sửa thông tin người giữ."))
            return _to(post_id)
    return _page(request, seat, person_form=form)


@require_http_methods(["GET", "POST"])
@for_administrators
def import_staff(request: HttpRequest) -> HttpResponse:
    """Take a sheet in, tell what became of each row and show the first passwords."""
    form = SheetForm(request.POST or None, request.FILES or None)
    outcome = imported(request, form, staff_import.import_staff)
    context = {"form": form, "outcome": outcome, "roles": ROLE_WORDS.values()}
    return render(request, "people/admin/staff_import.html", context, status=422 if form.errors else 200)


@require_GET
@for_administrators
def staff_sheet(request: HttpRequest) -> HttpResponse:
    """Send the empty sheet."""
    return sheet_response(staff_import.staff_sheet(), "danh-sach-can-bo-mau.xlsx")


def _page(request: HttpRequest, seat: Seat, **forms: Any) -> HttpResponse:
    """Draw the page of a post; of its forms the one that was sent keeps what was typed."""
    commune_id, now = _commune(request), clock.now()
    people = queries.list_staff_accounts(commune_id)
    villages = queries.villages(commune_id)
    context = {
        "seat": seat,
        "is_ended": seat.until is not None,
        "post_form": PostForm(villages=villages, initial=_typed_before(seat)),
        "holder_form": HolderForm(accounts=people, auto_id="id_giao_%s", initial={"holder": str(seat.account_id or "")}),
        "deputy_form": DeputyForm(accounts=people, auto_id="id_thay_%s"),
        "person_form": PersonForm(auto_id=PERSON_IDS, initial=_person(seat, people)),
        "deputies": administration.deputies_of(seat.id, on=now.astimezone(VN).date()),
        "acts": shown_acts(audit.history_of(f"post:{seat.id}")),
        "units": _units(commune_id),
        **forms,
    }
    wrong = next((form for form in forms.values() if form.errors), None)
    return render(request, "people/admin/post.html", {**context, "wrong": wrong}, status=422 if wrong else 200)


def _welcome(request: HttpRequest, hired: hiring.Hired) -> HttpResponse:
    if not hired.password:
        messages.success(request, _("Đã thêm vị trí."))
        return _to(hired.post_id)
    lines = [(hired.full_name, hired.username, hired.password)]
    return render(request, "people/admin/passwords.html", {"lines": lines, "back": f"{LIST}{hired.post_id}/", "is_reset": False})


def _done_before(request: HttpRequest, post_id: UUID) -> HttpResponse:
    _seat(request, post_id)
    messages.success(request, _("Người này đã có ở vị trí này. Mật khẩu chỉ hiện một lần; chưa ghi lại thì anh/chị đặt lại mật khẩu."))
    return _to(post_id)


def _person(seat: Seat, accounts: list[StaffAccount]) -> dict[str, str]:
    holder = next((account for account in accounts if account.id == seat.account_id), None)
    return {"full_name": holder.full_name, "phone": holder.phone, "email": holder.email} if holder else {}


def _typed_before(seat: Seat) -> dict[str, Any]:
    return {"title": seat.title, "unit": seat.unit, "roles": seat.roles, "village": str(seat.village_id or "")}


def _commune(request: HttpRequest) -> UUID:
    return require(actor_who_asks(request), Role.ADMINISTRATOR)


def _seat(request: HttpRequest, post_id: UUID) -> Seat:
    try:
        return administration.get_seat(_commune(request), post_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _units(commune_id: UUID) -> list[str]:
    return list(dict.fromkeys(seat.unit for seat in administration.seats(commune_id)))


def _to(post_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"{LIST}{post_id}/")
