"""Make the debates an application."""

from django.apps import AppConfig


class DebatesConfig(AppConfig):
    """Name the package; after each migration the vocabulary of rebuttals and the guards of the log are as they should be."""

    name = "debates"

    def ready(self) -> None:
        """Listen for the end of migrations."""
        from django.db.models.signals import post_migrate

        from debates.actions.moderating.guard_log import guard_after_migration
        from debates.models.tag import write_vocabulary

        post_migrate.connect(write_vocabulary, sender=self)
        post_migrate.connect(guard_after_migration, sender=self)
