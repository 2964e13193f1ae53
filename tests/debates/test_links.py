"""Whether addresses still answer, and which works were retracted: two commands, and what a source's page says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from debates.actions.sources.add_sources import add_sources
from debates.actions.sources.edit_source import edit_source
from debates.actions.sources.merge_sources import merge_sources
from debates.actions.sources.undo_merge import undo_merge
from debates.bibliography.record import Record
from debates.management.commands import checklinks
from debates.models import Argument, Citation, LinkCheck, LinkState, Source
from tests.conftest import Cast, Scene
from tests.core.lookup.server import Server, guard_for, page, redirect, running

MONDAY = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
GOOD = page("<!doctype html><title>The third crane fell</title><p>It fell in spring, and nobody saw it.</p>")
GONE = page("Not here.", "404 Not Found")


@pytest.fixture
def web(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a server on this machine that stands for the web, and let the site visit it."""
    settings.LOOK_UP = True
    monkeypatch.setattr(checklinks, "PAUSE", 0)
    with running({"/crane": GOOD}) as server:
        monkeypatch.setattr(checklinks, "guard", lambda: guard_for(server))
        yield server


@pytest.fixture
def source(cast: Cast, scene: Scene, web: Server) -> Source:
    """Give the source, with an address on that server."""
    source = Source.objects.get()
    source.take(source.record.__class__(**{**vars(source.record), "url": web.at("/crane")}))
    source.save()
    return source


def visit(day: int = 0) -> str:
    """Run the command on a day after the first; return what it says."""
    out = StringIO()
    with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
        call_command("checklinks", stdout=out)
    return out.getvalue()


def state(source: Source) -> str:
    """Return the state of a source's link as it stands."""
    return Source.objects.get(pk=source.pk).link_state


def test_an_address_that_answers_is_alive_and_is_left_alone_for_a_week(source: Source, web: Server) -> None:
    assert "1 addresses visited: 1 the address answers." in visit()
    assert state(source) == LinkState.ALIVE
    assert "none was due" in visit(day=3)
    assert "1 addresses visited" in visit(day=8)
    assert len(web.asked) == 2


def test_a_page_is_gone_after_failures_on_three_days(source: Source, web: Server) -> None:
    web.pages["/crane"] = GONE
    states = []
    for day in (0, 1, 2):
        visit(day)
        states.append(state(source))
    assert states == [LinkState.FAILING, LinkState.FAILING, LinkState.GONE], (
        "A server that is down for an evening has not lost its pages: gone takes three failures on three days."
    )


def test_three_failures_on_one_day_are_one(source: Source, web: Server) -> None:
    web.pages["/crane"] = GONE
    for _hour in range(3):
        Source.objects.update(link_checked_at=None)
        visit()
    assert state(source) == LinkState.FAILING
    assert LinkCheck.objects.count() == 3


def test_an_answer_between_makes_the_failures_forgotten(source: Source, web: Server) -> None:
    for day, answer in enumerate((GONE, GONE, GOOD, GONE)):
        web.pages["/crane"] = answer
        Source.objects.update(link_checked_at=None)
        visit(day)
    assert state(source) == LinkState.FAILING


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "429 Too Many Requests"])
def test_a_site_that_turns_programs_away_is_blocked_and_not_dead(
    source: Source, web: Server, status: str
) -> None:
    web.pages["/crane"] = page("No.", status)
    for day in range(4):
        Source.objects.update(link_checked_at=None)
        visit(day)
    assert state(source) == LinkState.BLOCKED
    assert (
        "The site does not let programs in; it may work for you."
        in Client().get(source.get_absolute_url()).content.decode()
    )


def test_a_page_that_moved_says_where_to(source: Source, web: Server) -> None:
    web.pages["/crane"] = redirect(web.at("/cranes/3"), "301 Moved Permanently")
    web.pages["/cranes/3"] = GOOD
    visit()
    assert state(source) == LinkState.MOVED
    assert web.at("/cranes/3") in Client().get(source.get_absolute_url()).content.decode()


def test_a_page_that_is_gone_offers_its_archived_copy(cast: Cast, source: Source, web: Server) -> None:
    record = source.record.__class__(
        **{
            **vars(source.record),
            "archived_url": "https://archive.example/crane",
            "archived_on": "2024-05-01",
        }
    )
    edit_source(cast.cleo, source, record, "", "An archived copy was found.")
    web.pages["/crane"] = GONE
    for day in range(3):
        visit(day)
    page_ = Client().get(source.get_absolute_url()).content.decode()
    assert "The page is gone." in page_
    assert "https://archive.example/crane" in page_


def test_another_address_is_another_link(cast: Cast, source: Source, web: Server) -> None:
    web.pages["/crane"] = GONE
    visit()
    record = source.record.__class__(**{**vars(source.record), "url": "https://example.org/elsewhere"})
    edit_source(cast.cleo, source, record, "", "It moved.")
    assert state(source) == LinkState.UNKNOWN


