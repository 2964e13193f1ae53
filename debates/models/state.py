"""The states that a text can be in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Say how far a text has come; `visibility` alone decides who sees what."""

    DRAFT = "draft", _("draft")
    PENDING = "pending", _("waiting for approval")
    PUBLISHED = "published", _("published")
    HIDDEN = "hidden", _("hidden by a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    REMOVED = "removed", _("removed")
