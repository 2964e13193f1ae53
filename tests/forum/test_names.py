"""Names: whole alphabets may be used, and no name looks like another, at sign-up, at renaming and in the database."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from debates.permissions import Refused
from forum.accounts.actions.rename import BETWEEN, rename
from forum.accounts.models import FormerName, User
from forum.accounts.names import LONGEST, check_name, settled, skeleton
from tests.conftest import PASSWORD, Cast, signed_in


def sign_up(name: str) -> Any:
    """Send the form of signing up. Any: the test client's response."""
    data = {"username": name, "email": "nell@example.org", "password1": PASSWORD}
    return Client().post(reverse("account_signup"), data)


# ------------------------------------------------------------------------------------------ what a name is


@pytest.mark.parametrize(
    "name",
    [
        "ada",
        "Ada.L-1_",
        "Jürgen",
        "Ørjan",
        "Жанна",
        "Ζωή",
        "नीलम",
        "山田太郎",
        "ひとみ",
        "김하나",
        "مريم",
        "x2",
    ],
)
def test_any_one_alphabet_makes_a_name(name: str) -> None:
    check_name(settled(name))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("аda", "several"),  # Cyrillic а
        ("adа", "several"),
        ("pаypаl", "several"),
        ("αda", "several"),
        ("ada\u202egnp", "cannot be seen"),  # reads backwards from here
        ("ad\u200ba", "cannot be seen"),
        ("ada\u2066", "cannot be seen"),
        ("ada\ufeff", "cannot be seen"),
        ("ada\u00ad", "cannot be seen"),
        ("ada\0", "cannot be seen"),
        ("ada\udc00", "cannot be seen"),
        ("a" + "\u0301" * 30, "too many marks"),
        ("a" + "\u0316" * 500, "501 characters"),
        ("\u0301ada", "too many marks"),
        ("न" + "\u093c" * 5, "too many marks"),
        ("ɑda", "phonetic"),
        ("ada lovelace", "none of them"),
        ("ada+b", "none of them"),
        ("ada♔", "none of them"),
        ("ada🙂", "none of them"),
        ("ada@b", "no @"),
        ("...", "at least one"),
        ("", "at least one"),
        ("ada.", "full stop"),
        (".ada", "full stop"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(name: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_name(settled(name))
    assert says in refused.value.message


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_name_or_gets_a_sentence(typed: str) -> None:
    name = settled(typed)
    try:
        check_name(name)
    except ValidationError:
        return
    assert 0 < len(name) <= LONGEST
    assert not any(unicodedata.category(sign) in ("Cf", "Cc", "Cs", "Zs") for sign in name)
    assert unicodedata.bidirectional(name[0]) not in ("RLO", "LRO", "RLE", "LRE", "PDF")


@given(st.text(alphabet="abcdefiIlL10oOmMrnАаВвСсЕеОоρΡιΙ.-_", min_size=1, max_size=20))
def test_a_skeleton_forgets_case_and_stays_as_it_is(name: str) -> None:
    assert skeleton(name) == skeleton(name.upper()) == skeleton(name.lower())
    assert skeleton(settled(name)) == skeleton(name)
    folded = skeleton(name)
    assert skeleton(folded) in (folded, folded.replace("m", "rn"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada", "ADA"),
        ("ada", "ａｄａ"),
        ("scope", "ѕсоре"),  # all of it Cyrillic
        ("nell", "ne11"),
        ("ian", "Ian"),
        ("Ian", "lan"),
        ("corner", "comer"),
        ("bob", "b0b"),
        ("оо", "οο"),  # Cyrillic and Greek
        ("TOM", "ТОМ"),  # Cyrillic capitals
    ],
)
def test_names_that_a_reader_confuses_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ada", "adá"), ("ada", "ida"), ("ben", "den"), ("ada", "ada_"), ("x1", "x2")]
)
def test_names_that_a_reader_tells_apart_have_skeletons_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


# ------------------------------------------------------------------------------------------------- sign-up


@pytest.mark.parametrize("name", ["аda", "аԁа", "ADA", "ａｄａ", "cIeo", "сӏео", "8en\u200b"])
def test_nobody_signs_up_beside_somebody_they_look_like(cast: Cast, name: str) -> None:
    assert sign_up(name).status_code == 200
    assert User.objects.count() == 4, f"“{name}” passes for a member."


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["аdmin", "Adm1n", "M0DERATOR", "staff", "counterpoint", "ѕtaff"])
def test_nobody_signs_up_as_the_house(name: str) -> None:
    assert sign_up(name).status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
