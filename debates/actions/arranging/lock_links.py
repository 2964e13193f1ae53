"""Lock the places of arguments, so that no two changes close a circle together that neither of them closes alone."""

from collections.abc import Iterable

from django.db import connection

from debates.actions.arranging.placing import lock_tree

LOCK = "LOCK TABLE debates_link IN SHARE ROW EXCLUSIVE MODE"


def lock_places(debate_ids: Iterable[int]) -> None:
    """Lock the trees of some debates, then all links, until the transaction ends.

    Trees in the order of their keys and links last: two who lock the same can then never wait for each other.
    """
    for debate_id in sorted(set(debate_ids)):
        lock_tree(debate_id)
    lock_links()


def lock_links() -> None:
    """Wait for whoever changes links, and let nobody else change any until the transaction ends; reading goes on.

    Whatever could close a circle calls this before it looks for one: a new link, and a move to another parent. A circle may
    run through any number of debates, so no lock on two trees keeps it away, and no constraint of the database sees it. A
    new reply needs no such lock, for nothing stands below it yet.

    Call it after the trees are locked and before the transaction writes its first link: PostgreSQL would otherwise find two
    transactions that each hold the weaker lock of a writer and wait for the other's. SQLite has one writer at a time,
    who has begun before reading anything (`transaction_mode` is IMMEDIATE), so there is nothing to lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
