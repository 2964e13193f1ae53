"""Take the text out of a draft that was posted."""

from django.db import transaction
from django.utils import timezone

from debates.models.visibility import Viewer
from forum.drafts.models import Draft
from forum.drafts.slip import Slip


@transaction.atomic
def mark_posted(member: Viewer, slip: Slip) -> bool:
    """Empty the draft whose form was posted; say whether there was one.

    Only in the version that was sent: what another tab wrote meanwhile was not posted. The digest stays, so that a copy
    that arrives late, from a browser that never saw the answer, is known as posted (`keep_draft`).
    """
    if slip.row is None:
        return False
    rows = Draft.objects.live(member).filter(pk=slip.row.pk, version=slip.version)
    return bool(rows.update(body="", excerpt="", posted_at=timezone.now()))
