"""Make accounts an application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Name the package; the groups are written after each migration."""

    name = "forum.accounts"

    def ready(self) -> None:
        """Listen for the end of migrations."""
        from django.db.models.signals import post_migrate

        from forum.accounts.groups import write_groups

        post_migrate.connect(write_groups, dispatch_uid="write_groups")
