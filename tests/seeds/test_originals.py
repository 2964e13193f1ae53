"""The five seeds against the documents that they were made from; runs where ORIGINALS is given."""

import os
from pathlib import Path

import pytest

from debates.exchange.links import link_outlines
from debates.exchange.load import load_outline
from debates.exchange.originals import load_originals
from debates.management.commands.loadseeds import SEEDS, read_files
from debates.models import Document, Origin

pytestmark = [pytest.mark.originals, pytest.mark.django_db]


def test_every_origin_of_the_five_seeds_is_found() -> None:
    outlines = read_files([SEEDS])
    for outline in outlines:
        load_outline(outline)
    assert link_outlines(outlines).remarks == []
    report = load_originals(Path(os.environ["COUNTERPOINT_ORIGINALS"]))
    assert report.unresolved == 0, "\n".join(report.remarks)
    assert Document.objects.filter(loaded_at=None).count() == 0, "\n".join(report.remarks)
    assert Origin.objects.filter(passage=None).count() == 0
    assert len(report.remarks) == 2, (
        "Only the two comment sections that announce more than they list are remarkable."
    )
    assert "announces 9 comments, 8 are listed" in "\n".join(report.remarks)
    assert "announces 3 comments, 2 are listed" in "\n".join(report.remarks)
