"""Notices: who is told what, and that a notice never says what has been hidden since."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from debates.actions.moderating.approve import approve
from debates.actions.moderating.hide import hide
from debates.actions.moderating.hide_delta import hide_delta
from debates.actions.moderating.restore import restore
from debates.actions.weighing.change_mind import change_mind, unchange_mind
from debates.actions.writing.concede import concede, unconcede
from debates.actions.writing.decline_suggestion import decline_suggestion
from debates.actions.writing.edit_argument import edit_argument
from debates.actions.writing.post_argument import post_argument
from debates.actions.writing.suggest_edit import suggest_edit
from debates.actions.writing.take_suggestion import take_suggestion
from debates.actions.writing.text import ArgumentText
from debates.actions.writing.withdraw_argument import withdraw_argument
from debates.models import Argument, Concession, Delta, Rearrangement, State, Suggestion
from debates.signals import arguments_rearranged
from forum.accounts.models import User
from forum.moderation.actions.decide import decline, uphold
from forum.moderation.actions.report import report
from forum.notices.models import Notice
from forum.notices.models.notice import STAYS
from forum.notices.models.preference import DEFAULTS, GROUPS, Group, channels_of
from forum.notices.sentences import FOLLOWING, SAID, SENTENCES
from tests.conftest import Cast, Scene, con, pro, signed_in


def told(user: User) -> str:
    """Return the notices of a member as they read them."""
    return unescape(signed_in(user).get(reverse("notices")).content.decode())


def kinds(user: User) -> list[str]:
    """Return what a member was told, the newest first."""
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def badge(user: User) -> str:
    """Return the number beside the notices in the header, or nothing."""
    page = signed_in(user).get(reverse("home")).content.decode()
    found = re.search(r'class="badge">(\d+)', page)
    return found[1] if found else ""


def test_whoever_is_answered_finds_a_notice(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    by_form = {"stance": "con", "attacks": "claim", "claim": "Nobody remembers.", "cite-TOTAL_FORMS": "0"}
    signed_in(cast.dan).post(
        reverse("reply", args=[scene.reason.public_id]), {**by_form, "cite-INITIAL_FORMS": "0"}
    )
    page = told(cast.ada)
    assert "dan" in page
    assert "Nobody remembers." in page
    assert Argument.objects.get(claim="Nobody remembers.").get_absolute_url() in page
    assert kinds(cast.ada) == ["answered"]
    for other in (cast.ben, cast.cleo, cast.dan):
        assert kinds(other) == []


def test_a_note_is_an_answer_too(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    post_argument(cast.ben, scene.reason, ArgumentText(claim="Which cranes?", kind=Argument.Kind.NOTE))
    assert "Which cranes?" in told(cast.ada)


def test_own_answers_make_none(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    post_argument(cast.ada, scene.reason, con("I changed my mind."))
    assert not Notice.objects.exists()


def test_a_refused_answer_tells_nobody(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    signed_in(cast.ben).post(
        reverse("reply", args=[scene.reason.public_id]),
        {"stance": "con", "claim": "x", "cite-TOTAL_FORMS": "0", "cite-INITIAL_FORMS": "0"},
    )
    assert not Notice.objects.exists()


def test_the_header_counts_what_is_new_until_it_is_marked(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    assert badge(cast.ada) == ""
    for claim in ("One.", "Two."):
        post_argument(cast.ben, scene.reason, pro(claim))
    assert badge(cast.ada) == "2"
    assert "new" in told(cast.ada)
    assert badge(cast.ada) == "2", "Looking alone marks nothing: a browser may look ahead."
    ada = signed_in(cast.ada)
    assert ada.get(reverse("notices_seen")).status_code == 405
    assert badge(cast.ada) == "2"
    ben_had = Notice.objects.create(recipient=cast.ben, kind=Notice.Kind.ANSWERED, argument=scene.reason)
    ada.post(reverse("notices_seen"))
    assert badge(cast.ada) == ""
    assert "One." in told(cast.ada), "What is marked stays in the list."
    ben_had.refresh_from_db()
    assert ben_had.seen_at is None, "Nobody marks the notices of others."


@pytest.mark.parametrize("gone", ["hidden", "withdrawn", "debate", "pending"])
def test_a_notice_vanishes_with_what_it_is_about(cast: Cast, scene: Scene, gone: str) -> None:
    Notice.objects.all().delete()
    answer = post_argument(cast.ben, scene.reason, con("This insults everybody."))
    assert badge(cast.ada) == "1"
    assert "This insults everybody." in told(cast.ada)
    if gone == "hidden":
        hide(cast.cleo, answer, "Rude.", "person")
    elif gone == "withdrawn":
        withdraw_argument(cast.ben, answer)
    elif gone == "pending":
        Argument.objects.filter(pk=answer.pk).update(state=State.PENDING)
    else:
        hide(cast.cleo, scene.debate, "By order.", "unlawful")
    page = told(cast.ada)
    assert "This insults everybody." not in page
    assert answer.get_absolute_url() not in page
    assert "answered you" not in page
    assert "Nothing yet." in page
    assert badge(cast.ada) == "", "A number tells of it, too."
    if gone == "hidden":
        restore(cast.cleo, answer, "It did not.")
        assert "This insults everybody." in told(cast.ada)


def test_an_author_is_told_what_a_moderator_did_by_which_rule_and_why(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "It insults a reader.", "person")
    page = told(cast.ben)
    for word in (
        "A moderator hid your argument.",
        "It insults a reader.",
        "Argue with claims, not with people",
        scene.rebuttal.claim,  # one's own text can be read, hidden or not
    ):
        assert word in page
    assert "cleo" not in page
    restore(cast.cleo, scene.rebuttal, "Read again, it does not.")
    assert "A moderator restored your argument." in told(cast.ben)
    assert "Read again, it does not." in told(cast.ben)
    assert kinds(cast.ben)[:2] == ["restored", "hidden"]
    assert "hidden" not in kinds(cast.ada)


def test_hiding_twice_tells_once(cast: Cast, scene: Scene) -> None:
    for _ in range(2):
        hide(cast.cleo, scene.rebuttal, "Rude.", "person")
    assert kinds(cast.ben) == ["hidden"]


def test_an_approval_tells_the_author_and_only_then_whoever_is_answered(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.rebuttal.pk).update(state=State.PENDING)
    Notice.objects.all().delete()
    approve(cast.cleo, scene.rebuttal, "Fine.")
    assert kinds(cast.ben) == ["approved"]
    assert kinds(cast.ada) == ["answered"]
    assert scene.rebuttal.claim in told(cast.ada)


def test_every_reporter_is_told_the_outcome(cast: Cast, scene: Scene) -> None:
    for reporter in (cast.ada, cast.dan):
        report(reporter, scene.rebuttal, "person", "Look.")
    uphold(cast.cleo, scene.rebuttal, "It insults a reader.", "person")
    for reporter in (cast.ada, cast.dan):
        page = told(reporter)
        assert "Your report was upheld." in page
        assert "It insults a reader." in page
        assert scene.rebuttal.claim not in page
    assert kinds(cast.dan) == ["report-upheld"]


def test_a_declined_report_is_answered_too_and_the_author_left_in_peace(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    report(cast.dan, scene.rebuttal, "spam", "")
    decline(cast.cleo, scene.rebuttal, "It sells nothing.")
    page = told(cast.dan)
    assert "Your report was looked at and declined: it stays." in page
    assert "It sells nothing." in page
    assert kinds(cast.ben) == []


def test_reasons_are_shown_as_text(cast: Cast, scene: Scene) -> None:
    hide(cast.cleo, scene.rebuttal, "<script>alert(1)</script>", "person")
    page = signed_in(cast.ben).get(reverse("notices")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# ------------------------------------------------------------------------------- what becomes of texts


def test_every_kind_of_notice_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Notice.Kind), (
        "A notice without words would break the page of whoever gets it."
    )
    assert set(SAID) <= set(SENTENCES)
    named = {kind for kind, sentence in SENTENCES.items() if "{name}" in str(sentence)}
    assert not named & set(STAYS), "What stands although its text is hidden must name nobody."
    assert all("{name}" in str(sentence) for sentence in FOLLOWING.values())
    assert set(GROUPS) | {Notice.Kind.MAIL_PAUSED} == set(Notice.Kind), "Each can be chosen, but for the one."
    assert set(DEFAULTS) == set(Group)
    assert all(DEFAULTS[group] in channels_of(group) for group in Group)


def test_an_overtaken_answer_leads_to_the_difference(cast: Cast, scene: Scene) -> None:
    edit_argument(cast.ada, scene.reason, pro("Said anew."), 1)
    page = told(cast.ben)
    assert "The claim that you answered was edited." in page
    assert reverse("stale", args=[scene.rebuttal.public_id]) in page


@pytest.mark.parametrize(
    ("outcome", "says"),
    [("taken", "was taken."), ("changed", "taken, with changes."), ("declined", "was declined.")],
)
def test_whoever_suggested_an_edit_is_told_what_came_of_it(
    cast: Cast, scene: Scene, outcome: str, says: str
) -> None:
    suggestion = suggest_edit(cast.ben, scene.reason, "Said anew.", "", "It is shorter.", 1)
    assert "ben suggests an edit" in re.sub(r"</?bdi>", "", told(cast.ada))
    assert "It is shorter." in told(cast.ada)
    if outcome == "declined":
        decline_suggestion(cast.ada, suggestion, "It says less.")
    else:
        take_suggestion(cast.ada, suggestion, 1, None if outcome == "taken" else "Another.", word="Fine.")
    page = told(cast.ben)
    assert says in page
    assert reverse("suggestion", args=[suggestion.pk]) in page
    assert ("It says less." if outcome == "declined" else "Fine.") in page
    assert not any(kind.startswith("edit-taken-for") for kind in kinds(cast.ada)), (
        "Nobody is told of their own act."
    )


def test_who_was_granted_a_point_is_told_of_which(cast: Cast, scene: Scene) -> None:
    Notice.objects.all().delete()
    concede(cast.ada, scene.rebuttal, "Three are left.")
    assert kinds(cast.ben) == ["conceded"]
    for words in ("ada grants you this", "Three are left.", scene.rebuttal.claim):
        assert words in re.sub(r"</?bdi>", "", told(cast.ben))
    concede(cast.ben, scene.rebuttal, "They are remembered.")
    assert kinds(cast.ada) == ["granted"]
    assert "ben grants you the claim" in re.sub(r"</?bdi>", "", told(cast.ada))
    unconcede(cast.ada, scene.rebuttal)
    assert kinds(cast.ben) == [], "What is taken back vanishes."


@pytest.mark.parametrize("gone", ["taken back", "hidden", "argument"])
def test_a_change_of_mind_is_told_in_its_own_words_while_they_stand(
    cast: Cast, scene: Scene, gone: str
) -> None:
    change_mind(cast.dan, scene.reason, "I had forgotten the floods.")
    page = re.sub(r"</?bdi>", "", told(cast.ada))
    assert "dan says that your argument changed their mind:" in page
    assert "I had forgotten the floods." in page
    if gone == "taken back":
        unchange_mind(cast.dan, scene.reason)
    elif gone == "hidden":
        hide_delta(cast.cleo, Delta.objects.get(), "It insults.", "person")
    else:
        Argument.objects.filter(pk=scene.reason.pk).update(state=State.DRAFT, author=cast.ben)
    page = told(cast.ada)
    assert "I had forgotten the floods." not in page
    assert "changed their mind" not in page
    assert ">dan<" not in page


def rearranged(cast: Cast, scene: Scene, kind: Rearrangement.Kind, undone: bool) -> Rearrangement:
    """Announce that Cleo moved, merged or split Ada's reason, or undid it; Ben and Dan had rated it."""
    row = Rearrangement.objects.create(
        kind=kind,
        argument=scene.reason,
        other=scene.rebuttal,
        by=cast.cleo,
        before={"places": []},
        reason="It says the same.",
        undone_reason="It did not." if undone else "",
    )
    raters = [cast.ben.pk, cast.dan.pk]
    arguments_rearranged.send(Rearrangement, rearrangement=row, undone=undone, actor=cast.cleo, raters=raters)
    return row