def test_five_hundred_marks_get_a_sentence_and_come_back() -> None:
    name = "e" + "\u0316" * 500
    page = sign_up(name)
    assert page.status_code == 200
    assert "501 characters" in page.content.decode()
    assert name in page.content.decode(), "What was typed comes back."


@pytest.mark.django_db
def test_the_database_itself_keeps_look_alikes_apart() -> None:
    User.objects.create_user("ada", "", PASSWORD)
    for write in (
        lambda: User.objects.create_user("аdа", "", PASSWORD),
        lambda: User.objects.bulk_create([User(username="ADA")]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


# ------------------------------------------------------------------------------------------------ renaming


def test_an_old_name_stays_ones_own_and_leads_to_the_new_page(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    assert cast.ada.username in ada.get(reverse("rename")).content.decode()
    answer = ada.post(reverse("rename"), {"name": "Augusta"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account"))
    cast.ada.refresh_from_db()
    assert (cast.ada.username, cast.ada.skeleton) == ("Augusta", skeleton("Augusta"))
    led = Client().get(reverse("member", args=["ada"]))
    assert (led.status_code, led["Location"]) == (301, cast.ada.get_absolute_url())
    assert "no-cache" in led["Cache-Control"], (
        "She may go back, and a browser that remembers would go in circles."
    )
    for name in ("ada", "ADA", "аdа"):
        assert sign_up(name).status_code == 200
        with pytest.raises(Refused, match=r"had this name|one alphabet"):
            rename(cast.ben, name)
    assert User.objects.count() == 4


def test_one_may_go_back_to_a_name_of_ones_own(cast: Cast) -> None:
    assert rename(cast.ada, "augusta")
    assert rename(cast.ada, "ada")
    assert list(FormerName.objects.values_list("username", flat=True)) == ["augusta"]
    assert Client().get(reverse("member", args=["ada"])).status_code == 200


def test_another_spelling_keeps_no_second_name(cast: Cast) -> None:
    assert rename(cast.ada, "Ada")
    assert not rename(cast.ada, "Ada")
    assert not FormerName.objects.exists()


def test_names_are_not_collected(cast: Cast) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        rename(cast.ada, "augusta")
        with pytest.raises(Refused, match="2026-03-31"):
            rename(cast.ada, "byron")
        clock.shift(BETWEEN + timedelta(seconds=1))
        assert rename(cast.ada, "byron")
    assert FormerName.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["ben", "BEN", "admin", "a", "x" * 41, "a b", "ada\u202e", "", "\0", "a" + "\u0300" * 499]
)
def test_what_is_no_name_is_refused_at_renaming_too_and_comes_back(cast: Cast, name: str) -> None:
    page = signed_in(cast.ada).post(reverse("rename"), {"name": name})
    assert page.status_code == 422
    assert "field-wrong" in page.content.decode()
    cast.ada.refresh_from_db()
    assert cast.ada.username == "ada"


def test_the_former_name_of_a_suspended_member_leads_nowhere(cast: Cast) -> None:
    rename(cast.dan, "daniel")
    cast.dan.is_active = False
    cast.dan.save()
    assert Client().get(reverse("member", args=["dan"])).status_code == 404


# ---------------------------------------------------------------------------------- those who were here before


@pytest.mark.django_db
def test_members_who_were_here_before_keep_their_names() -> None:
    migration = import_module("forum.accounts.migrations.0002_people")
    first, second = User.objects.create_user("nell", "", None), User.objects.create_user("other", "", None)
    User.objects.filter(pk=second.pk).update(username="neIl", skeleton="x")
    migration.fill_skeletons(apps, None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.username, first.skeleton) == ("nell", "nell")
    assert (second.username, second.skeleton) == ("neIl", f"nell#{second.pk}")
    second.save()  # and does not collide later
    second.refresh_from_db()
    assert second.skeleton == f"nell#{second.pk}"
