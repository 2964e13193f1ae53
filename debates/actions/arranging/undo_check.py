"""Say what stands in the way of undoing a rearrangement: what was built on it since."""

from django.db.models import Q
from django.utils.translation import gettext as _

from debates.models import (
    Argument,
    Citation,
    CitationCheck,
    Concession,
    Delta,
    Link,
    Opinion,
    Rating,
    Rearrangement,
    SourceRequest,
    State,
    Suggestion,
)
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_moderate


class InTheWay(Refused):
    """A refusal to undo; `first` is the later rearrangement that has to be undone first, where it is one."""

    def __init__(self, sentence: str, first: Rearrangement | None = None) -> None:
        super().__init__(sentence, status=409)
        self.first = first


def check_undo(viewer: Viewer, row: Rearrangement) -> None:
    """Refuse who is no moderator, and to undo what something else rests on. One that is undone already passes."""
    check_moderate(viewer)
    if row.undone_at is not None:
        return
    later = later_ones(row)
    if later is not None:
        raise InTheWay(
            _("The same arguments were rearranged once more since (“%(claim)s”); undo that first.")
            % {"claim": later.argument.claim},
            later,
        )
    _check_anonymous(row)
    if row.kind == Rearrangement.Kind.SPLIT:
        _check_split(row)


def later_ones(row: Rearrangement) -> Rearrangement | None:
    """Return the newest later rearrangement that stands and touches the same arguments, or where one of them goes back to."""
    touched = set(row.before["touched"])
    homes = {one["parent"] for one in row.before["places"]}
    near = Argument.objects.filter(pk__in=touched | {row.argument_id, row.other_id}).values("debate")
    later = (
        Rearrangement.objects.filter(Q(argument__debate__in=near) | Q(other__debate__in=near), pk__gt=row.pk)
        .filter(undone_at=None)
        .order_by("-pk")
    )
    for pk, kind, argument, shared in later.values_list("pk", "kind", "argument_id", "before__touched"):
        gone_since = kind == Rearrangement.Kind.MERGE and argument in homes
        if gone_since or touched & set(shared):
            return Rearrangement.objects.select_related("argument", "other").get(pk=pk)
    return None


def _check_anonymous(row: Rearrangement) -> None:
    """Refuse to carry a text back over the border of a debate that became anonymous since."""
    homes = {one["parent"] for one in row.before["places"]}
    near = Argument.objects.filter(pk__in=homes | {row.argument_id, row.other_id}).order_by()
    debates = dict(near.values_list("debate", "debate__anonymous").distinct())
    if len(debates) > 1 and any(debates.values()):
        raise InTheWay(_("One of the two debates is anonymous by now: what is said in it stays there."))


def _check_split(row: Rearrangement) -> None:
    first, second = row.argument, row.other
    newest = first.revisions.order_by("-number").first()
    if newest is None or newest.pk != row.before["version"]:
        raise InTheWay(_("“%(claim)s” was edited since, so the split stays.") % {"claim": first.claim})
    for found, sentence in (
        (second.state != State.PUBLISHED, _("“%(claim)s” is no longer published, so the split stays.")),
        (second.revisions.count() > 1, _("“%(claim)s” was edited since, so the split stays.")),
        (_answered(row), _("“%(claim)s” was answered since, so the split stays: move the answers first.")),
        (_rated(row), _("“%(claim)s” was rated since, so the split stays.")),
        (
            _cited(row),
            _("The citations of “%(claim)s” were checked since, or are asked for, so the split stays."),
        ),
        (
            Link.objects.filter(Q(argument=second) | Q(parent=second)).exists(),
            _("“%(claim)s” is linked to another claim since, so the split stays: take the link away first."),
        ),
        (
            Suggestion.objects.filter(argument=second).exists(),
            _("Somebody suggested an edit of “%(claim)s” since, so the split stays."),
        ),
    ):
        if found:
            raise InTheWay(sentence % {"claim": second.claim})


def _answered(row: Rearrangement) -> bool:
    """Say whether anything was put under the second part since; what an undone split has left there is nothing."""
    assigned = [one["argument"] for one in row.before["places"]]
    left = Rearrangement.objects.filter(kind=Rearrangement.Kind.SPLIT, undone_at__isnull=False).values(
        "other"
    )
    return (
        row.other.children.exclude(pk__in=assigned).exclude(pk__in=left, merged_into__isnull=False).exists()
    )


def _rated(row: Rearrangement) -> bool:
    """Say whether anybody said anything about the second part beyond what was copied to it."""
    copied = {pk: columns for name, pk, columns in row.before["made"] if name == "rating"}
    ratings = list(Rating.objects.filter(argument=row.other))
    if any(
        rating.changed_at.isoformat() != copied.get(rating.pk, {}).get("changed_at") for rating in ratings
    ):
        return True
    said = (model.objects.filter(argument=row.other).exists() for model in (Delta, Concession))
    return any(said) or Opinion.objects.filter(thesis=row.other).exists()


def _cited(row: Rearrangement) -> bool:
    cited = Citation.objects.filter(argument=row.other)
    checked = CitationCheck.objects.filter(citation__in=cited).exists()
    return checked or SourceRequest.objects.filter(argument=row.other).exists()
