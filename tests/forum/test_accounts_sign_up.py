"""Who may make an account: anybody, whoever was invited, or nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from forum.accounts.forms import SignUpForm
from forum.accounts.models import Invitation, User
from tests.conftest import PASSWORD, Cast, make_cast, signed_in
from tests.debates.test_once import all_at_once


def sign_up(name: str, invitation: str = "", email: str = "", client: Client | None = None) -> Any:
    """Send the form of signing up. Any: the test client's response."""
    data = {
        "username": name,
        "email": email or f"{name}@example.org",
        "password1": PASSWORD,
        "invitation": invitation,
    }
    return (client or Client()).post(reverse("account_signup"), data)


@pytest.fixture
def by_invitation(settings: Settings) -> Settings:
    """Let in whoever was invited."""
    settings.SIGN_UP = "invitation"
    return settings


@pytest.mark.django_db
def test_an_address_is_confirmed_by_the_mails_link_before_one_comes_in(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client = Client()
    answer = sign_up("nell", client=client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert found
    assert client.get(found[1]).status_code == 200
    nell = User.objects.get()
    assert not nell.emailaddress_set.get().verified, "A scanner that opens the link confirms nothing."
    client.post(found[1])
    assert nell.emailaddress_set.get().verified
    assert client.post(reverse("account_login"), {"login": "nell", "password": PASSWORD}).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_an_address_with_a_plus_and_capitals_is_one_address(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    sign_up("nell", email="Nell+Forum@Example.ORG")
    EmailAddress.objects.update(verified=True)
    for typed in ("nell+forum@example.org", "NELL+FORUM@EXAMPLE.ORG"):
        client = Client()
        assert (
            client.post(reverse("account_login"), {"login": typed, "password": PASSWORD}).status_code == 302
        )
        assert "_auth_user_id" in client.session, "Whoever spells it otherwise means the same address."
        sign_up("otto", email=typed)
    sign_up("nora", email="nell@example.org")
    assert set(User.objects.values_list("username", flat=True)) == {"nell", "nora"}, (
        "A second account of one address is not opened; what stands after a plus is part of the address."
    )


@pytest.mark.django_db
def test_a_closed_site_says_so_and_takes_nobody(settings: Settings) -> None:
    settings.SIGN_UP = "closed"
    page = Client().get(reverse("account_signup"))
    assert page.status_code == 403
    assert "takes no new members" in page.content.decode()
    _made, token = Invitation.objects.invite(None)
    for invitation in ("", token):
        assert sign_up("nell", invitation).status_code == 403
    assert not User.objects.exists()


def test_an_invitation_lets_one_in_once(cast: Cast, by_invitation: Settings) -> None:
    made, token = Invitation.objects.invite(cast.cleo)
    assert token not in str(Invitation.objects.values()), "Whoever reads the table cannot use it."
    page = Client().get(made.link(token))
    assert page.status_code == 200
    assert f'value="{token}"' in page.content.decode()
    assert sign_up("nell", token).status_code == 302
    made.refresh_from_db()
    assert made.used_by == User.objects.get(username="nell")
    for again in (Client().get(made.link(token)), sign_up("otto", token)):
        assert again.status_code == 404
        assert "no invitation at this address" in again.content.decode()
    assert not User.objects.filter(username="otto").exists()


def test_an_invitation_stays_where_the_form_had_a_mistake(cast: Cast, by_invitation: Settings) -> None:
    made, token = Invitation.objects.invite(cast.cleo)
    page = sign_up("ada", token)
    assert page.status_code == 200
    assert f'value="{token}"' in page.content.decode()
    made.refresh_from_db()
    assert made.used_at is None


def test_an_invitation_for_an_address_is_for_no_other(cast: Cast, by_invitation: Settings) -> None:
    _made, token = Invitation.objects.invite(cast.cleo, "Nell+forum@Example.org")
    page = sign_up("nell", token, "otto@example.org")
    assert page.status_code == 200
    assert "for another address" in page.content.decode()
    assert sign_up("nell", token, "nell+forum@example.org").status_code == 302


@pytest.mark.parametrize("token", ["x", "\0", "\udcff", "x" * 5000, "' OR 1=1 --"])
def test_no_made_up_token_opens(cast: Cast, by_invitation: Settings, token: str) -> None:
    assert sign_up("nell", token.encode("utf-8", "replace").decode()).status_code == 404
    assert (
        Client().get(reverse("account_signup"), {"invitation": token.encode("utf-8", "replace")}).status_code
        == 404
    )
    assert Client().get(reverse("account_signup")).status_code == 403


def test_an_invitation_expires_and_goes_with_nobody(cast: Cast, by_invitation: Settings) -> None:
    made, token = Invitation.objects.invite(cast.cleo)
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        assert Client().get(made.link(token)).status_code == 404
    assert sign_up("nell", token).status_code == 302
    User.objects.get(username="nell").delete()
    assert Client().get(made.link(token)).status_code == 404, "Used is used, also when who used it has left."


def test_two_at_once_come_in_as_one(
    cast: Cast, by_invitation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other is through the door’s check, too, when the first one uses the invitation up."""
    made, token = Invitation.objects.invite(cast.cleo)
    real = SignupForm.save

    def slower(self: Any, request: Any) -> Any:
        Invitation.objects.filter(pk=made.pk).update(used_at=timezone.now())
        return real(self, request)

    monkeypatch.setattr(SignupForm, "save", slower)
    answer = sign_up("nell", token)
    assert answer.status_code == 409
    assert not User.objects.filter(username="nell").exists(), (
        "Neither account nor invitation: both, or neither."
    )


LOOK_ALIKES = ["nell", "Nell", "neIl", "NELL"]
"""Small l and capital I look the same; letter case tells no two names apart."""


@pytest.mark.django_db(transaction=True)
def test_of_look_alikes_that_sign_up_at_once_one_is_taken_and_the_others_get_the_form_back() -> None:
    answers = all_at_once(
        [
            lambda name=name, number=number: sign_up(name, email=f"n{number}@example.org")  # type: ignore[misc]  # mypy does not see the default
            for number, name in enumerate(LOOK_ALIKES * 2)
        ]
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * 7 + [302], "Whoever was slower must get the form back, not a fault of ours."
    back = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert all("wrong" in page and "name" in page for page in back), back[0]
    assert all("@example.org" in page for page in back), "What was typed must come back."
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_look_alike_names_at_once_one_is_told() -> None:
    cast = make_cast()
    clients = [signed_in(cast.ada), signed_in(cast.ben)]
    answers = all_at_once(
        [
            lambda client=client, name=name: client.post(reverse("rename"), {"name": name})  # type: ignore[misc]  # as above
            for client, name in zip(clients, ("nell", "neIl"), strict=True)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [302, 422]


def test_a_name_that_is_taken_between_check_and_writing_gives_the_form_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same without luck: the other is through when this one's check has passed."""
    real = SignUpForm.save

    def slower(self: Any, request: Any) -> Any:
        if not User.objects.filter(username="neIl").exists():
            User.objects.create_user("neIl", "another@example.org", PASSWORD)
        return real(self, request)

    monkeypatch.setattr(SignUpForm, "save", slower)
    answer = sign_up("nell")
    assert answer.status_code == 200
    assert "looks like it" in answer.content.decode()
    assert sign_up("ada").status_code == 200
    monkeypatch.setattr("forum.accounts.actions.rename.check_free", lambda *_who: None)
    assert signed_in(cast.ben).post(reverse("rename"), {"name": "nell"}).status_code == 422


def test_moderators_invite_in_the_admin_and_see_the_link_once(cast: Cast, by_invitation: Settings) -> None:
    cleo = signed_in(cast.cleo)
    form = {"address": "", "expires_0": "2099-01-01", "expires_1": "12:00:00"}
    page = cleo.post(reverse("admin:accounts_invitation_add"), form, follow=True)
    found = re.search(r"invitation=([\w-]{40,})", page.content.decode())
    assert found, page.content.decode()
    made = Invitation.objects.get()
    assert (made.invited_by, made.expires.year) == (cast.cleo, 2099)
    assert found[1] not in cleo.get(reverse("admin:accounts_invitation_changelist")).content.decode()
    assert sign_up("nell", found[1]).status_code == 302
    assert signed_in(cast.ada).post(reverse("admin:accounts_invitation_add"), form).status_code == 302
    assert Invitation.objects.count() == 1


def test_the_command_prints_a_link_that_works(
    db: None, by_invitation: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("invite", "nell@example.org", "--days", "3")
    token = capsys.readouterr().out.strip().partition("invitation=")[2]
    assert sign_up("nell", token).status_code == 302
    for wrong in (["not an address"], ["--days", "0"]):
        with pytest.raises(CommandError):
            call_command("invite", *wrong)
