"""The platform as a Django app: plumbing that knows no domain."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "xaso.platform"
    label = "platform"

    def ready(self) -> None:
        """Teach the ORM the comparisons it lacks, and declare the platform's own settings and words."""
        from xaso.platform import lookups, privacy  # noqa: F401 - importing it registers them
        from xaso.platform.registries import SavedFolder, saved_folders
        from xaso.platform.uploads import disk, errors, options  # noqa: F401 - likewise
        from xaso.platform.viruses import jobs  # noqa: F401 - likewise

        saved_folders.add(SavedFolder("uploads", disk.folder))
