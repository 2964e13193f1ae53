"""Members in the staff room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debates.models import State
from forum.accounts.models import User
from forum.moderation.actions.suspend import readmit, suspend
from forum.moderation.admin.staffroom import Act, StaffRoomAdmin

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin  # Django's class takes no parameter when it runs


@admin.register(User)
class MemberAdmin(StaffRoomAdmin, _UserAdmin):
    """Members: moderators look and suspend; an administrator also edits accounts and groups."""

    acts = (
        Act(
            "suspend",
            _("Suspend"),
            suspend,
            _("The member can no longer sign in; what they wrote stays."),
            lambda member: member.is_active,
            wants_rule=True,
        ),
        Act(
            "readmit",
            _("Readmit"),
            readmit,
            _("The member can sign in again."),
            lambda member: not member.is_active,
        ),
    )
    list_display = ("username", "is_active", "is_staff", "argument_count", "hidden_count", "date_joined")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("username",)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Let administrators alone search by address: moderators are not shown any."""
        return ("username", "email") if request.user.is_superuser else ("username",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave suspending to the act, which logs. Any: Django's own signature."""
        return ("is_active", "last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Count what each member wrote, and what of it is hidden."""
        return User.objects.annotate(
            written=Count("arguments"), hidden=Count("arguments", filter=Q(arguments__state=State.HIDDEN))
        ).order_by("username")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let administrators make accounts."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let administrators edit accounts and groups."""
        return bool(request.user.is_superuser)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show moderators what they need, without addresses and rights. Any: Django's own signature."""
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ("username", "is_active", "is_staff", "date_joined", "last_login")})]

    @admin.display(description=_("arguments"), ordering="written")
    def argument_count(self, member: Any) -> int:
        """Return how many arguments a member wrote. Any: a member with the count attached."""
        return int(member.written)

    @admin.display(description=_("hidden"), ordering="hidden")
    def hidden_count(self, member: Any) -> int:
        """Return how many of them are hidden. Any: a member with the count attached."""
        return int(member.hidden)
