"""Everything of mine, as a file: asked for once, made in the background, complete, and nobody else's."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from debates.actions.moderating.hide import hide
from debates.actions.weighing.change_mind import change_mind
from debates.actions.weighing.rate import rate
from debates.actions.writing.post_argument import post_argument
from debates.models import Argument, Revision
from debates.permissions import Refused
from forum.accounts.models import User
from forum.bookmarks.models import ArgumentList, ListEntry
from forum.drafts.models import Draft
from forum.own_data.actions.ask_for_export import ask_for_export
from forum.own_data.actions.forget_exports import GIVEN_UP
from forum.own_data.actions.make_export import make_export
from forum.own_data.archive import parts, rows
from forum.own_data.archive.rows import unnamed_columns
from forum.own_data.archive.sections import sections
from forum.own_data.models import BETWEEN, KEPT, Export, ExportPart
from forum.own_data.relations import RELATIONS, keys_to_member, model_of
from tests.conftest import Cast, Scene, a_book, pro, signed_in
from tests.debates.test_once import all_at_once, crowd, text_of

__all__ = ["crowd"]
PAGE = "/account/own-data/"


def exported(member: User) -> Export:
    """Return an export of a member that is ready."""
    export = Export.objects.create(member=member)
    make_export.call(export.pk)
    export.refresh_from_db()
    assert export.state == Export.State.READY
    return export


def archive_of(member: User) -> zipfile.ZipFile:
    """Return what a member's browser saves."""
    answer = signed_in(member).get(reverse("own_data_file", args=[exported(member).token]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def data_of(member: User) -> dict[str, Any]:
    """Return the document for programs. Any: JSON."""
    data: dict[str, Any] = json.loads(archive_of(member).read("data.json"))
    return data


# ------------------------------------------------------------------------------------------ nothing is forgotten


def test_every_key_to_a_member_stands_in_the_table() -> None:
    missing = keys_to_member() - RELATIONS.keys()
    assert not missing, (
        f"{', '.join(sorted(missing))}: add a line to RELATIONS in forum/own_data/relations.py that says what the export "
        "calls these rows and what leaving does with them."
    )
    assert not RELATIONS.keys() - keys_to_member(), "The table names what is no longer there."


@pytest.mark.parametrize("key", RELATIONS)
def test_every_line_of_the_table_says_what_or_why(key: str) -> None:
    relation = RELATIONS[key]
    assert bool(relation.section) != bool(relation.why), (
        f"{key} is neither exported nor left out for a reason."
    )
    if relation.section:
        assert relation.heading, f"{key} has no heading for people."
        assert not unnamed_columns(key), (
            f"{key}: the export has no name for {unnamed_columns(key)}; leave them out by name, or name them in references."
        )


def test_no_secret_and_no_other_member_stands_among_the_columns() -> None:
    for section in sections():
        if not section.key:
            continue
        for column in rows.columns_of(section.key):
            assert column.name not in (
                "password",
                "token",
                "session_key",
                "session_data",
                "data",
                "secret",
            ) or (section.key in ("debates.Source.added_by", "debates.SourceRevision.editor")), (
                f"{section.key}.{column.name} looks like a secret."
            )
            if isinstance(column, ForeignKey) and column.related_model is User:
                assert section.key in ("following.Follow.member", "moderation.Report.reporter"), (
                    f"{section.key}.{column.name} names somebody else."
                )


def test_sections_have_names_of_their_own() -> None:
    names = [section.name for section in sections()]
    assert len(names) == len(set(names))
    assert "account" not in names


@pytest.mark.django_db
def test_a_line_names_a_model_and_a_field() -> None:
    for key in RELATIONS:
        model, field = model_of(key)
        assert model._meta.get_field(field).related_model is User


# ---------------------------------------------------------------------------------------------- what is in it


def test_everything_of_ben_is_in_his_export(cast: Cast, scene: Scene) -> None:
    rate(cast.ben, scene.reason, holds=1)
    change_mind(cast.ben, scene.reason, "I had not known the third crane.")
    Draft.objects.create(
        member=cast.ben, path="/x", place="/x", tab=uuid.uuid4(), body="claim=Half+a+thought&key=1", digest=""
    )
    data = data_of(cast.ben)
    assert data["format"] == "counterpoint-own-data"
    assert data["version"] == 1
    assert data["account"]["name"] == "ben"
    assert data["account"]["email"] == "ben@example.org"
    (argument,) = data["arguments"]
    assert argument["claim"] == "Half of the cranes came from elsewhere."
    assert argument["parent"]["claim"] == "The cranes are the town’s memory.", (
        "What it answers can be read, so it is there."
    )
    assert argument["citations"][0]["quotation"] == "The third crane fell."
    assert argument["citations"][0]["source"]["title"] == "Cranes of the harbour"
    assert [version["number"] for version in argument["versions"]] == [1]
    assert data["sources"][0]["title"] == "Cranes of the harbour"
    assert data["ratings"][0]["holds"] == 1
    assert data["changes_of_mind"][0]["why"] == "I had not known the third crane."
    assert data["drafts"][0]["body"]["claim"] == ["Half a thought"]
    assert set(data) >= {section.name for section in sections()}, "A section without rows is an empty list."


def test_a_list_is_exported_with_what_stands_in_it(cast: Cast, scene: Scene) -> None:
    mine = ArgumentList.objects.create(member=cast.dan, title="To think about")
    for place, argument in enumerate((scene.rebuttal, scene.reason)):
        ListEntry.objects.create(of=mine, argument=argument, place=place)
    hide(cast.cleo, scene.reason, "Off the claim.")
    [exported_list] = data_of(cast.dan)["lists"]
    assert [one.get("claim") for one in exported_list["arguments"]] == [scene.rebuttal.claim, None], (
        "A list comes whole and in its order, and what is hidden since without its words."
    )


def test_a_hidden_claim_that_ben_answered_is_not_in_his_export(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.reason, "It insults.")
    everything = json.dumps(data_of(cast.ben))
    assert "The cranes are" not in everything, "Who may not read a claim does not get it by an export."
    own = data_of(cast.ada)
    assert any(one["claim"] == "The cranes are the town’s memory." for one in own["arguments"]), (
        "Its author reads it in every state."
    )


def test_an_anonymous_debate_names_nobody_in_an_export(cast: Cast, scene: Scene) -> None:
    scene.debate.anonymous = True
    scene.debate.save()
    Argument.objects.filter(pk=scene.rebuttal.pk).update(author_number=2)
    Revision.objects.create(
        argument=scene.rebuttal, number=2, claim="Mended.", editor=cast.cleo, editor_name="cleo"
    )
    archived = next(one for one in data_of(cast.ben)["arguments"] if one["claim"].startswith("Half"))
    assert [one["by"] for one in archived["versions"]] == ["Member 2 (you)", "a moderator"], (
        "The history of an anonymous debate names nobody; neither does the export of it."
    )


def test_nothing_of_the_password_is_in_an_export(cast: Cast, scene: Scene) -> None:
    archive = archive_of(cast.ben)
    for name in archive.namelist():
        assert cast.ben.password not in archive.read(name).decode(), f"{name} holds the password's digest."


def test_the_pages_hold_what_the_document_holds(cast: Cast, scene: Scene) -> None:
    post_argument(
        cast.ben, scene.thesis, pro("<script>alert(1)</script> & “more”", elaboration="In *short*.")
    )
    archive = archive_of(cast.ben)
    page = archive.read("arguments.html").decode()
    assert "Half of the cranes came from elsewhere." in page
    assert "2 entries" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "style=" not in page
    assert "http://127.0.0.1:8000/arguments/" in page
    index = archive.read("index.html").decode()
    assert 'href="arguments.html"' in index
    assert "ratings.html" not in index, "Sections without rows have no page."
    assert set(archive.namelist()) >= {"data.json", "index.html", "style.css"}


def test_a_moderator_finds_what_she_did(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "It insults.")
    (entry,) = data_of(cast.cleo)["moderation_log"]
    assert entry["act"] == "hide"
    assert entry["reason"] == "It insults."


def test_rows_are_read_in_batches_and_written_in_parts(
    cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        post_argument(cast.ben, scene.thesis, pro(f"Number {number}.", citations=(a_book(f"Book {number}"),)))
    whole = data_of(cast.ben)
    monkeypatch.setattr(rows, "BATCH", 2)
    monkeypatch.setattr(parts, "PART", 1000)
    again = data_of(cast.ben)
    assert again["arguments"] == whole["arguments"]
    assert len(whole["arguments"]) == 6
    newest = Export.objects.order_by("-pk")[0]
    assert newest.parts.count() > 3, "No process holds a whole archive."
    assert sum(len(bytes(one.content)) for one in newest.parts.all()) == newest.size


# -------------------------------------------------------------------------------------- asking and being refused


def test_asking_makes_one_and_another_can_follow_in_a_day(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(cast.dan)
    key = str(uuid.uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(PAGE, {"key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    export = Export.objects.get()
    assert export.state == Export.State.READY
    page = text_of(client.get(PAGE))
    assert export.token in page
    assert "Make an export" not in page
    assert "less than a day old" in page
    refused = client.post(PAGE, {"key": str(uuid.uuid4())})
    assert refused.status_code == 409
    assert "less than a day old" in text_of(refused)
    Export.objects.update(ended_at=timezone.now() - BETWEEN)
    assert "Make an export" in text_of(client.get(PAGE))


def test_one_waits_a_member(cast: Cast) -> None:
    ask_for_export(cast.dan)
    with pytest.raises(Refused, match="being made already"):
        ask_for_export(cast.dan)
    assert "waits for its turn" in text_of(signed_in(cast.dan).get(PAGE))
    assert ask_for_export(cast.ben).member == cast.ben


def test_twenty_who_ask_at_once_get_one(crowd: tuple[Cast, Scene]) -> None:
    client_of = [signed_in(crowd[0].ada) for _ in range(20)]
    answers = all_at_once(
        [lambda client=client: client.post(PAGE, {"key": str(uuid.uuid4())}) for client in client_of]  # type: ignore[misc]  # mypy does not see the default
    )
    assert Export.objects.count() == 1, "One export waits a member, whoever asks how often."
    assert sorted({answer.status_code for answer in answers}) == [302, 409]


def test_a_failure_is_told_and_leaves_no_parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    export = Export.objects.create(member=cast.dan)

    def breaks(*_more: object) -> None:
        ExportPart.objects.create(export=export, number=0, content=b"half")
        raise OSError("The disk is full.")

    monkeypatch.setattr("forum.own_data.actions.make_export.write_archive", breaks)
    with pytest.raises(OSError, match="disk"):
        make_export.call(export.pk)
    assert not ExportPart.objects.exists()
    page = text_of(signed_in(cast.dan).get(PAGE))
    assert "could not be made" in page
    assert "Make an export" in page, "Whom it failed may ask at once."
    assert make_export.call(export.pk) == 0, "A task that comes twice makes nothing twice."


# ------------------------------------------------------------------------------------------------- fetching it


def test_only_its_owner_fetches_it(cast: Cast) -> None:
    export = exported(cast.dan)
    address = reverse("own_data_file", args=[export.token])
    answer = signed_in(cast.dan).get(address)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="dan-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    for client in (Client(), signed_in(cast.ben), signed_in(cast.cleo)):
        assert client.get(address).status_code == 404, "Of another's export nobody learns that there is one."
    assert len(export.token) >= 32, "Its name cannot be guessed."


def test_after_a_week_it_is_forgotten(cast: Cast) -> None:
    export = exported(cast.dan)
    other = exported(cast.ben)
    Export.objects.filter(pk=export.pk).update(ended_at=timezone.now() - KEPT - timedelta(minutes=1))
    address = reverse("own_data_file", args=[export.token])
    assert signed_in(cast.dan).get(address).status_code == 410, "Late, before the command has run."
    call_command("forgetexports")
    assert signed_in(cast.dan).get(address).status_code == 404
    assert list(Export.objects.all()) == [other]
    assert not ExportPart.objects.filter(export=export.pk).exists()


def test_what_a_killed_worker_left_is_given_up(cast: Cast) -> None:
    export = Export.objects.create(
        member=cast.dan, state=Export.State.MAKING, begun_at=timezone.now() - GIVEN_UP - timedelta(minutes=1)
    )
    ExportPart.objects.create(export=export, number=0, content=b"half")
    call_command("forgetexports")
    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    assert not ExportPart.objects.exists()
    assert ask_for_export(cast.dan).pk != export.pk


@pytest.mark.parametrize("address", [PAGE, "/account/leave/"])
def test_visitors_sign_in_first(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


def test_an_unguessable_name_of_nothing_is_not_found(cast: Cast) -> None:
    assert signed_in(cast.dan).get("/account/own-data/nothing/file.zip").status_code == 404
    assert not Argument.objects.filter(author=cast.dan).exists()
