"""The API `/api/v1`: each room brings its endpoints."""

from xaso.apps.dossiers.endpoints import router as dossiers
from xaso.apps.procedures.endpoints import router as procedures
from xaso.platform.api import make_api

api = make_api("1")
api.add_router("/procedures", procedures)
api.add_router("/dossiers", dossiers)
