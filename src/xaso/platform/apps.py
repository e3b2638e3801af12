"""The platform as a Django app: plumbing that knows no domain."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "xaso.platform"
    label = "platform"

    def ready(self) -> None:
        """Teach the ORM the comparisons it lacks, and declare the platform's own settings and words."""
        from xaso.platform import keyring, lookups, privacy  # noqa: F401 - importing it registers them
        from xaso.platform.registries import SavedFolder, saved_folders
        from xaso.platform.sealed.turning import rewrite_some
        from xaso.platform.uploads import disk, errors, options  # noqa: F401 - likewise
        from xaso.platform.viruses import alarm, jobs  # noqa: F401 - likewise
        from xaso.platform.worker import WorkerStep, steps

        saved_folders.add(SavedFolder("uploads", disk.folder))
        saved_folders.add(SavedFolder("keyring", keyring.folder, keyring.KEYRING.name, join=keyring.join))
        steps.add(WorkerStep("keyring", rewrite_some, order=85))
