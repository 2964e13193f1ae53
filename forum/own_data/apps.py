"""Make own data an application."""

from django.apps import AppConfig


class OwnDataConfig(AppConfig):
    """Name the package."""

    name = "forum.own_data"
