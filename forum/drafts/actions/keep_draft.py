"""Keep what stands in a form."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.models.visibility import Viewer
from debates.permissions import Refused
from forum.drafts.fields import LONGEST, digest_of, excerpt_of, to_keep
from forum.drafts.models import Draft
from forum.drafts.places import about
from forum.drafts.slip import Slip

MOST = 200
"""Drafts that a member has at a time: a bound for who writes a script, not for who writes."""


def keep_draft(member: Viewer, slip: Slip, form: QueryDict) -> tuple[Draft | None, bool]:
    """Keep a form's text under its slip; return the row that it stands in, None for an empty form, and whether it is news.

    The same text again changes nothing, be it kept or posted already. Where another tab wrote to the row since this
    form's `version` of it, or its text was posted and this is another, the text gets a row of its own and a form that
    takes it up gets a new key: no version overwrites another. An emptied form leaves the last words as they are.
    """
    try:
        return _keep(member, slip, form)
    except IntegrityError:  # the same form, sent twice at once: now the other's row is there
        return _keep(member, slip, form)


@transaction.atomic
def _keep(member: Viewer, slip: Slip, form: QueryDict) -> tuple[Draft | None, bool]:
    kept = to_keep(form)
    body, digest, excerpt = kept.urlencode(), digest_of(kept), excerpt_of(kept)
    if len(body) > LONGEST:
        raise Refused(
            _("This is too long to be kept as a draft. Copy it to a file of your own before you go on."),
            status=413,
        )
    here = Draft.objects.filter(member=member, place=slip.place.address)
    row = here.select_for_update().filter(tab=slip.tab).first()
    if row is not None and row.digest == digest:
        if row.thrown_at is not None and row.posted_at is None:
            return _write(row, thrown_at=None), True
        return row, False
    if not excerpt:
        return row, False
    if row is not None and row.posted_at is None and row.version == slip.version:
        return _write(
            row,
            body=body,
            digest=digest,
            excerpt=excerpt,
            version=row.version + 1,
            changed_at=timezone.now(),
            thrown_at=None,
        ), True
    if row is not None:
        twin = here.filter(digest=digest, posted_at=None).first()
        if twin is not None:
            return twin, False
        del kept["key"]
        slip = replace(slip, tab=uuid.uuid4())
    if Draft.objects.live(member).count() >= MOST:
        raise Refused(
            _("You have %(most)d drafts; throw some away before you begin another.") % {"most": MOST},
            status=409,
        )
    subject = about(slip.place)
    return Draft.objects.create(
        member=member,
        path=slip.place.path,
        place=slip.place.address,
        tab=slip.tab,
        body=kept.urlencode(),
        digest=digest,
        excerpt=excerpt,
        argument_id=subject.argument_id,
        debate_id=subject.debate_id,
        source_id=subject.source_id,
    ), True


def _write(row: Draft, **values: Any) -> Draft:
    """Change some columns of a row. Any: a column's value."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row
