"""Take a member's name and address out of every row that holds them; nobody else can take the name."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from debates.models import Rearrangement, Revision, SourceMerge, SourceRequest, SourceRevision
from forum.accounts.gone import GONE, nobodys_name, taken_looks
from forum.accounts.models import FormerName, Invitation, User
from forum.accounts.names import skeleton
from forum.notices.models import Pause

SIGNED = (
    (Revision, "editor", "editor_name"),
    (SourceRevision, "editor", "editor_name"),
    (Rearrangement, "by", "by_name"),
    (SourceMerge, "by", "by_name"),
)
"""Rows that keep a name beside the key to its member."""
UNDONE = (Rearrangement, SourceMerge)
"""Rows that keep the name alone of who undid them, as it was spelt; no two names look alike, so its look tells whose it is."""


@transaction.atomic
def give_up_name(member: User) -> None:
    """Leave of a member a number. The moderation log alone keeps names, for nothing ever changes it; its page hides them."""
    skeletons = [member.skeleton, *member.former_names.values_list("skeleton", flat=True)]
    looks = {one.partition("#")[0] for one in skeletons}
    for model, key, column in SIGNED:
        model._default_manager.filter(**{key: member}).update(**{column: GONE})
    for undone in UNDONE:
        kept = undone._default_manager.exclude(undone_by_name="").values_list("undone_by_name", flat=True)
        spelt = [name for name in kept.order_by().distinct() if skeleton(name) in looks]
        undone._default_manager.filter(undone_by_name__in=spelt).update(undone_by_name=GONE)
    of_member = ContentType.objects.get_for_model(User)
    AdminEntry.objects.filter(content_type=of_member, object_id=str(member.pk)).update(object_repr=GONE)
    _take_names(member)
    _forget_addresses(member)
    _close_requests(member)
    _empty(member)


def _take_names(member: User) -> None:
    """Keep present and former names taken, by digests of their looks; the names themselves go."""
    for former in member.former_names.all():
        FormerName.objects.filter(pk=former.pk).update(
            username=nobodys_name(), skeleton=taken_looks(former.skeleton.partition("#")[0])[0]
        )
    present = FormerName.objects.create(username=nobodys_name(), member=member)
    FormerName.objects.filter(pk=present.pk).update(
        skeleton=taken_looks(member.skeleton.partition("#")[0])[0], given_up_at=timezone.now()
    )


def _forget_addresses(member: User) -> None:
    """Forget their addresses outside their own rows, and take back invitations that nobody used."""
    addresses = {member.email, *member.emailaddress_set.values_list("email", flat=True)} - {""}
    for address in addresses:
        Pause.objects.filter(address__iexact=address).delete()
    Invitation.objects.filter(used_by=member).update(address="")
    Invitation.objects.filter(invited_by=member, used_by=None, used_at=None).delete()


def _close_requests(member: User) -> None:
    """Withdraw requests for a source that nobody else waits for."""
    for request in SourceRequest.objects.filter(members=member, filled_at=None):
        if not request.members.exclude(pk=member.pk).exists():
            request.delete()


def _empty(member: User) -> None:
    """Empty the row of the member: no name, no address, no way in."""
    member.username, member.email, member.first_name, member.last_name = nobodys_name(), "", "", ""
    member.is_active = member.is_staff = member.is_superuser = False
    member.last_login, member.date_joined = None, timezone.now()
    member.set_unusable_password()
    member.save()
