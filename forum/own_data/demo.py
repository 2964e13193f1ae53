"""What the demo shows of one's own data: an export that is ready, and somebody who has left."""

from __future__ import annotations

from django.utils import timezone

from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.text import ArgumentText
from debates.models import Argument
from forum.accounts.demo.mode import only_in_demo
from forum.accounts.models import User
from forum.own_data.actions.leave_site import leave_site
from forum.own_data.actions.make_export import make_export
from forum.own_data.models import Export, Leaving

LEAVER = "demo-leaver"
"""Who writes one sentence and leaves; nobody finds the name afterwards."""
SAID = "Whoever leaves a debate should be able to take their name along, and leave the argument."
"""Neither it nor who says it is anybody's: it shows what stands in place of a name."""


def show_own_data() -> bool:
    """Make both, once; return whether anything was made."""
    only_in_demo()
    ada = User.objects.filter(username="ada").first()
    if ada is None or Export.objects.filter(member=ada).exists():
        return False
    make_export.call(Export.objects.create(member=ada).pk)
    thesis = Argument.objects.listed().filter(author=ada, kind=Argument.Kind.THESIS).order_by("pk").first()
    if thesis is not None:
        leaver = User.objects.create_user(LEAVER)
        post_argument(leaver, thesis, ArgumentText(claim=SAID, kind=Argument.Kind.NOTE))
        Leaving.objects.create(member=leaver, texts=Leaving.Texts.KEEP, due_at=timezone.now())
        leave_site(leaver.pk)
    return True
