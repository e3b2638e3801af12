"""The platform as a Django app: plumbing that knows no domain."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "xaso.platform"
    label = "platform"
