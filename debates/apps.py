"""Make the debates an application."""

from django.apps import AppConfig


class DebatesConfig(AppConfig):
    """Name the package; the vocabulary of rebuttal tags is brought up to date after each migration."""

    name = "debates"

    def ready(self) -> None:
        """Listen for the end of migrations."""
        from django.db.models.signals import post_migrate

        from debates.models.tag import write_vocabulary

        post_migrate.connect(write_vocabulary, sender=self)
