"""All addresses: each room brings its own; they are Vietnamese and stable."""

from django.urls import include, path

from xaso.platform import send_again
from xaso.site.api import api

handler500 = "xaso.platform.unavailable.answer_failure"

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("xaso.apps.portal.urls")),
    path("", include("xaso.apps.people.urls")),
    path("", include("xaso.apps.backups.urls")),
    path("", include("xaso.apps.procedures.urls")),
    path("", include("xaso.apps.speech.urls")),
    path("", include("xaso.apps.queue.urls")),
    path("", include("xaso.apps.dossiers.urls")),
    path("", include("xaso.apps.notices.urls")),
    path("", include("xaso.apps.signing.urls")),
    path("", include("xaso.apps.webhooks.urls")),
    path("", include("xaso.apps.satisfaction.urls")),
    path("", include("xaso.apps.rights.urls")),
    path("tai-bang/", include("xaso.platform.sheets.urls")),
    path("tai-len/", include("xaso.platform.uploads.urls")),
    path("gui-lai/", send_again.send_again, name="send-again"),
]
