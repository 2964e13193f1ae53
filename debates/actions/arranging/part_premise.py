"""Take a premise out of its bundle, so that it stands alone."""

from django.db import transaction

from debates.actions.arranging.bundle import bundle_of, check_part
from debates.actions.arranging.placing import lock_tree
from debates.actions.weighing.rescore import rescore
from debates.models import Argument, StandingChange
from debates.models.visibility import Viewer


@transaction.atomic
def part_premise(author: Viewer, premise: Argument) -> bool:
    """Let a premise stand alone; return whether it worked together with others. Where it led them, the next one does."""
    lock_tree(premise.debate_id)
    premise = Argument.objects.select_related("debate").get(pk=premise.pk)
    check_part(author, premise)
    others = list(bundle_of(premise).exclude(pk=premise.pk))
    led = list(premise.joined.order_by("path"))
    if premise.joint_with_id is None and not led:
        return False
    premise.joint_with = None
    premise.save(update_fields=["joint_with"])
    if led:
        first, *rest = led
        Argument.objects.filter(pk=first.pk).update(joint_with=None)
        Argument.objects.filter(pk__in=[one.pk for one in rest]).update(joint_with=first)
    rescore([premise, *others], StandingChange.Cause.EDITED, premise)
    return True
