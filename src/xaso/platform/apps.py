"""The platform as a Django app: plumbing that knows no domain."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "xaso.platform"
    label = "platform"

    def ready(self) -> None:
        """Teach the ORM the comparisons it lacks."""
        from xaso.platform import lookups  # noqa: F401 - importing it registers them
