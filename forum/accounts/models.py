"""The member, the names that members had, who was invited, and who says to be a voice."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from forum.accounts.gone import GONE, MARK, taken_looks
from forum.accounts.names import check_name, skeleton

HELD_BY_ANYBODY = ("debates.open_debate",)
"""What a member without any office may be allowed to do, and needs no second factor for."""

TAKEN = _("Somebody has or had this name, or one that looks like it; choose another.")


class SkeletonField(models.CharField[str, str]):
    """Keep the skeleton of the name beside it, whichever way a row is written; unique, so that no two names look alike."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Fill in the skeleton; one told apart by hand (`name#7`, see migration 0002) stays. Any: Django's own signature."""
        now = skeleton(model_instance.username)  # type: ignore[attr-defined]  # of the models below, which have a name
        kept = getattr(model_instance, self.attname)
        if kept.partition("#")[0] != now:
            setattr(model_instance, self.attname, now)
        return getattr(model_instance, self.attname)


class User(AbstractUser):
    """Somebody with an account. The name is what others see, and none looks like another."""

    username = models.CharField(
        _("name"),
        max_length=40,
        unique=True,
        validators=[check_name],
        help_text=_("Up to 40 letters of one alphabet, digits and . _ -. A pseudonym is welcome."),
        error_messages={"unique": _("Somebody already has this name; choose another.")},
    )
    skeleton = SkeletonField(
        _("what the name looks like"), max_length=250, unique=True, editable=False, default=""
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def clean(self) -> None:
        """Refuse a name that looks like one that is taken, wherever a form writes it."""
        super().clean()
        check_free(self.username, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Let the skeleton go with the name. Any: Django's own signature."""
        fields = kwargs.get("update_fields")
        if fields is not None and "username" in fields:
            kwargs["update_fields"] = {*fields, "skeleton"}
        super().save(*args, **kwargs)

    @property
    def has_left(self) -> bool:
        """Say whether this is what stays of a member who left the site."""
        return self.username.startswith(MARK)

    def get_username(self) -> str:
        """Return the name that pages show; of all who left the same."""
        return GONE if self.has_left else self.username

    def get_absolute_url(self) -> str:
        """Return the address of the member's page."""
        return reverse("member", args=[self.get_username()])

    @cached_property
    def has_second_factor(self) -> bool:
        """Say whether signing in asks for more than a password; recovery codes alone are none. One query."""
        from allauth.mfa.models import Authenticator

        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return Authenticator.objects.filter(user=self.pk, type__in=kinds).exists()

    @property
    def has_office(self) -> bool:
        """Say whether somebody may do what concerns others: staff, administrators and moderators."""
        return self.is_active and (self.is_staff or self.is_superuser or super().has_perm("debates.moderate"))

    @property
    def office_rests(self) -> bool:
        """Say whether an office waits for a second factor, which the site demands of whoever holds one."""
        return settings.STAFF_NEED_SECOND_FACTOR and self.has_office and not self.has_second_factor

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Say whether a member may do something; an office that rests gives no permission, whoever asks and wherever."""
        return super().has_perm(perm, obj) and (perm in HELD_BY_ANYBODY or not self.office_rests)

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether a member may do anything with an application."""
        return super().has_module_perms(app_label) and not self.office_rests


class FormerName(models.Model):
    """A name that a member gave up: it leads to their page of today, and nobody else can take it."""

    username = models.CharField(_("name"), max_length=40, unique=True)
    skeleton = SkeletonField(max_length=250, unique=True, editable=False, default="")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_names")
    given_up_at = models.DateTimeField(_("given up"), default=timezone.now)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return self.username


def check_free(name: str, member: User | None = None) -> None:
    """Refuse a name that is reserved, or looks like one that another member has or had. Two queries."""
    looks = skeleton(name)
    if looks in {skeleton(one) for one in settings.ACCOUNT_USERNAME_BLACKLIST}:
        raise ValidationError(
            {"username": _t("This name is reserved, or looks like one that is; choose another.")}
        )
    others = User.objects.all() if member is None else User.objects.exclude(pk=member.pk)
    former = FormerName.objects.all() if member is None else FormerName.objects.exclude(member=member.pk)
    kept = [looks, *taken_looks(looks)]
    if others.filter(skeleton=looks).exists() or former.filter(skeleton__in=kept).exists():
        raise ValidationError({"username": TAKEN})


def digest_of(token: str) -> str:
    """Return what is kept of a token: its SHA-256 in hexadecimal, so that whoever reads the table cannot use it."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _in_two_weeks() -> datetime:
    return timezone.now() + timedelta(days=14)


class InvitationManager(models.Manager["Invitation"]):
    """Make invitations, and find the one that a link carries."""

    def invite(self, inviter: User | None, address: str = "", days: int = 14) -> tuple[Invitation, str]:
        """Make an invitation; return it and its token, which is known at this moment alone."""
        token = token_urlsafe(32)
        expires = timezone.now() + timedelta(days=days)
        kept = self.create(token=digest_of(token), address=address, invited_by=inviter, expires=expires)
        return kept, token

    def usable(self, token: str) -> models.QuerySet[Invitation]:
        """Keep the invitation of a token, if it can still be used."""
        return self.filter(token=digest_of(token), used_by=None, used_at=None, expires__gt=timezone.now())


class Invitation(models.Model):
    """One place for a newcomer; its link works once."""

    token = models.CharField(_("digest of the token"), max_length=64, unique=True, editable=False)
    address = models.EmailField(
        _("for the address"), blank=True, help_text=_("Left empty, whoever has the link may use it.")
    )
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="invitations",
        verbose_name=_("invited by"),
        editable=False,
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires = models.DateTimeField(_("expires"), default=_in_two_weeks)
    used_by = models.OneToOneField(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="invitation",
        verbose_name=_("used by"),
        editable=False,
    )
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    objects = InvitationManager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.address or _t("an invitation for anybody")

    def link(self, token: str) -> str:
        """Return the address, without its host, where the invited signs up."""
        return f"{reverse('account_signup')}?invitation={token}"


class VoiceClaim(models.Model):
    """A member says to be the person whose words the editors restated; a moderator decides, and says why."""

    class State(models.TextChoices):
        """Say what became of the claim."""

        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    voice = models.ForeignKey(
        "debates.Voice", on_delete=models.CASCADE, related_name="claims", verbose_name=_("voice")
    )
    member = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="voice_claims", verbose_name=_("member")
    )
    proof = models.TextField(_("how one can tell"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("claim of a voice")
        verbose_name_plural = _("claims of voices")
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "member"],
                condition=Q(state="waiting"),
                name="one_claim_waits_per_member_and_voice",
            ),
            models.UniqueConstraint(
                fields=["voice"], condition=Q(state="granted"), name="a_voice_is_one_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} as {self.voice_id}"
