"""What all pages of the staff room share: acts with a preview, a rule and a reason; nothing added or deleted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import Action, ActionLocation
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused
from forum.moderation.rules import rule_choices

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Model]
else:
    _ModelAdmin = admin.ModelAdmin  # Django's class takes no parameter when it runs


@dataclass(frozen=True)
class Act:
    """One thing that a moderator can do to what is chosen."""

    name: str
    title: Any  # a lazy translation
    verb: Callable[
        [Viewer, Any, str, str], object
    ]  # moderator, item, reason, rule; Any: the admin's own model
    consequence: Any  # a lazy translation
    applies: Callable[[Any], bool]
    """Whether it would change an item as it stands, so that the item's page offers what makes sense. Any: as above."""
    wants_rule: bool = False


class ReasonForm(forms.Form):
    """Why: a rule where the act wants one, and a sentence that author, reporters and the public log will read."""

    rule = forms.ChoiceField(label=_("House rule"), choices=rule_choices)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The author, the reporters and the public log will read it."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        max_length=1000,
        error_messages={
            "required": _("Give a reason: the author, the reporters and the public log will read it.")
        },
    )

    def __init__(self, *args: Any, wants_rule: bool, **kwargs: Any) -> None:
        """Leave the rule out where the act needs none. Any: Django's own signature."""
        super().__init__(*args, **kwargs)
        if not wants_rule:
            del self.fields["rule"]


class StaffRoomAdmin(_ModelAdmin):
    """Show everything, change nothing but through acts."""

    acts: Sequence[Act] = ()
    change_form_template = "admin/staffroom_change_form.html"
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let moderators in."""
        return is_moderator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators see."""
        return is_moderator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: what is added is added on the site, where its rules are."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: what changes goes through an act."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: nothing is ever deleted here."""
        return False

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Action | None]:
        """Offer the acts in the list, and not Django's deletion; the page of one item has a button for each."""
        if action_location != ActionLocation.CHANGE_LIST or not is_moderator(request.user):
            return {}
        return {
            act.name: Action(self._action(act), act.name, act.title, act.title, [ActionLocation.CHANGE_LIST])
            for act in self.acts
        }

    def _action(self, act: Act) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]:
        def action(_admin: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
            return self.decide(request, chosen, act)

        return action

    def decide(self, request: HttpRequest, chosen: QuerySet[Any], act: Act) -> HttpResponse | None:
        """Show what will change and ask for a reason; with one, do it to exactly what was shown, all or nothing."""
        items = list(self.in_context(chosen)[: self.list_per_page + 1])
        if len(items) > self.list_per_page:
            sentence = _t("Choose at most %(most)d at once: each is shown before it is decided.")
            self.message_user(request, sentence % {"most": self.list_per_page}, messages.ERROR)
            return None
        form = ReasonForm(request.POST if "decided" in request.POST else None, wants_rule=act.wants_rule)
        refusal = ""
        if "decided" in request.POST and form.is_valid():
            try:
                with transaction.atomic():
                    changed = sum(
                        bool(
                            act.verb(
                                request.user,
                                item,
                                form.cleaned_data["reason"],
                                form.cleaned_data.get("rule", ""),
                            )
                        )
                        for item in items
                    )
            except Refused as refused:
                refusal = refused.sentence
            else:
                left = len(items) - changed
                sentence = _t("%(title)s: %(changed)d changed.") % {"title": act.title, "changed": changed}
                if left:
                    sentence += " " + _t("Left, because there was nothing to change: %(left)d.") % {
                        "left": left
                    }
                self.message_user(request, sentence, messages.SUCCESS if changed else messages.WARNING)
                return None
        return TemplateResponse(
            request,
            "admin/decide.html",
            {
                **self.admin_site.each_context(request),
                "title": act.title,
                "act": act,
                "items": [{**self.context_of(item, request), "chosen": item.pk} for item in items],
                "form": form,
                "refusal": refusal,
                "opts": self.model._meta,
                "media": self.media,
            },
            status=422 if "decided" in request.POST else 200,
        )

    def in_context(self, chosen: QuerySet[Any]) -> QuerySet[Any]:
        """Attach what `context_of` shows. Any: the admin's own model."""
        return chosen

    def context_of(self, item: Any, request: HttpRequest) -> dict[str, Any]:
        """Return what a moderator sees of an item before deciding. Any: the admin's own model, a template's values."""
        return {"item": item, "heading": str(item)}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one item in its context, with a button for each act. Any: a template's values."""
        item = self.get_object(request, object_id)
        extra: dict[str, Any] = {"acts": [], "staffroom": None}  # Any: a template's values
        if item is not None:
            extra = {
                "acts": [act for act in self.acts if act.applies(item)],
                "staffroom": self.context_of(item, request),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})
