"""Make drafts an application."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Name the package, listen for form keys, and offer drafts to the forms of the debates."""

    name = "forum.drafts"

    def ready(self) -> None:
        """Connect."""
        from django.db.models.signals import post_save

        from debates.models import FormKey
        from debates.views.asking.kept import KEEPERS
        from forum.drafts.middleware import key_used
        from forum.drafts.restore import restored

        post_save.connect(key_used, sender=FormKey, dispatch_uid="draft_posted")
        if restored not in KEEPERS:
            KEEPERS.append(restored)
