"""Make moderation an application."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Name the package."""

    name = "forum.moderation"
