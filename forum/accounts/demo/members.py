"""Who is in the demo: four members to sign in as, and the made-up readers, as whom nobody can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from forum.accounts.demo.mode import only_in_demo
from forum.accounts.groups import MODERATORS, OPENERS
from forum.accounts.models import User

MEMBERS = (
    ("ada", "ada-argues", "writes, and may open debates", OPENERS),
    ("ben", "ben-rebuts", "disagrees with her", OPENERS),
    ("cleo", "cleo-moderates", "moderates, at /admin/", MODERATORS),
    ("dora", "dora-administers", "administers, at /admin/", ""),
)
"""Name, password, what they are for, group. Passwords this plain are for the loopback only."""
READERS = tuple(f"demo-reader-{number:02}" for number in range(1, 25))
"""The names of the made-up readers, which say what they are wherever they stand."""


@dataclass(frozen=True)
class Speakers:
    """Those of the members who argue in the demonstrations."""

    ada: User
    ben: User
    cleo: User


def make_members() -> Speakers:
    """Make the members who are missing; whoever is there stays as they are, password and all."""
    only_in_demo()
    members = {name: _member(name, password, group) for name, password, _purpose, group in MEMBERS}
    return Speakers(members["ada"], members["ben"], members["cleo"])


def _member(name: str, password: str, group: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is not None:
        return user
    user = User.objects.create_user(name, f"{name}@example.org", password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    user.is_staff = group != OPENERS
    user.is_superuser = not group
    user.save(update_fields=["is_staff", "is_superuser"])
    return user


def make_readers() -> list[User]:
    """Make the readers who are missing and return all, in the order of their names. None has a password that works."""
    only_in_demo()
    known = set(_readers().values_list("username", flat=True))
    User.objects.bulk_create(
        User(username=name, password=make_password(None)) for name in READERS if name not in known
    )
    return list(_readers())


def _readers() -> Any:
    """Return the accounts of the readers. Any: a queryset of users, whose manager is Django's own."""
    return User.objects.filter(username__in=READERS).order_by("username")