@pytest.mark.parametrize(
    ("kind", "undone", "ada", "ben", "dan"),
    [
        ("move", False, "was moved", "", ""),
        ("merge", False, "was merged into another", "was merged into yours", "An argument that you rated"),
        ("split", False, "was split", "", ""),
        ("move", True, "The move of your argument was undone", "", ""),
        ("merge", True, "The merge of your argument", "The merge of your argument", ""),
        ("split", True, "The split of your argument was undone", "", ""),
    ],
)
def test_a_rearrangement_is_told_to_each_once(
    cast: Cast, scene: Scene, kind: str, undone: bool, ada: str, ben: str, dan: str
) -> None:
    Notice.objects.all().delete()
    rearranged(cast, scene, Rearrangement.Kind(kind), undone)
    for member, says in ((cast.ada, ada), (cast.ben, ben), (cast.dan, dan)):
        assert len(kinds(member)) == bool(says), f"{member} is told {kinds(member)}."
        if says:
            assert says in told(member)
            assert ("It did not." if undone else "It says the same.") in told(member)
    assert kinds(cast.cleo) == []
    assert "cleo" not in told(cast.ada)


def test_nobody_is_told_what_they_did_themselves(cast: Cast, scene: Scene) -> None:
    Argument.objects.filter(pk=scene.reason.pk).update(author=cast.cleo)
    scene.reason.refresh_from_db()
    Notice.objects.all().delete()
    rearranged(cast, scene, Rearrangement.Kind.MERGE, undone=False)
    assert kinds(cast.cleo) == []


