"""Do once what is sent twice: a form's key is unique in the database, with the digest of what it sent."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.models import Argument, Debate, FormKey, State
from debates.models.visibility import Viewer
from debates.permissions import Refused

KEPT = timedelta(days=30)
A_DAY = timedelta(days=1)


def digest_of(body: Mapping[str, object]) -> str:
    """Return the digest of what a form sends."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def once(
    key: uuid.UUID,
    member: Viewer,
    body: Mapping[str, object],
    act: Callable[[], str],
    stands: Callable[[str], bool] | None = None,
) -> tuple[str, bool]:
    """Carry out `act` unless this key was used; return its result and whether it was carried out now.

    The key is inserted in the transaction of the act itself: a second sender waits for the first, then finds its result.
    The same key with another body is refused with 409, so that nothing is dropped in silence. For texts, the same body under
    another key counts for a day as sent again: browsers that come back from a crash, or go back to a page that they no
    longer have, fill a form anew, with a new key, with words that were posted. `stands` says of a result whether its text is
    still there: whoever took theirs back may post the same words again.
    """
    digest = digest_of(body)
    try:
        with transaction.atomic():
            if stands is not None:
                _wait_in_line(member)
            row = FormKey.objects.create(key=key, member=member, digest=digest)
            twin = _twin(row, stands) if stands is not None else None
            row.result = act() if twin is None else twin.result
            row.save(update_fields=["result"])
            return row.result, twin is None
    except IntegrityError:
        used = FormKey.objects.filter(key=key).first()
        if used is None:
            raise
    if used.member_id != member.pk or used.digest != digest:
        raise Refused(
            _(
                "This form was already sent with another text. Your new text is below; send it again to post it as well."
            ),
            status=409,
        )
    return used.result, False


def _wait_in_line(member: Viewer) -> None:
    """Lock a member until the transaction ends: two forms of theirs with keys of their own find one another."""
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=member.pk)


def _twin(row: FormKey, stands: Callable[[str], bool]) -> FormKey | None:
    """Return the form of the same member with the same body that was carried out within a day, and whose text stands."""
    others = FormKey.objects.filter(member=row.member_id, digest=row.digest).exclude(pk=row.pk)
    lately = others.filter(created_at__gt=timezone.now() - A_DAY).order_by("-pk")
    return next((one for one in lately if stands(one.result)), None)


def argument_stands(public_id: str) -> bool:
    """Say whether an argument was not taken back; what a moderator hid counts as there: sending it anew shows it to nobody."""
    taken_back = (State.WITHDRAWN, State.REMOVED)
    return Argument.objects.filter(public_id=public_id).exclude(state__in=taken_back).exists()


def debate_stands(slug: str) -> bool:
    """Say whether a debate is there, by the address that it has or had."""
    named = Debate.objects.filter(Q(slug=slug) | Q(old_addresses__slug=slug))
    return named.exclude(state=State.REMOVED).exists()


def forget_old_keys() -> int:
    """Delete the keys of forms that nobody can still have open; return how many."""
    return FormKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
