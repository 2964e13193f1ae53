"""The log in the staff room: read only, like everywhere."""

from django.contrib import admin

from debates.models import LogEntry
from forum.moderation.admin.staffroom import StaffRoomAdmin


@admin.register(LogEntry)
class LogEntryAdmin(StaffRoomAdmin):
    """What moderators did."""

    list_display = ("at", "actor_name", "act", "item_kind", "item_id", "rule", "reason")
    list_filter = ("act", "item_kind", "actor_name")
    search_fields = ("item_id", "reason", "actor_name")
    date_hierarchy = "at"
