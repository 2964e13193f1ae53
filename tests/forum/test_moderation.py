"""Reporting, and deciding in the staff room."""

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.hide import hide
from debates.models import Argument, Debate, LogEntry, State
from debates.models.log import LogIsAppendOnly
from debates.permissions import Refused
from forum.moderation.models import Report
from forum.notices.models import Notice
from tests.conftest import Cast, Scene, signed_in


def report(scene: Scene, client: Client, rule: str = "person") -> None:
    client.post(reverse("report", args=[scene.reason.public_id]), {"rule": rule, "words": "It is rude."})


def act(client: Client, model: str, name: str, items: list[int], **more: str) -> str:
    """Choose items in a list of the staff room and do something; return the page that answers."""
    data = {"action": name, "_selected_action": items, **more}
    return client.post(reverse(f"admin:{model}_changelist"), data, follow=True).content.decode()


def test_ben_reports_and_is_told_what_came_of_it(cast: Cast, scene: Scene) -> None:
    ben, cleo = signed_in(cast.ben), signed_in(cast.cleo)
    report(scene, ben)
    queue = cleo.get(reverse("admin:moderation_report_changelist")).content.decode()
    assert scene.reason.claim in queue
    [waiting] = Report.objects.all()
    preview = act(cleo, "moderation_report", "uphold", [waiting.pk])
    assert scene.thesis.claim in preview, "A moderator decides in sight of what the argument answers."
    assert "It is rude." in preview
    act(
        cleo,
        "moderation_report",
        "uphold",
        [waiting.pk],
        decided="1",
        rule="person",
        reason="It insults a reader.",
    )
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.HIDDEN
    assert "It insults a reader." in ben.get(reverse("notices")).content.decode(), (
        "The reporter is told the outcome."
    )
    assert "It insults a reader." in signed_in(cast.ada).get(reverse("notices")).content.decode(), (
        "The author is told why."
    )
    log = Client().get(reverse("log")).content.decode()
    assert "It insults a reader." in log
    assert scene.reason.claim not in log, "What is hidden does not stand in the log that says so."


def test_a_report_is_made_once(cast: Cast, scene: Scene) -> None:
    ben = signed_in(cast.ben)
    report(scene, ben)
    report(scene, ben)
    assert Report.objects.count() == 1


def test_nobody_reports_themselves(cast: Cast, scene: Scene) -> None:
    report(scene, signed_in(cast.ada))
    assert not Report.objects.exists()


def test_declining_keeps_the_argument_and_answers_the_reporter(cast: Cast, scene: Scene) -> None:
    report(scene, signed_in(cast.ben))
    act(
        signed_in(cast.cleo),
        "moderation_report",
        "decline",
        [Report.objects.get().pk],
        decided="1",
        reason="It argues.",
    )
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.PUBLISHED
    assert Notice.objects.get(recipient=cast.ben, kind=Notice.Kind.REPORT_DECLINED).reason == "It argues."


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_nothing_is_done_without_a_reason(cast: Cast, scene: Scene, reason: str) -> None:
    page = act(
        signed_in(cast.cleo),
        "debates_argument",
        "hide",
        [scene.reason.pk],
        decided="1",
        rule="person",
        reason=reason,
    )
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.PUBLISHED
    assert not LogEntry.objects.exists()
    assert "reason" in page.lower()


def test_many_are_hidden_and_restored_in_one_act_each_with_its_own_row(cast: Cast, scene: Scene) -> None:
    cleo = signed_in(cast.cleo)
    items = [scene.reason.pk, scene.rebuttal.pk]
    act(cleo, "debates_argument", "hide", items, decided="1", rule="spam", reason="Advertising.")
    assert Argument.objects.filter(state=State.HIDDEN).count() == 2
    assert LogEntry.objects.filter(act=LogEntry.Act.HIDE, rule="spam").count() == 2
    act(cleo, "debates_argument", "restore", items, decided="1", reason="It was not.")
    assert not Argument.objects.filter(state=State.HIDDEN).exists()


