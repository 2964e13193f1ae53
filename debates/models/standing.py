"""How arguments stand: a cache of what follows from ratings, checks and the tree, and the history of every thesis."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Word(models.TextChoices):
    """Say how a claim stands, in a word. Never true, false or proven: it sums up what was posted and reviewed here."""

    STRONGLY_BACKED = "strongly-backed", _("strongly backed")
    LEANING_BACKED = "leaning-backed", _("leaning backed")
    CONTESTED = "contested", _("contested")
    LEANING_CHALLENGED = "leaning-challenged", _("leaning challenged")
    STRONGLY_CHALLENGED = "strongly-challenged", _("strongly challenged")
    UNREVIEWED = "unreviewed", _("too little reviewed to say")


class Label(models.TextChoices):
    """Say what is left to do about the objections to a claim: a signal, not a verdict."""

    NONE = "none", _("no objection")
    OPEN = "open-objection", _("unanswered objection")
    ANSWERED = "all-answered", _("all objections answered")


class Standing(models.Model):
    """How one argument stands. Ratings are the truth; this row can be rebuilt from them at any time.

    `relevance` and `weight` are those of its home place, with undercuts taken off; a link has its own. `bearing` is the
    share of the home relevance that undercuts leave. The `second_` columns hold the second opinion, by the other
    semantics. `pro` and `con` are the sums of weight times strength on either side, `cited` what checked citations add.
    """

    argument = models.OneToOneField(
        "debates.Argument", on_delete=models.CASCADE, primary_key=True, related_name="standing"
    )
    holds_sum = models.PositiveIntegerField(default=0)
    holds_count = models.PositiveIntegerField(default=0)
    matters_sum = models.PositiveIntegerField(default=0)
    matters_count = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(_("reviewers"), default=0)
    after_count = models.PositiveIntegerField(_("answers given after seeing"), default=0)
    base = models.FloatField(default=0.5)
    strength = models.FloatField(_("strength"), default=0.5)
    second_strength = models.FloatField(_("second opinion"), default=0.5)
    relevance = models.FloatField(default=0.5)
    bearing = models.FloatField(default=1.0)
    second_bearing = models.FloatField(default=1.0)
    weight = models.FloatField(default=0.0)
    second_weight = models.FloatField(default=0.0)
    pro = models.FloatField(default=0.0)
    con = models.FloatField(default=0.0)
    cited = models.FloatField(default=0.0)
    word = models.CharField(_("word"), max_length=20, choices=Word, default=Word.UNREVIEWED)
    second_word = models.CharField(max_length=20, choices=Word, default=Word.UNREVIEWED)
    label = models.CharField(_("objections"), max_length=20, choices=Label, default=Label.NONE)
    stands = models.BooleanField(_("no objection to the claim stands"), default=True)
    bears = models.BooleanField(_("no objection to its bearing stands"), default=True)
    method = models.PositiveSmallIntegerField(_("version of the method"), default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")

    def __str__(self) -> str:
        return f"{self.argument_id}: {self.strength:.3f}"


class StandingChange(models.Model):
    """One change of how a thesis stands, and what caused it."""

    class Cause(models.TextChoices):
        """Say what happened."""

        POSTED = "posted", _("an argument was posted")
        EDITED = "edited", _("an argument was edited")
        SHOWN = "shown", _("an argument was published again")
        GONE = "gone", _("an argument was withdrawn or hidden")
        RATED = "rated", _("an argument was rated")
        CHECKED = "checked", _("a citation was checked")
        LINKED = "linked", _("an argument was placed elsewhere, or taken away there")
        REARRANGED = "rearranged", _("arguments were moved, merged or split")
        LOADED = "loaded", _("the debate was loaded")
        ELSEWHERE = "elsewhere", _("something changed in another debate")
        REBUILT = "rebuilt", _("everything was computed anew")

    thesis = models.ForeignKey("debates.Argument", on_delete=models.CASCADE, related_name="standing_changes")
    at = models.DateTimeField(_("when"), default=timezone.now)
    before = models.FloatField(null=True, blank=True)
    strength = models.FloatField()
    word = models.CharField(max_length=20, choices=Word)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    argument = models.ForeignKey(
        "debates.Argument", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    method = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a standing")
        verbose_name_plural = _("changes of standings")
        indexes = [models.Index(fields=["thesis", "-id"], name="standing_history")]

    def __str__(self) -> str:
        return f"{self.thesis_id}: {self.strength:.3f}"
