"""What this room adds to the pages that collect from all rooms."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xaso.apps.people.facade import Role
from xaso.apps.portal import handbook
from xaso.apps.portal import specimens as sample
from xaso.apps.portal.options import HANDBOOK_FOLDER
from xaso.apps.portal.pages.offline import SHELL
from xaso.platform import guides
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.registries import OnPhone, RailEntry, SavedFolder, Specimen, Tile, on_phone, rail, saved_folders, specimens, tiles


def _listened(_commune_id: UUID) -> Iterator[Listenable]:
    yield from map(Listenable, ("/", "/xac-minh/", *SHELL, handbook.ADDRESS))
    yield from (Listenable(one.address) for one in handbook.shelf().articles)


ABOUT_NO_SIGNAL = f"{handbook.ADDRESS}nop-khi-chua-co-song/"
"""The one article that is read where it can't be fetched."""

guides.sources.add(guides.GuideSource("handbook", handbook.guides))
tiles.add(Tile("handbook", _("Cẩm nang công dân số"), "book", handbook.ADDRESS, order=60))
tiles.add(Tile("check", _("Kiểm tra giấy của xã"), "seal", "/xac-minh/", order=80))
rail.add(RailEntry("today", _("Việc hôm nay"), "home", "/can-bo/", frozenset(role.value for role in Role), order=10))
sources.add(ListenSource("portal", _listened, order=10))
on_phone.add(OnPhone("handbook", lambda _request: [handbook.ADDRESS, ABOUT_NO_SIGNAL], order=90))
saved_folders.add(SavedFolder("cam-nang", HANDBOOK_FOLDER.value, HANDBOOK_FOLDER.name))
specimens.add(Specimen("article", "citizens", "portal/specimen_article.html", sample.article, ("portal/handbook.css",)))
