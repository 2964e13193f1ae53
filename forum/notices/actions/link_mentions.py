"""Write down whom an argument's text names, and tell them; the rows outlive renaming."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from debates.models import Argument
from forum.accounts.models import FormerName, User
from forum.accounts.names import skeleton
from forum.following.models import Follow
from forum.notices.actions.write_notices import write_notices
from forum.notices.models import Mention, Notice
from forum.notices.naming import candidates, folded, meant_by, names_in

MOST_TOLD = 10
"""One argument calls no more than so many people: the first that it names."""
MOST_LINKED = 50
"""Of so many names, the first, a text makes links."""


def members_named(names: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return who is meant by what a text has behind its @: key and present name, by the name that fits; two statements."""
    every = {one for name in names for one in candidates(name)}
    if not every:
        return {}
    looks = {skeleton(one) for one in every}
    former = FormerName.objects.filter(skeleton__in=looks, member__is_active=True)
    present = User.objects.filter(skeleton__in=looks, is_active=True)
    rows = [
        *former.values_list("username", "member", "member__username"),
        *present.values_list("username", "pk", "username"),
    ]
    members = {folded(name): (key, now) for name, key, now in rows}
    fitting = (meant_by(name, members) for name in names)
    return {name: members[name] for name in fitting if name is not None}


@transaction.atomic
def link_mentions(argument: Argument) -> int:
    """Write down the members whom a text names that was posted or edited; return how many are new."""
    names = names_in(argument.claim, argument.elaboration_html)
    if not names:
        return 0
    known = set(Mention.objects.filter(argument=argument).values_list("name", flat=True))
    found = members_named([name for name in names if meant_by(name, known) is None])
    rows = [Mention(argument=argument, member_id=key, name=name) for name, (key, _now) in found.items()]
    rows = rows[: max(0, MOST_LINKED - len(known))]
    Mention.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def tell_mentioned(argument: Argument, heard: Collection[int], told: Collection[int]) -> set[int]:
    """Tell whom an argument names: the first ten, once each; return whom. The tree is locked, so no other writer is at it.

    Left out is its author, who may not read it, who muted its author, and who muted its debate or branch, unless something
    nearer is followed: those are in `heard`. `told` hear of it already, for a better reason.
    """
    rows = list(Mention.objects.filter(argument=argument).select_related("member"))
    before = {row.member_id for row in rows if row.told_at is not None}
    by_name = {row.name: row.member for row in rows}
    fitting = (meant_by(name, by_name) for name in names_in(argument.claim, argument.elaboration_html))
    members = {by_name[name].pk: by_name[name] for name in fitting if name is not None}
    deaf = before | muting(argument, heard) | {argument.author_id}
    new = [
        key
        for key in list(members)[:MOST_TOLD]
        if key not in deaf and Argument.objects.visible_to(members[key]).filter(pk=argument.pk).exists()
    ][: max(0, MOST_TOLD - len(before))]
    Mention.objects.filter(argument=argument, member__in=new).update(told_at=timezone.now())
    write_notices(
        Notice(recipient_id=key, kind=Notice.Kind.MENTIONED, argument=argument)
        for key in new
        if key not in told
    )
    return set(new)


def muting(argument: Argument, heard: Collection[int]) -> set[int]:
    """Return who does not want to be called here: whoever muted its author; or its debate or branch, and is not in `heard`.

    Of an anonymous debate nobody learns whom they muted: there their muting of its author says nothing.
    """
    muted = Follow.objects.filter(level=Follow.Level.MUTE)
    place = Q(debate=argument.debate_id) | Q(
        argument__debate=argument.debate_id, argument__path__in=[*argument.ancestor_paths, argument.path]
    )
    here = set(muted.filter(place).values_list("member", flat=True)) - set(heard)
    if argument.author_id is not None and not argument.debate.anonymous:  # silence would tell whose it is
        here |= set(muted.filter(who=argument.author_id).values_list("member", flat=True))
    return here