def test_a_locked_branch_is_read_but_not_answered(cast: Cast, scene: Scene) -> None:
    act(signed_in(cast.cleo), "debates_argument", "lock", [scene.reason.pk], decided="1", reason="It burns.")
    ben = signed_in(cast.ben)
    answer = {
        "stance": "pro",
        "claim": "One more reason.",
        "cite-TOTAL_FORMS": "0",
        "cite-INITIAL_FORMS": "0",
    }
    refused = ben.post(reverse("reply", args=[scene.rebuttal.public_id]), answer)
    assert refused.status_code == 409
    assert "One more reason." in refused.content.decode(), "A refusal keeps what was typed."
    allowed = ben.post(reverse("reply", args=[scene.thesis.public_id]), answer)
    assert allowed.status_code == 302, "Only the branch is locked, not the debate."


def test_a_locked_debate_takes_no_answers_until_it_is_unlocked(cast: Cast, scene: Scene) -> None:
    cleo, ben = signed_in(cast.cleo), signed_in(cast.ben)
    answer = {
        "stance": "pro",
        "claim": "One more reason.",
        "cite-TOTAL_FORMS": "0",
        "cite-INITIAL_FORMS": "0",
    }
    address = reverse("reply", args=[scene.thesis.public_id])
    act(cleo, "debates_debate", "lock", [scene.debate.pk], decided="1", reason="Pause.")
    assert ben.post(address, answer).status_code == 409
    act(cleo, "debates_debate", "unlock", [scene.debate.pk], decided="1", reason="Go on.")
    assert ben.post(address, answer).status_code == 302


def test_what_waits_is_approved_and_its_author_told(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.rebuttal.pk).update(state=State.PENDING)
    assert signed_in(cast.dan).get(scene.rebuttal.get_absolute_url()).status_code == 404
    act(signed_in(cast.cleo), "debates_argument", "approve", [scene.rebuttal.pk], decided="1", reason="Fine.")
    assert signed_in(cast.dan).get(scene.rebuttal.get_absolute_url()).status_code == 200
    assert Notice.objects.filter(recipient=cast.ben, kind=Notice.Kind.APPROVED).exists()


