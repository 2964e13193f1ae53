"""Build a large debate quickly: rows in bulk, in a shape that is the same in every run."""

from __future__ import annotations

from debates.models import Argument, Debate, Standing
from debates.tree import path_of


def a_large_debate(size: int, children: int = 4, slug: str = "large") -> Debate:
    """Return a debate of one thesis and so many arguments, each with as many answers as it takes, pro and con in turn."""
    debate = Debate.objects.create(slug=slug, question="Is a large debate still read?")
    thesis = Argument.objects.create(
        debate=debate, kind="thesis", claim="It is.", path=path_of("", 0), depth=0
    )
    placed = [thesis]
    for number in range(size):
        parent = placed[number // children]
        position = number % children
        placed.append(
            Argument(
                debate=debate,
                parent=parent,
                claim=f"Reason number {number}.",
                stance="con" if position % 2 else "pro",
                attacks="claim" if position % 2 else "",
                path=path_of(parent.path, position),
                depth=parent.depth + 1,
            )
        )
        if len(placed) % 1000 == 0:
            _write(placed)
    _write(placed)
    Standing.objects.bulk_create(
        [Standing(argument_id=pk) for pk in debate.arguments.values_list("pk", flat=True)],
        ignore_conflicts=True,
    )
    return debate


def _write(placed: list[Argument]) -> None:
    """Write what has no key yet; parents come before their children, level by level."""
    by_depth: dict[int, list[Argument]] = {}
    for one in placed:
        if one._state.adding:
            by_depth.setdefault(one.depth, []).append(one)
    for _depth, rows in sorted(by_depth.items()):
        for row in rows:
            row.parent_id = row.parent.pk if row.parent else None
        Argument.objects.bulk_create(rows)
