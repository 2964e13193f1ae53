"""Tags in the staff room."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debates.models import Argument, Debate, Tag
from debates.models.tag import topic_names
from forum.moderation.admin.staffroom import StaffRoomAdmin


@admin.register(Tag)
class TagAdmin(StaffRoomAdmin):
    """Tags, for looking; an administrator renames topics."""

    list_display = ("name", "kind", "argument_count", "debate_count")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "kind")
    readonly_fields = ("kind",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Count what carries each tag; leave out a topic that only texts carry which a moderator may not read."""
        arguments = Argument.objects.filter(argument_tags__tag=OuterRef("pk"))
        debates = Debate.objects.filter(debate_tags__tag=OuterRef("pk"))
        rows: QuerySet[Tag] = Tag.objects.filter(
            Q(kind=Tag.Kind.REBUTTAL)
            | Exists(arguments.visible_to(request.user))
            | Exists(debates.visible_to(request.user))
            | ~(Exists(arguments) | Exists(debates))
        ).annotate(
            in_arguments=Count("argument_tags", distinct=True), in_debates=Count("debate_tags", distinct=True)
        )
        return rows

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let administrators rename topics; the vocabulary of rebuttals belongs to the code."""
        return bool(request.user.is_superuser) and (not isinstance(obj, Tag) or obj.kind == Tag.Kind.TOPIC)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep a name that an address can hold. Any: a tag, Django's own form."""
        obj.name = next(iter(topic_names([obj.name])), None) or form.initial["name"]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("arguments"), ordering="in_arguments")
    def argument_count(self, tag: Any) -> int:
        """Return how many arguments carry it. Any: a tag with the count attached."""
        return int(tag.in_arguments)

    @admin.display(description=_("debates"), ordering="in_debates")
    def debate_count(self, tag: Any) -> int:
        """Return how many debates carry it. Any: a tag with the count attached."""
        return int(tag.in_debates)