@pytest.mark.parametrize("kind", Notice.Kind)
def test_no_notice_says_what_is_hidden_since(cast: Cast, scene: Scene, kind: str) -> None:
    secret = "A secret claim"
    Argument.objects.filter(pk=scene.reason.pk).update(claim=secret)
    of = {"argument": scene.reason, "member": cast.ben}
    said = {
        "suggestion": Suggestion.objects.create(
            **of, revision=scene.reason.revisions.get(), claim=secret, why=secret, word=secret
        ),
        "delta": Delta.objects.create(**of, why=secret),
        "concession": Concession.objects.create(**of, why=secret),
    }
    for name, row in said.items():
        Notice.objects.create(recipient=cast.dan, kind=kind, argument=scene.reason, **{name: row})
    Notice.objects.create(recipient=cast.dan, kind=kind)
    assert secret in told(cast.dan)
    hide(cast.cleo, scene.reason, "It tells a secret.", "person")
    assert secret not in told(cast.dan)
    assert scene.reason.public_id not in told(cast.dan)


def test_visitors_are_sent_to_sign_in(client: Client, db: None) -> None:
    ours = ("notices", "notices_settings")
    for answer in (*(client.get(reverse(name)) for name in ours), client.post(reverse("notices_seen"))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    assert reverse("notices") not in client.get(reverse("home")).content.decode()
