"""What submissions are measured against: the smallest honest Django application on the same server, with the same workers and database.

One request is one durable insert and one rendered template behind Django's usual seven middlewares. `serve` prepares its
table; XASO_DATA and DATABASE_URL say where.
"""

import os
from pathlib import Path

import django
from django.conf import settings

from xaso.site.settings.database import database_from_environment

BASE = """<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content='width=device-width'>
<title>{% block title %}{% endblock %}</title></head><body><header>Municipality</header><main>{% block main %}{% endblock %}</main>
<footer>{% for link in links %}<a href='{{ link }}'>{{ link }}</a> {% endfor %}</footer></body></html>"""
PAGE = """{% extends 'base.html' %}{% block title %}Received{% endblock %}{% block main %}<h1>Application {{ row.pk }} received</h1>
<dl>{% for name, value in rows %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl><p>{{ row.created|date:'c' }}</p>{% endblock %}"""
LINKS = ("/about", "/services", "/contact", "/privacy", "/accessibility")
FORM = (
    "fullName=Anara+Toktosunova&email=anara%40example.org&phone=%2B996555123456&address=Village+Kara-Suu%2C+house+12&eventDate=&description="
    + "The+water+channel+above+the+school+is+broken+since+Monday.+Please+send+somebody.+" * 3
)
TABLE = "yardstick_application"

_database = database_from_environment(os.environ.get("DATABASE_URL", ""), Path(os.environ.get("XASO_DATA", "build/yardstick")))
if not settings.configured:
    settings.configure(
        SECRET_KEY="yardstick" * 8,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DATABASES={"default": _database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                    ],
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [("django.template.loaders.locmem.Loader", {"base.html": BASE, "ok.html": PAGE})],
                        )
                    ],
                },
            }
        ],
    )
    django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402  the settings come first
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


class Application(models.Model):
    """A row of about 330 bytes."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    description = models.TextField()
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "yardstick"
        db_table = TABLE


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """Keep one row and say so."""
    form = request.POST
    row = Application.objects.create(  # type: ignore[attr-defined]
        name=form["fullName"], email=form["email"], phone=form["phone"], address=form["address"], description=form["description"]
    )
    return render(request, "ok.html", {"row": row, "rows": list(form.items()), "links": LINKS})


def page(request: HttpRequest) -> HttpResponse:
    """Draw the page alone."""
    rows = [(f"field {number}", "value") for number in range(6)]
    return render(request, "ok.html", {"row": Application(pk=1), "rows": rows, "links": LINKS})


urlpatterns = [path("insert", insert), path("page", page)]
application = WSGIHandler()


def prepare() -> None:
    """Make the table anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
    with connection.schema_editor() as editor:
        editor.create_model(Application)
    connection.close()


def serve(port: int) -> None:
    """Make the table anew and serve with our own server's settings."""
    from xaso.site.server import serve_application

    prepare()
    serve_application("bench.yardstick:application", "127.0.0.1", port, workers=2)
