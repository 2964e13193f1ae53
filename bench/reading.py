"""Measure the pages that are read: `make bench`.

Every page is asked for by a visitor, through the whole of the application but without a server, at three sizes of the
debate; every round visits each page in turn. Printed are milliseconds of CPU, statements, kilobytes before compression, and
two ratios within a round: to the same page of the debate of a hundred arguments, and to a floor, which reads and draws as
many claims as the page of a hundred shows, with one statement and one loop of a template.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from bench.debates import SEED, SIZES, a_debate, a_site

ROUNDS = 7
FLOOR = "floor: read and draw a hundred claims"
PAGES = {
    "debate": "/debates/{slug}/",
    "argument": "/arguments/{thesis}/",
    "branch": "/arguments/{answer}/branch/",
    "outline": "/debates/{slug}/outline/",
    "latest": "/debates/{slug}/latest/",
    "map": "/debates/{slug}/map/",
    "brief": "/debates/{slug}/brief/",
    "search": "/search/?q=claim+debate:{slug}",
    "feed": "/debates/{slug}/feed.atom",
    "api": "/api/v1/debates/{slug}/arguments?limit=100",
}
TEMPLATE = '{% for one in rows %}<li><a href="{{ one.1 }}">{{ one.0 }}</a></li>{% endfor %}'


def main() -> None:
    """Build the debates, measure in rounds, print the table."""
    rng = random.Random(SEED)  # noqa: S311  # the same debates in every run, and no secret
    with a_site():
        from debates.models import Argument, SearchEntry

        keys = {size: a_debate(size, rng) for size in SIZES}
        for size, key in keys.items():
            sys.stderr.write(f"searching is prepared: {size}\n")
            SearchEntry.objects.write_arguments(list(Argument.objects.filter(debate=key)))
        _measure(keys)


def _measure(keys: dict[int, int]) -> None:
    """Visit every page in rounds, and print what it cost."""
    from django.db import connection
    from django.template import Context, Template
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from debates.models import Argument

    client, template = Client(), Template(TEMPLATE)
    addresses: dict[tuple[str, int], str] = {}
    for size, key in keys.items():
        thesis = Argument.objects.select_related("debate").get(debate=key, kind="thesis")
        words = {
            "slug": thesis.debate.slug,
            "thesis": thesis.public_id,
            "answer": Argument.objects.filter(parent=thesis).order_by("path")[0].public_id,
        }
        asked = sys.argv[1:] or PAGES  # some pages can be named after the command
        addresses |= {(page, size): PAGES[page].format(**words) for page in asked}
    costs: dict[tuple[str, int], tuple[int, int]] = {}
    for page, address in addresses.items():  # once before: whatever is made on first use is made
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}.")
        costs[page] = (len(taken), len(answer.content))
    floors: list[float] = []
    times: dict[tuple[str, int], list[float]] = {}
    for _round in range(ROUNDS):
        started = time.process_time()
        rows = Argument.objects.filter(debate=keys[100]).order_by("path").values_list("claim", "public_id")
        template.render(Context({"rows": list(rows)}))
        floors.append(time.process_time() - started)
        for page, address in addresses.items():
            started = time.process_time()
            client.get(address)
            times.setdefault(page, []).append(time.process_time() - started)
    _print(floors, times, costs)


def _print(
    floors: list[float],
    times: dict[tuple[str, int], list[float]],
    costs: dict[tuple[str, int], tuple[int, int]],
) -> None:
    sys.stdout.write(
        f"{'page':<10} {'size':>6} {'ms':>8} {'statements':>10} {'kB':>7} {'to 100':>8} {'to floor':>9}\n"
        f"{FLOOR}: {statistics.median(floors) * 1000:.2f} ms\n"
    )
    for (page, size), taken in times.items():
        statements, octets = costs[page, size]
        to_small = statistics.median(
            own / base for own, base in zip(taken, times[page, SIZES[0]], strict=True)
        )
        to_floor = statistics.median(own / base for own, base in zip(taken, floors, strict=True))
        sys.stdout.write(
            f"{page:<10} {size:>6} {statistics.median(taken) * 1000:>8.2f} {statements:>10} {octets / 1000:>7.1f}"
            f" {to_small:>8.2f} {to_floor:>9.1f}\n"
        )


if __name__ == "__main__":
    main()