def test_hiding_a_debate_hides_all_of_it(client: Client, cast: Cast, scene: Scene) -> None:
    act(
        signed_in(cast.cleo),
        "debates_debate",
        "hide",
        [scene.debate.pk],
        decided="1",
        rule="unlawful",
        reason="By order.",
    )
    assert Debate.objects.get().state == State.HIDDEN
    for address in (scene.debate.get_absolute_url(), scene.reason.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_a_moderator_mends_a_source_and_the_log_says_so(cast: Cast, scene: Scene) -> None:
    source = scene.rebuttal.citations.get().source
    address = reverse("admin:debates_source_change", args=[source.pk])
    cleo = signed_in(cast.cleo)
    assert "Cranes of the harbour" in cleo.get(address).content.decode()
    form = {"type": "book", "title": "Cranes of the old harbour", "authors": "Marsh, Lena", "issued": "1999"}
    cleo.post(address, {**form, "isbn": "978-0-00-000000-1", "reason": "Title page."})
    source.refresh_from_db()
    assert source.title == "Cranes of the harbour", "A wrong check digit must stop the change."
    cleo.post(address, {**form, "reason": "Title page."})
    source.refresh_from_db()
    assert source.title == "Cranes of the old harbour"
    assert source.edited_at is not None, "The seeds must not write over what a person mended."
    assert LogEntry.objects.get(act=LogEntry.Act.EDIT_SOURCE).reason == "Title page."


def test_suspending_keeps_a_member_out_and_is_undone(client: Client, cast: Cast, scene: Scene) -> None:
    cleo = signed_in(cast.cleo)
    act(cleo, "accounts_user", "suspend", [cast.ben.pk], decided="1", rule="spam", reason="Flood.")
    cast.ben.refresh_from_db()
    assert not cast.ben.is_active
    act(cleo, "accounts_user", "readmit", [cast.ben.pk], decided="1", reason="He promised.")
    cast.ben.refresh_from_db()
    assert cast.ben.is_active


def test_a_moderator_does_not_suspend_a_colleague(cast: Cast) -> None:
    page = act(
        signed_in(cast.cleo),
        "accounts_user",
        "suspend",
        [cast.cleo.pk],
        decided="1",
        rule="spam",
        reason="Me.",
    )
    cast.cleo.refresh_from_db()
    assert cast.cleo.is_active
    assert "cannot suspend yourself" in page


@pytest.mark.parametrize("model", ["argument", "debate", "source", "citation", "tag", "logentry"])
def test_the_staff_room_opens_for_moderators_alone(cast: Cast, scene: Scene, model: str) -> None:
    address = reverse(f"admin:debates_{model}_changelist")
    assert signed_in(cast.cleo).get(address).status_code == 200
    for member in (cast.ada, cast.dan):
        assert signed_in(member).get(address).status_code == 302, "Whoever is no staff is sent to sign in."


def test_moderators_neither_add_nor_delete_by_hand(cast: Cast, scene: Scene) -> None:
    cleo = signed_in(cast.cleo)
    assert cleo.get(reverse("admin:debates_argument_add")).status_code == 403
    assert (
        cleo.post(
            reverse("admin:debates_argument_delete", args=[scene.reason.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert "delete_selected" not in cleo.get(reverse("admin:debates_argument_changelist")).content.decode()
    assert not cast.cleo.is_superuser


def test_the_log_cannot_be_changed(cast: Cast, scene: Scene) -> None:
    act(
        signed_in(cast.cleo),
        "debates_argument",
        "hide",
        [scene.reason.pk],
        decided="1",
        rule="person",
        reason="Rude.",
    )
    entry = LogEntry.objects.get()
    for change in (
        entry.save,
        entry.delete,
        LogEntry.objects.all().delete,
        lambda: LogEntry.objects.update(reason="Nice."),
    ):
        with pytest.raises(LogIsAppendOnly):
            change()


def test_the_log_outlives_its_people(cast: Cast, scene: Scene) -> None:
    act(
        signed_in(cast.cleo),
        "debates_argument",
        "hide",
        [scene.reason.pk],
        decided="1",
        rule="person",
        reason="Rude.",
    )
    cast.cleo.delete()
    assert LogEntry.objects.get().actor_name == "cleo"


def test_a_source_that_only_a_hidden_argument_brought_goes_with_it(
    client: Client, cast: Cast, scene: Scene
) -> None:
    source = scene.rebuttal.citations.get().source
    for address in (reverse("sources"), reverse("search") + "?q=cranes+harbour", source.get_absolute_url()):
        assert source.title in client.get(address).content.decode()
    act(
        signed_in(cast.cleo),
        "debates_argument",
        "hide",
        [scene.rebuttal.pk],
        decided="1",
        rule="spam",
        reason="Advertising.",
    )
    for address in (reverse("sources"), reverse("search") + "?q=cranes+harbour"):
        assert source.title not in client.get(address).content.decode(), "A title is its author's words, too."
    assert client.get(source.get_absolute_url()).status_code == 404
    act(
        signed_in(cast.cleo),
        "debates_argument",
        "restore",
        [scene.rebuttal.pk],
        decided="1",
        reason="It was none.",
    )
    assert client.get(source.get_absolute_url()).status_code == 200


def test_withdrawing_is_no_way_out_of_a_report(cast: Cast, scene: Scene) -> None:
    report(scene, signed_in(cast.ben))
    ada = signed_in(cast.ada)
    ada.post(reverse("withdraw", args=[scene.reason.public_id]))
    act(
        signed_in(cast.cleo),
        "moderation_report",
        "uphold",
        [Report.objects.get().pk],
        decided="1",
        rule="person",
        reason="Rude.",
    )
    ada.post(reverse("reinstate", args=[scene.reason.public_id]))
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.HIDDEN, (
        "What was upheld stays hidden, whatever its author did meanwhile."
    )
    assert LogEntry.objects.filter(act=LogEntry.Act.HIDE).count() == 1


def test_declining_stands_in_the_log_too(client: Client, cast: Cast, scene: Scene) -> None:
    report(scene, signed_in(cast.ben))
    act(
        signed_in(cast.cleo),
        "moderation_report",
        "decline",
        [Report.objects.get().pk],
        decided="1",
        reason="It argues.",
    )
    assert "It argues." in client.get(reverse("log")).content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_the_verb_itself_wants_a_reason_whoever_calls_it(cast: Cast, scene: Scene, reason: str) -> None:
    with pytest.raises(Refused):
        hide(cast.cleo, scene.reason, reason, "person")
    scene.reason.refresh_from_db()
    assert scene.reason.state == State.PUBLISHED, (
        "A form may forget to ask; the log may not stay without a reason."
    )
    assert not LogEntry.objects.exists()
