"""Make a site of its own to measure on, and debates in it that are the same in every run."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

SIZES = (100, 1_000, 10_000)
SEED = 1917


@contextmanager
def a_site() -> Iterator[None]:
    """Give Django with an empty database: a file that is thrown away, unless COUNTERPOINT_DATABASE_URL names another."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
        os.environ.setdefault("COUNTERPOINT_MODE", "test")
        os.environ.setdefault("COUNTERPOINT_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


def a_debate(size: int, rng: random.Random) -> int:
    """Write a debate of some size, as bushy as debates are, with a dozen ratings for every argument; return its key."""
    from debates.actions.weighing.rescore_debates import rescore_debate
    from debates.models import Argument, Debate, Rating, StandingChange
    from debates.tree import depth_of, path_of
    from forum.accounts.models import User

    people = [User.objects.get_or_create(username=f"bench{number}")[0] for number in range(12)]
    debate = Debate.objects.create(slug=f"bench-{size}", question=f"A debate of {size}?")
    thesis = Argument.objects.create(
        debate=debate, kind="thesis", claim="It is.", path=path_of("", 0), depth=0
    )
    placed, children = [thesis], {thesis.path: 0}
    rows = []
    for number in range(size):
        parent = placed[int(len(placed) * rng.random() ** 2)]
        path = path_of(parent.path, children[parent.path])
        children[parent.path] += 1
        stance = rng.choice(["pro", "con"])
        row = Argument(
            debate=debate,
            parent=parent,
            stance=stance,
            attacks="claim" if stance == "con" else "",
            claim=f"Claim {number}.",
            path=path,
            depth=depth_of(path),
            author=rng.choice(people),
        )
        row.save(force_insert=True)
        children[path] = 0
        placed.append(row)
        rows.append(row)
    Rating.objects.bulk_create(
        [
            Rating(argument=row, member=member, holds=rng.randrange(5), matters=rng.randrange(5))
            for row in rows
            for member in people[: rng.randrange(13)]
        ],
        batch_size=2000,
    )
    rescore_debate(debate.pk, StandingChange.Cause.LOADED)
    return debate.pk
