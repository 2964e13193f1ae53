"""Invitations and claims of voices in the staff room; and its own door, which asks for the second factor, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.models.visibility import is_moderator
from debates.permissions import Refused
from forum.accounts.actions.claim_voice import decide_claim
from forum.accounts.models import Invitation, VoiceClaim

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Model]
    _ClaimForm = forms.ModelForm[VoiceClaim]
else:
    _ModelAdmin = admin.ModelAdmin  # Django's classes take no parameter when they run
    _ClaimForm = forms.ModelForm

# Django's own form of signing in knows neither second factors nor limits of attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign,no-untyped-call]  # as allauth's guide has it


class PeopleAdmin(_ModelAdmin):
    """Let moderators look; nothing is deleted by hand."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let moderators in."""
        return is_moderator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators see."""
        return is_moderator(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse, unless a page below says otherwise."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse, unless a page below says otherwise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse."""
        return False


@admin.register(Invitation)
class InvitationAdmin(PeopleAdmin):
    """Make an invitation, whose link is shown once; see which were used."""

    list_display = ("__str__", "invited_by", "made_at", "expires", "used_by")
    fields = ("address", "expires", "invited_by", "made_at", "used_by", "used_at")
    readonly_fields = ("invited_by", "made_at", "used_by", "used_at")
    list_select_related = ("invited_by", "used_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let moderators invite."""
        return is_moderator(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make it, and show its link. Any: Django's own signature."""
        made, token = Invitation.objects.invite(request.user, obj.address)  # type: ignore[arg-type]  # somebody signed in
        made.expires = obj.expires
        made.save(update_fields=["expires"])
        obj.pk = made.pk
        sentence = _t("The invitation’s link, shown this once: %(link)s")
        messages.warning(request, sentence % {"link": request.build_absolute_uri(made.link(token))})


class DecisionForm(_ClaimForm):
    """Grant or decline, and why."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("granted", _("Grant: this is the person")), ("declined", _("Decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The member will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    class Meta:
        model = VoiceClaim
        fields: tuple[str, ...] = ()

    moderator: Any = None  # Any: whoever is signed in

    def clean(self) -> dict[str, Any] | None:
        """Refuse what cannot be decided, or no longer, before anything is saved. Any: a form's values."""
        cleaned = super().clean()
        if self.instance.member_id == self.moderator.pk:
            raise ValidationError(_t("Nobody decides their own claim; ask a colleague."))
        return cleaned


@admin.register(VoiceClaim)
class VoiceClaimAdmin(PeopleAdmin):
    """Decide who is a voice."""

    form = DecisionForm  # type: ignore[assignment]  # the base is of any model, this page of one
    list_display = ("voice", "member", "state", "made_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("voice", "member", "decided_by")
    readonly_fields = ("voice", "member", "proof", "state", "made_at", "decided_by", "decided_at")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the claim, and the form while it waits. Any: Django's own signature."""
        rest = (
            ("decision", "reason")
            if self.has_change_permission(request, obj)
            else ("decided_by", "decided_at")
        )
        return [(None, {"fields": ("voice", "member", "proof", "state", "made_at", *rest)})]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators decide what waits."""
        waits = isinstance(obj, VoiceClaim) and obj.state == VoiceClaim.State.WAITING
        return is_moderator(request.user) and waits

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who decides. Any: Django's own signature."""
        form = super().get_form(request, obj, change, **kwargs)
        form.moderator = request.user  # type: ignore[attr-defined]  # of DecisionForm, made anew for each request
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Decide. Any: Django's own signature."""
        try:
            decide_claim(
                request.user,
                obj,
                form.cleaned_data["reason"],
                grant=form.cleaned_data["decision"] == "granted",
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
