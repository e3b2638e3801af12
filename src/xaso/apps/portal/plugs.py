"""What this room adds to the pages that collect from all rooms."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.people.facade import Role
from xaso.apps.portal.pages.offline import SHELL
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.registries import RailEntry, Tile, rail, tiles

tiles.add(Tile("check", _("Kiểm tra giấy của xã"), "seal", "/xac-minh/", order=80))
rail.add(RailEntry("today", _("Việc hôm nay"), "home", "/can-bo/", frozenset(role.value for role in Role), order=10))
sources.add(ListenSource("portal", lambda _commune_id: (Listenable("/"), Listenable("/xac-minh/"), *map(Listenable, SHELL)), order=10))
