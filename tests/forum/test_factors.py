"""Second factors at rest: what a copy of the database tells, keys that change, and rows from before."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forum.accounts import factors
from tests.conftest import Cast
from tests.forum.test_sign_in import SECRET, code, give_app, is_signed_in, sign_in

OLD_KEY, NEW_KEY = "an-older-key-of-the-test-" * 3, "a-newer-key-of-the-test-" * 3


@pytest.fixture(autouse=True)
def no_code_was_used_before() -> None:
    """Forget the codes that other tests used up: members are numbered alike in each."""
    cache.clear()


def comes_in(member: str, right: str) -> bool:
    """Say whether a member gets in with a code."""
    client = Client()
    sign_in(client, member)
    client.post(reverse("mfa_authenticate"), {"code": right})
    return is_signed_in(client)


def a_code_on_paper(cast: Cast) -> str:
    """Return a code of Ada's that was not used."""
    row = Authenticator.objects.get(user=cast.ada, type=Authenticator.Type.RECOVERY_CODES)
    return str(row.wrap().get_unused_codes()[0])


def kept() -> str:
    """Return everything that the table of factors holds."""
    return str(list(Authenticator.objects.values_list("data", flat=True)))


def in_the_clear(cast: Cast) -> str:
    """Write Ada's factors as they were before there was encryption; return the seed of her codes."""
    Authenticator.objects.create(user=cast.ada, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    seed = RecoveryCodes.generate_seed()
    Authenticator.objects.create(
        user=cast.ada, type=Authenticator.Type.RECOVERY_CODES, data={"seed": seed, "used_mask": 0}
    )
    return seed


def test_a_reader_of_the_database_finds_no_secret_and_no_code(cast: Cast) -> None:
    give_app(cast.ada)
    codes = RecoveryCodes(Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES))
    seed = factors.decrypt(codes.instance.data["seed"])
    assert len(seed) == 80
    for secret in (SECRET, seed, *codes.get_unused_codes()):
        assert secret not in kept(), "Whoever copies the database must not be able to sign in with it."
    assert kept().count(factors.MARK) == 2
    assert comes_in("ada", code())


def test_what_was_written_in_the_clear_still_opens_and_is_encrypted_by_the_command(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = in_the_clear(cast)
    assert comes_in("ada", a_code_on_paper(cast))
    call_command("encryptfactors")
    assert "2 encrypted" in capsys.readouterr().out
    assert SECRET not in kept()
    assert seed not in kept()
    assert comes_in("ada", code())
    assert comes_in("ada", a_code_on_paper(cast)), "A code that was used stays used, the others stay good."


def test_a_key_that_changed_opens_through_the_fallbacks_until_the_command_has_run(
    cast: Cast, settings: Settings
) -> None:
    settings.SECRET_KEY = OLD_KEY
    give_app(cast.ada)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [OLD_KEY]
    assert comes_in("ada", a_code_on_paper(cast))
    call_command("encryptfactors")
    settings.SECRET_KEY_FALLBACKS = []
    assert comes_in("ada", a_code_on_paper(cast))


def test_a_key_that_is_lost_shuts_the_door_and_says_so(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SECRET_KEY = OLD_KEY
    give_app(cast.ada)
    paper = a_code_on_paper(cast)
    settings.SECRET_KEY = NEW_KEY
    assert not comes_in("ada", code())
    assert not comes_in("ada", paper)
    assert "cannot be read" in caplog.text, "Whoever runs the server must learn why nobody gets in."
    before = kept()
    call_command("encryptfactors")
    assert "2 cannot be read" in capsys.readouterr().out
    assert kept() == before, "What no key opens must stay as it is: the key may be found again."


def test_the_migration_encrypts_what_is_there_and_its_way_back_opens_it(cast: Cast) -> None:
    in_the_clear(cast)
    loader = MigrationLoader(connection)
    apps = loader.project_state(("accounts", "0003_encrypt_factors")).apps
    migration = loader.get_migration("accounts", "0003_encrypt_factors")
    forwards = migration.operations[0]
    assert isinstance(forwards, RunPython)
    assert forwards.reverse_code is not None
    editor = connection.schema_editor()  # which data needs none of
    forwards.code(apps, editor)
    assert SECRET not in kept()
    assert comes_in("ada", code()), "What the migration closed, the site must open."
    forwards.reverse_code(apps, editor)
    assert SECRET in kept()
