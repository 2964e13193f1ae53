"""Make bookmarks an application."""

from django.apps import AppConfig


class BookmarksConfig(AppConfig):
    """Name the package."""

    name = "forum.bookmarks"
