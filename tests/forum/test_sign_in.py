"""Signing in with two factors, what an office demands, sessions, and answers that do not tell who is known."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forum.accounts.models import User
from tests.conftest import PASSWORD, Cast, Scene, signed_in

SECRET = "JBSWY3DPEHPK3PXP"  # of nobody


def code() -> str:
    """Return the code that an app with the secret shows now."""
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def give_app(user: User) -> None:
    """Set up an app for somebody, with codes on paper."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def sign_in(client: Client, login: str, password: str = PASSWORD) -> Any:
    """Send the form of signing in. Any: the test client's response."""
    return client.post(reverse("account_login"), {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    """Say whether somebody is signed in."""
    return "_auth_user_id" in client.session


@pytest.fixture
def offices(settings: Settings) -> Settings:
    """Demand the second factor, as production does."""
    settings.STAFF_NEED_SECOND_FACTOR = True
    return settings


@pytest.fixture
def limits(settings: Settings) -> Settings:
    """Switch the limits on, as production has them, from nothing counted."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {}
    return settings


# -------------------------------------------------------------------------------------------- second factors


@pytest.mark.django_db(transaction=True)  # mail goes out when the transaction is through, within the request
def test_an_app_is_set_up_and_asked_for(cast: Cast) -> None:
    ada = Client()
    sign_in(ada, "ada")
    ada.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = ada.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    found = re.search(r'value="([A-Z2-7]{16,})"', page.content.decode())
    assert found, "The secret stands there in letters, for whoever cannot scan."
    now = format_hotp_value(hotp_value(found[1], next(iter(yield_hotp_counters_from_time()))))
    assert ada.post(reverse("mfa_activate_totp"), {"code": now}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]], "She is told by mail."
    again = Client()
    answer = sign_in(again, "ada")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(again), "A password alone no longer opens the account."


def test_a_code_and_a_code_on_paper_each_open_the_door_once(cast: Cast) -> None:
    give_app(cast.ada)
    paper = (
        Authenticator.objects.get(user=cast.ada, type=Authenticator.Type.RECOVERY_CODES)
        .wrap()
        .get_unused_codes()[0]
    )
    for right in (code(), paper):
        client = Client()
        sign_in(client, "ada")
        assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
        client.post(reverse("mfa_authenticate"), {"code": right})
        assert is_signed_in(client), right
        other = Client()
        sign_in(other, "ada")
        other.post(reverse("mfa_authenticate"), {"code": right})
        assert not is_signed_in(other), f"{right} was used already."


@pytest.mark.parametrize(
    "route",
    ["account", "rename", "account_email", "account_change_password", "mfa_index", "usersessions_list"],
)
def test_every_page_of_the_account_is_ones_own_and_leads_to_the_others(cast: Cast, route: str) -> None:
    sent = Client().get(reverse(route))
    assert sent.status_code == 302
    assert sent["Location"].startswith(reverse("account_login"))
    page = signed_in(cast.ada).get(reverse(route)).content.decode()
    for other in ("account", "account_email", "account_change_password", "mfa_index", "usersessions_list"):
        assert f'href="{reverse(other)}"' in page


def test_factors_and_addresses_change_only_after_the_password_was_asked_again(cast: Cast) -> None:
    ada = signed_in(cast.ada)  # without a password: a session left open
    for route in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert ada.get(reverse(route))["Location"].startswith(reverse("account_reauthenticate")), route
    ada.post(reverse("account_email"), {"action_add": "", "email": "elsewhere@example.org"})
    assert not cast.ada.emailaddress_set.filter(email="elsewhere@example.org").exists()


# --------------------------------------------------------------------------------------- what an office demands


def ways_in(scene: Scene) -> list[tuple[str, str, dict[str, str]]]:
    """Return what an office opens: method, address and form of each way in."""
    argument = reverse("admin:debates_argument_changelist")
    decided = {
        "action": "hide",
        "_selected_action": str(scene.rebuttal.pk),
        "decided": "1",
        "reason": "x",
        "rule": "1",
    }
    return [
        ("get", reverse("admin:index"), {}),
        ("get", argument, {}),
        ("post", argument, decided),
        ("get", reverse("admin:debates_argument_change", args=[scene.rebuttal.pk]), {}),
        ("post", reverse("admin:accounts_invitation_add"), {"address": "x@example.org"}),
        ("get", reverse("admin:autocomplete"), {}),
    ]


def test_a_moderator_without_a_second_factor_is_led_to_set_one_up(
    cast: Cast, scene: Scene, offices: Settings
) -> None:
    cleo = signed_in(cast.cleo)
    for method, address, form in ways_in(scene):
        answer = getattr(cleo, method)(address, form)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), f"{method} {address}"
    scene.rebuttal.refresh_from_db()
    assert scene.rebuttal.state == "published", "What was sent was not done."
    assert "Your office begins" in cleo.get(reverse("mfa_index")).content.decode()


def test_no_moderators_verb_opens_without_one(cast: Cast, scene: Scene, offices: Settings) -> None:
    cleo = signed_in(cast.cleo)
    for address, form in (
        (reverse("move", args=[scene.rebuttal.public_id]), {"place": scene.thesis.public_id, "reason": "x"}),
        (reverse("merge", args=[scene.rebuttal.public_id]), {"into": scene.reason.public_id, "reason": "x"}),
        (reverse("split", args=[scene.rebuttal.public_id]), {"reason": "x"}),
        (
            reverse("edit_debate", args=[scene.debate.slug]),
            {"question": "Gone?", "summary": "", "tags": "harbour", "slug": "gone", "reason": "x"},
        ),
    ):
        assert cleo.post(address, form).status_code in (403, 404, 422), address
        led = cleo.get(address)
        assert led.status_code == 404 or led["Location"] == reverse("mfa_index"), address
    scene.debate.refresh_from_db()
    assert scene.debate.question.startswith("Should the harbour")


def test_the_office_begins_with_the_factor_and_rests_without_it(
    cast: Cast, scene: Scene, offices: Settings
) -> None:
    assert not User.objects.get(pk=cast.cleo.pk).has_perm("debates.moderate")
    assert User.objects.get(pk=cast.ada.pk).has_perm("debates.open_debate"), "Opening debates is no office."
    RecoveryCodes.activate(cast.cleo)
    assert not User.objects.get(pk=cast.cleo.pk).has_perm("debates.moderate"), (
        "Codes on paper alone are none."
    )
    give_app(cast.cleo)
    assert User.objects.get(pk=cast.cleo.pk).has_perm("debates.moderate")
    cleo = signed_in(cast.cleo)
    assert cleo.get(reverse("admin:index")).status_code == 200
    dora = User.objects.create_superuser("dora", "dora@example.org", PASSWORD)
    assert not dora.has_perm("debates.moderate"), "Nor does an administrator’s office begin without."
    assert signed_in(dora).get(reverse("admin:index"))["Location"] == reverse("mfa_index")


def test_members_without_an_office_meet_none_of_this(cast: Cast, scene: Scene, offices: Settings) -> None:
    ada = signed_in(cast.ada)
    assert ada.get(reverse("reply", args=[scene.reason.public_id])).status_code == 200
    assert ada.get(reverse("admin:index"))["Location"].startswith("/admin/login/")


def test_the_admins_own_door_is_the_sites(cast: Cast, offices: Settings) -> None:
    sent = Client().get("/admin/login/?next=/admin/")
    assert sent.status_code == 302
    assert sent["Location"].startswith(reverse("account_login"))
    client = Client()
    client.post("/admin/login/", {"username": "cleo", "password": PASSWORD})
    assert not is_signed_in(client), "Django’s own form asks for no second factor and counts no attempts."


def test_factors_that_are_lost_are_taken_away_at_the_command_line(
    cast: Cast, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client()
    sign_in(client, "cleo")
    give_app(cast.cleo)
    with caplog.at_level("WARNING"):
        call_command("resetfactors", "cleo")
    assert not Authenticator.objects.filter(user=cast.cleo).exists()
    assert "second factors removed" in caplog.text
    assert "cleo" in caplog.text
    assert client.get(reverse("account")).status_code == 302, "Who holds a session of hers is out."
    assert "cleo" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no member"):
        call_command("resetfactors", "nobody")


# ------------------------------------------------------------------------------------------------- sessions


def test_sessions_are_listed_and_the_others_end_at_once(cast: Cast) -> None:
    here, there = Client(HTTP_USER_AGENT="Here 1.0"), Client(HTTP_USER_AGENT="There 2.0")
    for one in (here, there):
        sign_in(one, "ada")
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Here 1.0" in page
    assert "There 2.0" in page
    assert "Here 1.0" not in signed_in(cast.ben).get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302
    assert UserSession.objects.count() == 1


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(cast: Cast) -> None:
    here, there = Client(), Client()
    for one in (here, there):
        sign_in(one, "ada")
    new = {"password1": "another-long-password", "password2": "another-long-password"}
    assert here.post(reverse("account_change_password"), {"oldpassword": "wrong", **new}).status_code == 200
    assert there.get(reverse("account")).status_code == 200
    before = here.session.session_key
    assert here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new}).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert here.session.session_key != before, "A session’s key changes with what it may do."
    assert there.get(reverse("account")).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]


def test_signing_in_changes_the_key_of_the_session(cast: Cast) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["left"] = "here"
    session.save()
    before = session.session_key
    sign_in(client, "ada")
    assert client.session.session_key != before
    client.post(reverse("account_logout"))
    assert not UserSession.objects.get().exists(), "Signing out ends the session on the server."


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["account_login", "account_signup"])
def test_a_password_may_be_pasted_and_be_long(form: str) -> None:
    page = Client().get(reverse(form)).content.decode()
    field = re.search(r"<input[^>]*type=\"password\"[^>]*>", page)
    assert field
    assert not re.search(r"onpaste|oncopy|maxlength|autocomplete=\"off\"", field[0])
    assert "autocomplete=" in field[0], "A password manager is told what the field is for."


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["twelve chars", "пароль из слов", "a" + "b" * 11, "x" * 500, "correct horse", "🙂" * 12]
)
def test_any_password_of_twelve_characters_will_do(password: str) -> None:
    data = {"username": "nell", "email": "n@example.org", "password1": password}
    assert Client().post(reverse("account_signup"), data).status_code == 302
    assert User.objects.get().check_password(password), "It is taken as it was typed."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("Counterpoint2026", False),
        ("debatedebate1", False),
        ("counterpoint and nothing else", True),
        ("a debate that I like", True),
        ("twelve chars", True),
    ],
)
def test_a_password_is_more_than_the_sites_own_words(password: str, taken: bool) -> None:
    data = {"username": "nell", "email": "n@example.org", "password1": password}
    answer = Client().post(reverse("account_signup"), data)
    assert (answer.status_code == 302) == taken
    assert taken or "words of this site" in answer.content.decode()


def test_a_new_password_by_mail_does_not_go_round_the_second_factor(cast: Cast) -> None:
    give_app(cast.ada)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    form = client.get(found[1], follow=True).redirect_chain[-1][0]
    new = {"password1": "another-long-password", "password2": "another-long-password"}
    assert client.post(form, new).status_code == 302
    assert not is_signed_in(client), "Whoever reads somebody’s mail must not be in by that alone."
    answer = sign_in(client, "ada", "another-long-password")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)


# --------------------------------------------------------------------------- answers that do not tell who is known


def _sign_in_with(address: str) -> Any:
    return sign_in(Client(), address, "not-the-password")


def _reset_for(address: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": address}, follow=True)


def _sign_up_with(address: str) -> Any:
    name = f"nell{User.objects.count()}{len(address)}"
    data = {"username": name, "email": address, "password1": PASSWORD}
    return Client().post(reverse("account_signup"), data, follow=True)


ASKING = pytest.mark.parametrize("ask", [_sign_in_with, _reset_for, _sign_up_with])


def said(answer: Any) -> tuple[Any, ...]:
    """Return what an answer tells, without what differs each time. Any: the test client's response."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    page = re.sub(r"(ada|nobody)@example\.org", "ADDRESS", page)
    headers = {name: answer[name] for name in answer.headers if name not in ("Content-Length", "Set-Cookie")}
    return answer.status_code, getattr(answer, "redirect_chain", []), headers, page, sorted(answer.cookies)


@ASKING
def test_known_and_unknown_addresses_get_the_same_answer(
    cast: Cast, settings: Settings, ask: Callable[[str], Any]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known, unknown = said(ask("ada@example.org")), said(ask("nobody@example.org"))
    assert known == unknown
    assert len(mail.outbox) in (0, 2), "Each gets its letter, or neither."


@ASKING
def test_known_and_unknown_addresses_cost_the_same_hashing(
    cast: Cast, settings: Settings, ask: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    hasher = hashers.get_hasher()
    hashed: list[str] = []
    encode = type(hasher).encode

    def counting(self: Any, password: str, salt: str, *more: Any) -> str:
        hashed.append(password)
        return encode(self, password, salt, *more)

    monkeypatch.setattr(type(hasher), "encode", counting)
    counts = []
    for address in ("ada@example.org", "nobody@example.org"):
        hashed.clear()
        ask(address)
        counts.append(len(hashed))
    assert counts[0] == counts[1], "A hash takes long on purpose; one more or less tells who is known."


class LighterArgon(hashers.Argon2PasswordHasher):
    """Hash as production does, with less memory: still many times what the rest of an answer differs by."""

    memory_cost = 20_000
    parallelism = 1


def test_known_and_unknown_addresses_take_the_same_time(cast: Cast, settings: Settings) -> None:
    """Compare the two distributions, taken in turns, so that a busy machine slows both alike."""
    settings.PASSWORD_HASHERS = ["tests.forum.test_sign_in.LighterArgon"]
    cast.ada.set_password(PASSWORD)
    cast.ada.save()
    times: dict[str, list[float]] = {"ada@example.org": [], "nobody@example.org": []}
    for _turn in range(30):
        for address, taken in times.items():
            start = time.perf_counter()
            _sign_in_with(address)
            taken.append(time.perf_counter() - start)
    known, unknown = (sorted(one)[2:-5] for one in times.values())
    # Were a hash left out, every known one would be slower than every unknown one: the chance would be 1 or 0.
    slower = sum(a > b for a in known for b in unknown) / (len(known) * len(unknown))
    medians = statistics.median(known), statistics.median(unknown)
    assert 0.1 < slower < 0.9, (
        f"Times tell who is known: medians {medians[0]:.4f} and {medians[1]:.4f} seconds."
    )


@pytest.mark.parametrize("address", ["ada@example.org", "nobody@example.org"])
def test_attempts_are_limited_whoever_they_are_for(cast: Cast, limits: Settings, address: str) -> None:
    answers = [sign_in(Client(), address, "not-the-password").content.decode() for _attempt in range(6)]
    assert "Too many failed" in answers[5]
    assert "Too many failed" not in answers[4]
    client = Client()
    sign_in(client, address)
    assert not is_signed_in(client), "Not even the right password opens it while the limit lasts."


@pytest.mark.parametrize("address", ["ada@example.org", "nobody@example.org"])
def test_resets_are_limited_whoever_they_are_for(cast: Cast, limits: Settings, address: str) -> None:
    statuses = [_reset_for(address).status_code for _attempt in range(6)]
    assert statuses == [200] * 5 + [429]
