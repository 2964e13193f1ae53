"""What readers answer: does a claim hold up, does it matter here; what they think of a thesis; what changed their mind."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.models.state import State

SURE = 4
"""The highest of the five answers, which are counted from 0."""
LAST_POINT = 6
"""The highest of the seven points of an opinion, which are counted from 0; 3 lies in the middle."""


class Holds(models.IntegerChoices):
    """Answer: does this hold up, taken by itself?"""

    NO = 0, _("No")
    RATHER_NOT = 1, _("Rather not")
    UNDECIDED = 2, _("Undecided")
    RATHER = 3, _("Rather yes")
    YES = 4, _("Yes")


class Matters(models.IntegerChoices):
    """Answer: does it matter here, supposing that it holds?"""

    NO = 0, _("Not at all")
    LITTLE = 1, _("A little")
    SOME = 2, _("Somewhat")
    MUCH = 3, _("Much")
    DECISIVE = 4, _("It decides")


class Point(models.IntegerChoices):
    """Say what one thinks of a thesis, on seven points."""

    DISAGREE = 0, _("Disagree strongly")
    DISAGREE_MUCH = 1, _("Disagree")
    DISAGREE_LITTLE = 2, _("Disagree a little")
    UNDECIDED = 3, _("Undecided")
    AGREE_LITTLE = 4, _("Agree a little")
    AGREE_MUCH = 5, _("Agree")
    AGREE = 6, _("Agree strongly")


class Rating(models.Model):
    """One member's two answers about an argument in its home place.

    An answer that was taken back is empty, but its row stays with what is known of it: whether it was first given
    after the member had asked to see what others say. Such answers are kept apart and enter no base.
    """

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="ratings")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("by")
    )
    holds = models.PositiveSmallIntegerField(_("does it hold up?"), choices=Holds, null=True, blank=True)
    matters = models.PositiveSmallIntegerField(
        _("does it matter here?"), choices=Matters, null=True, blank=True
    )
    after_seeing = models.BooleanField(_("given after seeing the others"), default=False)
    asked_at = models.DateTimeField(_("asked to see"), null=True, blank=True)
    first_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["argument", "member"], name="one_rating_per_member"),
            models.CheckConstraint(
                name="holds_in_range", condition=Q(holds__isnull=True) | Q(holds__lte=SURE)
            ),
            models.CheckConstraint(
                name="matters_in_range", condition=Q(matters__isnull=True) | Q(matters__lte=SURE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.argument_id} by {self.member_id}"


class LinkRating(models.Model):
    """One member's answer whether an argument matters in a further place."""

    link = models.ForeignKey("debates.Link", on_delete=models.CASCADE, related_name="ratings")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="link_ratings", verbose_name=_("by")
    )
    matters = models.PositiveSmallIntegerField(
        _("does it matter here?"), choices=Matters, null=True, blank=True
    )
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)

    class Meta:
        verbose_name = _("rating of a link")
        verbose_name_plural = _("ratings of links")
        constraints = [
            models.UniqueConstraint(fields=["link", "member"], name="one_link_rating_per_member"),
            models.CheckConstraint(
                name="link_matters_in_range", condition=Q(matters__isnull=True) | Q(matters__lte=SURE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} by {self.member_id}"


class Opinion(models.Model):
    """What one member thinks of a thesis: before reading, and on leaving. It has no part in the standing."""

    thesis = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opinions", verbose_name=_("by")
    )
    before = models.PositiveSmallIntegerField(_("before"), choices=Point, null=True, blank=True)
    before_at = models.DateTimeField(_("asked before"), null=True, blank=True)
    after = models.PositiveSmallIntegerField(_("on leaving"), choices=Point, null=True, blank=True)
    after_at = models.DateTimeField(_("asked on leaving"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [
            models.UniqueConstraint(fields=["thesis", "member"], name="one_opinion_per_member"),
            models.CheckConstraint(
                name="opinion_in_range",
                condition=(Q(before__isnull=True) | Q(before__lte=LAST_POINT))
                & (Q(after__isnull=True) | Q(after__lte=LAST_POINT)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thesis_id} by {self.member_id}"


class Delta(models.Model):
    """One reader says once that an argument changed their mind, and why; it can be taken back."""

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="deltas")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deltas", verbose_name=_("by")
    )
    why = models.CharField(_("why"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("change of mind")
        verbose_name_plural = _("changes of mind")
        constraints = [models.UniqueConstraint(fields=["argument", "member"], name="one_delta_per_member")]

    def __str__(self) -> str:
        return f"{self.argument_id} by {self.member_id}"


class Concession(models.Model):
    """One side grants a point to the other: true, but it does not carry the claim above.

    Of a con, the author of what it answers may grant it; and its own author may grant the claim that it speaks against
    the bearing of. Which of the two it was follows from the member.
    """

    argument = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="concessions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="concessions", verbose_name=_("by")
    )
    why = models.CharField(_("why it does not carry"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("concession")
        verbose_name_plural = _("concessions")
        constraints = [
            models.UniqueConstraint(fields=["argument", "member"], name="one_concession_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.argument_id} by {self.member_id}"


def counted(prefix: str = "") -> Q:
    """Return the condition under which a rating enters counters and bases: answered, and not after seeing the others."""
    answered = Q(**{f"{prefix}holds__isnull": False}) | Q(**{f"{prefix}matters__isnull": False})
    return answered & Q(**{f"{prefix}after_seeing": False})