def test_a_broken_line_of_our_own_is_held_against_nobody(cast: Cast, source: Source, web: Server) -> None:
    records = [
        source.record.__class__(**{**vars(source.record), "title": f"{n}", "url": f"http://site{n}.example/"})
        for n in range(3)
    ]
    for other in add_sources(cast.ben, records):
        Citation.objects.create(argument=Argument.objects.latest("pk"), source=other, position=9)
    Source.objects.filter(pk=source.pk).update(url="http://gone.example/")
    with pytest.raises(CommandError, match="None of 4 sites answered"):
        visit()
    assert not LinkCheck.objects.exists()


def test_what_is_no_address_stops_nobody(source: Source, web: Server) -> None:
    Source.objects.filter(pk=source.pk).update(url="http://[x")
    assert "1 addresses visited" in visit()
    assert state(source) == LinkState.UNKNOWN


def test_nobody_is_visited_unless_the_keeper_says_so(source: Source, settings: Settings, web: Server) -> None:
    settings.LOOK_UP = False
    with pytest.raises(CommandError, match="COUNTERPOINT_LOOK_UP=on"):
        call_command("checklinks")
    assert web.asked == []


# ------------------------------------------------------------------------------------------------- retractions

HEAD = "Record ID,Title,OriginalPaperDOI,RetractionDOI,RetractionNature,RetractionDate\n"


def load(folder: Path, *lines: str) -> str:
    """Load a file of notices; return what the command says."""
    path, out = folder / "notices.csv", StringIO()
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines))
    call_command("loadretractions", str(path), stdout=out)
    return out.getvalue()


@pytest.fixture
def paper(cast: Cast, scene: Scene) -> Source:
    """Give the source, with a DOI."""
    source = Source.objects.get()
    record = source.record.__class__(**{**vars(source.record), "doi": "10.1000/182"})
    edit_source(cast.cleo, source, record, "", "It has a DOI.")
    source.refresh_from_db()
    return source


def test_a_retracted_work_is_marked(paper: Source, tmp_path: Path) -> None:
    said = load(
        tmp_path,
        "1,Other,10.1000/999,10.1000/n1,Retraction,1/31/2024 0:00",
        "2,Cranes,10.1000/182,10.1000/n2,Retraction,2/1/2024 0:00",
    )
    assert "2 notices read, 0 lines left out, 1 sources changed." in said
    page_ = Client().get(paper.get_absolute_url()).content.decode()
    assert "10.1000/n2" in page_
    assert "0 sources changed" in load(tmp_path, "2,Cranes,10.1000/182,10.1000/n2,Retraction,2/1/2024 0:00")


def test_the_gravest_notice_stands_and_a_later_reinstatement_stands_over_it(
    paper: Source, tmp_path: Path
) -> None:
    load(
        tmp_path,
        "1,Cranes,10.1000/182,10.1000/n1,Retraction,2/1/2024 0:00",
        "2,Cranes,10.1000/182,10.1000/n2,Correction,3/1/2024 0:00",
    )
    paper.refresh_from_db()
    assert paper.retraction_doi == "10.1000/n1"
    load(tmp_path, "3,Cranes,10.1000/182,10.1000/n3,Reinstatement,4/1/2024 0:00")
    paper.refresh_from_db()
    assert paper.retraction_nature == "Reinstatement"
    page_ = Client().get(paper.get_absolute_url()).content.decode()
    assert "has been reinstated since" in page_


def test_a_second_run_changes_nothing_whatever_the_order(paper: Source, tmp_path: Path) -> None:
    lines = (
        "1,Cranes,10.1000/182,10.1000/n1,Withdrawal,2/1/2019 0:00",
        "2,Cranes,10.1000/182,10.1000/n2,Correction,3/1/2020 0:00",
        "3,Cranes,10.1000/182,10.1000/n0,Retraction,2/1/2019 0:00",
    )
    load(tmp_path, *lines)
    assert "0 sources changed" in load(tmp_path, *lines)
    paper.refresh_from_db()
    assert paper.retraction_doi == "10.1000/n0", "A correction weighs less than what took the work back."


def test_a_notice_goes_along_with_a_merge_and_comes_back(cast: Cast, paper: Source, tmp_path: Path) -> None:
    load(tmp_path, "1,Cranes,10.1000/182,10.1000/n1,Retraction,2/1/2019 0:00")
    paper.refresh_from_db()
    [kept] = add_sources(cast.ben, [Record(type="book", title="Cranes")])
    merge = merge_sources(cast.cleo, paper, kept, "They are one.")
    kept.refresh_from_db()
    assert kept.retraction_doi == "10.1000/n1", "Merging must not hide that a work was retracted."
    undo_merge(cast.cleo, merge, "They are two.")
    kept.refresh_from_db()
    assert kept.retraction_doi == ""


def test_a_file_of_something_else_is_refused(paper: Source, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="OriginalPaperDOI"):
        call_command("loadretractions", str(tmp_path / "other.csv"))
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("loadretractions", str(tmp_path / "none.csv"))
