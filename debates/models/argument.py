"""Arguments: claims with a stance towards the claim above them; and the further places where one stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from debates.models.authorship import signed
from debates.models.public_id import make_public_id
from debates.models.rating import Rating
from debates.models.state import State
from debates.models.tag import ArgumentTag, Tag
from debates.models.visibility import Viewer, listed, seen_by
from debates.tree import MAX_DEPTH, WIDTH, ancestor_paths

CLAIM_LENGTH = 300


class Stance(models.TextChoices):
    """Say which side of the claim above an argument takes; a thesis, a note and an unplaced text take none."""

    PRO = "pro", _("for")
    CON = "con", _("against")


class Attacks(models.TextChoices):
    """Say what a con speaks against."""

    CLAIM = "claim", _("it is not true")
    BEARING = "bearing", _("it does not matter here")


def answered() -> Q:
    """Return the condition that a listed argument answers another, at home or by a link that answers.

    Notes answer nothing: who asks what a claim means has not said whether it holds.
    """
    here = Argument.objects.filter(listed(), parent=OuterRef("pk"), kind=Argument.Kind.ARGUMENT)
    links = Link.objects.filter(
        listed("argument__", "debate"), parent=OuterRef("pk"), relation=Link.Relation.ANSWERS
    )
    return Q(Exists(here)) | Q(Exists(links))


def unanswered() -> Q:
    """Return the condition that nothing listed answers an argument; the one meaning of the word on every page."""
    return ~answered()


def in_locked_branch() -> Q:
    """Return the condition that the debate of an argument, itself, or a claim above it is locked.

    What stands below the few locks is looked up once, by ranges of the index over (debate, path); asked of each row, it
    would be the square of a debate.
    """
    below_locks = RawSQL(
        "SELECT below.id FROM debates_argument locked JOIN debates_argument below"
        " ON below.debate_id = locked.debate_id AND below.path >= locked.path"
        " AND below.path < locked.path || '~' WHERE locked.locked_at IS NOT NULL",
        [],
    )
    return Q(debate__locked_at__isnull=False) | Q(pk__in=below_locks)


def standing_known_to(viewer: Viewer) -> Q:
    """Return the condition under which a viewer knows how an argument stands; an order or a search that tells asks it.

    A member learns that of an argument when they have said whether it holds up, or asked to see; nobody rates a thesis,
    a note, their own argument or what stands in a locked debate, and a visitor rates nothing. What stands in a locked
    branch counts as unknown until it is answered, which tells less than its page does
    (`debates.views.parts.ratings.sees_tallies`), and spares every list the search for locks.
    """
    if not viewer.is_authenticated:
        return ~Q(pk=None)
    given = Rating.objects.filter(
        Q(holds__isnull=False) | Q(asked_at__isnull=False), argument=OuterRef("pk"), member=viewer.pk
    )
    rated_by_nobody = (
        ~Q(kind=Argument.Kind.ARGUMENT) | Q(author=viewer.pk) | Q(debate__locked_at__isnull=False)
    )
    return rated_by_nobody | Q(Exists(given))


class ArgumentQuerySet(models.QuerySet["Argument"]):
    """Fetch arguments as somebody."""

    def visible_to(self, viewer: Viewer) -> ArgumentQuerySet:
        """Keep the arguments whose text a viewer may read; one that was merged is read where it went."""
        return self.filter(seen_by(viewer, "author", "debate"), merged_into=None)

    def listed(self) -> ArgumentQuerySet:
        """Keep the arguments that stand in lists, searches and counts."""
        return self.filter(listed("", "debate"))

    def signed(self) -> ArgumentQuerySet:
        """Keep the arguments that stand under their authors' names: of anonymous debates none."""
        return self.filter(signed())

    def named(self, public_id: str) -> Argument | None:
        """Return the argument that an address leads to today, whatever it was merged into since."""
        found = self.filter(public_id=public_id).select_related("merged_into").first()
        while found is not None and found.merged_into is not None:
            found = found.merged_into
        return found

    def was_shown(self, public_id: str) -> bool:
        """Say whether an argument was once shown and is no longer; of what nobody ever saw this tells nothing."""
        gone = (State.HIDDEN, State.WITHDRAWN, State.REMOVED)
        shown = Q(state__in=[State.PUBLISHED, *gone], debate__state__in=[State.PUBLISHED, *gone])
        return self.filter(shown, public_id=public_id).exists()

    def subtree_of(self, root: Argument) -> ArgumentQuerySet:
        """Keep an argument and all below it: one range of the index over (debate, path)."""
        return self.filter(debate_id=root.debate_id, path__gte=root.path, path__lt=root.path + "~")


