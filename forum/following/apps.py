"""Make following an application."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    """Name the package and listen to what moves arguments or shows them for the first time."""

    name = "forum.following"

    def ready(self) -> None:
        """Listen."""
        from debates import signals
        from forum.following import carry, carry_follows

        signals.tags_merged.connect(carry_follows.carry_follows, dispatch_uid="carry_follows")
        signals.argument_moderated.connect(carry.note_first_shown, dispatch_uid="note_first_shown")
        signals.arguments_rearranged.connect(carry.carry_marks, dispatch_uid="carry_marks")
