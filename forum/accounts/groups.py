"""The groups that a site begins with; who may what is said here once and written after each migration."""

from typing import Any

from django.contrib.auth.models import Group, Permission

MODERATORS = "Moderators"
OPENERS = "Openers"

LOOKED_AT = (
    "debates.debate",
    "debates.argument",
    "debates.source",
    "debates.citation",
    "debates.tag",
    "debates.revision",
    "debates.logentry",
    "moderation.report",
    "accounts.user",
)
MAY = {
    MODERATORS: [
        "debates.moderate",
        "debates.open_debate",
        "debates.change_source",
        "moderation.change_report",
        *(f"{model.split('.')[0]}.view_{model.split('.')[1]}" for model in LOOKED_AT),
    ],
    OPENERS: ["debates.open_debate"],
}
"""Group: permissions, as app.codename."""


def write_groups(**_signal: Any) -> None:
    """Make the groups and give them what they may; what a site added by hand stays. Any: a signal's words."""
    for name, permissions in MAY.items():
        group, _made = Group.objects.get_or_create(name=name)
        for permission in permissions:
            app, codename = permission.split(".")
            for found in Permission.objects.filter(content_type__app_label=app, codename=codename):
                group.permissions.add(found)