class Argument(models.Model):
    """A claim of at most 300 characters and what explains it, in its place in the tree of one debate."""

    class Kind(models.TextChoices):
        """Tell apart what takes a stance from what does not."""

        THESIS = "thesis", _("thesis")
        ARGUMENT = "argument", _("argument")
        NOTE = "note", _("note")
        UNPLACED = "unplaced", _("unplaced")

    public_id = models.CharField(max_length=12, unique=True, default=make_public_id, editable=False)
    debate = models.ForeignKey("debates.Debate", on_delete=models.PROTECT, related_name="arguments")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ARGUMENT)
    stance = models.CharField(_("stance"), max_length=3, choices=Stance, blank=True)
    attacks = models.CharField(_("speaks against"), max_length=7, choices=Attacks, blank=True)
    claim = models.CharField(_("claim"), max_length=5000)  # the form allows 300; imports bring longer ones
    elaboration = models.TextField(_("elaboration"), blank=True)
    elaboration_html = models.TextField(blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PUBLISHED)
    path = models.CharField(max_length=WIDTH * (MAX_DEPTH + 1), editable=False)
    depth = models.PositiveIntegerField(editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="arguments",
        verbose_name=_("author"),
    )
    author_number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    """The author's number in an anonymous debate (`Mask`); none in others."""
    voice = models.ForeignKey(
        "debates.Voice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="arguments",
        verbose_name=_("voice"),
    )
    answers_revision = models.ForeignKey(
        "debates.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("answers revision"),
    )
    stale_since = models.DateTimeField(_("the claim above changed"), null=True, blank=True)
    joint_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("works only together with"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    locked_at = models.DateTimeField(_("branch locked"), null=True, blank=True)
    created_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    seed = models.CharField(_("seed"), max_length=200, unique=True, null=True, blank=True)
    seed_digest = models.CharField(max_length=64, blank=True)

    tags = TaggableManager(through=ArgumentTag, blank=True, verbose_name=_("tags"))
    objects = ArgumentQuerySet.as_manager()

    class Meta:
        ordering = ["debate", "path"]
        verbose_name = _("argument")
        verbose_name_plural = _("arguments")
        constraints = [
            models.UniqueConstraint(fields=["debate", "path"], name="one_place"),
            models.CheckConstraint(
                name="stance_fits_kind",
                condition=Q(kind="argument", stance__in=["pro", "con"])
                | (~Q(kind="argument") & Q(stance="")),
            ),
            models.CheckConstraint(
                name="attacks_only_con",
                condition=Q(stance="con", attacks__in=["claim", "bearing"])
                | (~Q(stance="con") & Q(attacks="")),
            ),
            models.CheckConstraint(
                name="thesis_is_root",
                condition=Q(kind="thesis", parent__isnull=True)
                | (~Q(kind="thesis") & Q(parent__isnull=False)),
            ),
            # What was merged is reached by its old address only: whatever lists by state leaves it out.
            models.CheckConstraint(
                name="merged_is_removed", condition=Q(merged_into__isnull=True) | Q(state="removed")
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="argument_author"),
            models.Index(fields=["debate", "-created_at"], name="argument_latest"),
        ]

    def __str__(self) -> str:
        return self.claim

    def get_absolute_url(self) -> str:
        """Return the permanent address."""
        return reverse("argument", args=[self.public_id])

    @property
    def ancestor_paths(self) -> list[str]:
        """Return the paths of all that stands above, the thesis first."""
        return ancestor_paths(self.path)

    @property
    def is_published(self) -> bool:
        """Say whether everyone may read it (in a debate that everyone may read)."""
        return self.state == State.PUBLISHED

    @cached_property
    def rebuttal_tags(self) -> list[Tag]:
        """Return the tags that say what is wrong with the claim above."""
        return [row.tag for row in self.argument_tags.all() if row.tag.kind == Tag.Kind.REBUTTAL]

    @cached_property
    def topic_tags(self) -> list[Tag]:
        """Return the tags that say what it is about."""
        return [row.tag for row in self.argument_tags.all() if row.tag.kind == Tag.Kind.TOPIC]

    @property
    def is_rebuttal(self) -> bool:
        """Say whether it is a con that names what it attacks and brings a source."""
        return self.stance == Stance.CON and bool(self.rebuttal_tags) and bool(self.citations.all())


class Link(models.Model):
    """A further place of an argument: under another claim, also of another debate, with a stance of its own.

    It has a relevance of its own, too. A link that `answers` counts below its parent like a reply; one that only says
    that two claims are the same counts for nothing. No links and replies together ever form a circle.
    """

    class Relation(models.TextChoices):
        """Tell a further place from the same claim made elsewhere."""

        ANSWERS = "answers", _("answers")
        SAME = "same", _("makes the same claim")

    argument = models.ForeignKey(Argument, on_delete=models.CASCADE, related_name="links")
    parent = models.ForeignKey(Argument, on_delete=models.CASCADE, related_name="linked_children")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.ANSWERS)
    stance = models.CharField(_("stance"), max_length=3, choices=Stance, blank=True)
    attacks = models.CharField(_("speaks against"), max_length=7, choices=Attacks, blank=True)
    seeded = models.BooleanField(_("from a seed"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("linked by"),
    )
    matters_sum = models.PositiveIntegerField(default=0)
    matters_count = models.PositiveIntegerField(default=0)
    relevance = models.FloatField(default=0.5)
    weight = models.FloatField(default=0.0)
    second_weight = models.FloatField(default=0.0)
    created_at = models.DateTimeField(_("linked"), default=timezone.now)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["argument", "parent"], name="link_once"),
            models.CheckConstraint(name="link_not_to_itself", condition=~Q(argument=models.F("parent"))),
            models.CheckConstraint(
                name="link_stance_fits",
                condition=Q(relation="same", stance="") | Q(relation="answers", stance__in=["pro", "con"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.argument_id} {self.relation} {self.parent_id}"
