"""Load what ties debates together: further places of arguments, same claims, related debates."""

from collections.abc import Iterator

from django.db import transaction

from debates.actions.arranging.circle import circle_with
from debates.actions.arranging.lock_links import lock_places
from debates.actions.weighing.rescore import rescore_beyond
from debates.actions.weighing.rescore_debates import rescore_debate
from debates.exchange.report import CREATED, REMOVED, UNCHANGED, UPDATED, CheckOnly, LoadReport
from debates.formats.outline import Outline, arguments_of
from debates.models import Argument, Debate, Link, RelatedDebate, StandingChange


def link_outlines(outlines: list[Outline], *, check_only: bool = False) -> LoadReport:
    """Write what ties debates together, once all are loaded: further places, same claims, related debates."""
    report = LoadReport("links")
    try:
        with transaction.atomic():
            here = Debate.objects.filter(seed__in=[outline.key for outline in outlines])
            lock_places(here.values_list("pk", flat=True))
            for outline in outlines:
                _link(outline, report)
            for debate in here.order_by("pk"):
                rescore_debate(debate.pk, StandingChange.Cause.LOADED)
                rescore_beyond(debate)
            if check_only:
                raise CheckOnly
    except CheckOnly:
        pass
    return report


def _link(outline: Outline, report: LoadReport) -> None:
    debate = Debate.objects.filter(seed=outline.key).first()
    if debate is not None:
        _relate(outline, debate, report)
    kept = []
    for seed, target, relation, stance, attacks in _links(outline):
        argument, parent = _standing(seed), _standing(target)
        if argument is None or parent is None:
            report.remarks.append(f"{seed} refers to {target}, which is not loaded.")
            continue
        if relation == Link.Relation.ANSWERS and circle_with(argument.pk, parent.pk) is not None:
            # Also where the link stands already: the arguments may have been moved since, in the seeds or on the site.
            report.remarks.append(
                f"{seed} cannot answer {target}, which rests on it already: both would rest on themselves. "
                "The link was left out."
            )
            continue
        values = {"relation": relation, "stance": stance, "attacks": attacks}
        link, made = Link.objects.get_or_create(
            argument=argument, parent=parent, defaults={**values, "seeded": True}
        )
        changed = any(getattr(link, name) != value for name, value in values.items())
        if changed:
            Link.objects.filter(pk=link.pk).update(**values)
        kept.append(link.pk)
        report.note("links", CREATED if made else UPDATED if changed else UNCHANGED)
    gone = Link.objects.filter(seeded=True, argument__debate=debate).exclude(pk__in=kept)
    for link in gone.select_related("argument", "parent"):
        report.note("links", REMOVED)
        report.remarks.append(
            f"{link.argument.seed} no longer refers to {link.parent.seed}; the link was taken away."
        )
    gone.delete()


def _standing(seed: str) -> Argument | None:
    """Return the argument of a seed, or what it was merged into on the site."""
    found = Argument.objects.filter(seed=seed).first()
    return found and Argument.objects.named(found.public_id)


def _relate(outline: Outline, debate: Debate, report: LoadReport) -> None:
    for key, how in outline.related:
        other = Debate.objects.filter(seed=key).first()
        if other is None:
            report.remarks.append(f"{outline.key} is related to {key}, which is not loaded.")
            continue
        row, made = RelatedDebate.objects.get_or_create(debate=debate, other=other, defaults={"how": how})
        changed = row.how != how
        if changed:
            row.how = how
            row.save(update_fields=["how"])
        report.note("related debates", CREATED if made else UPDATED if changed else UNCHANGED)
    gone = debate.related.exclude(other__seed__in=[key for key, _how in outline.related])
    for row in gone.select_related("other"):
        report.note("related debates", REMOVED)
        report.remarks.append(f"{outline.key} is no longer related to {row.other.seed}.")
    gone.delete()


def _links(outline: Outline) -> Iterator[tuple[str, str, str, str, str]]:
    for plain, _parent in arguments_of(outline):
        for link in plain.links:
            yield f"{outline.key}/{plain.key}", link.target, link.relation, link.stance, link.attacks
