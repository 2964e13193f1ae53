"""Encrypt the secrets of second factors that were written in the clear, as `forum.accounts.factors` did in this version."""

import base64
from collections.abc import Callable

from cryptography.fernet import Fernet, MultiFernet
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.crypto import salted_hmac

MARK = "fernet:"


def _locks() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (salted_hmac("forum.accounts.factors", "key", secret=one, algorithm="sha256") for one in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one.digest())) for one in derived])


def _close(kept: str) -> str:
    return kept if kept.startswith(MARK) else MARK + _locks().encrypt(kept.encode()).decode()


def _open(kept: str) -> str:
    return _locks().decrypt(kept.removeprefix(MARK)).decode() if kept.startswith(MARK) else kept


def _each(change: Callable[[str], str]) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
        for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=["totp", "recovery_codes"]):
            for name in ("secret", "seed"):
                if name in row.data:
                    row.data[name] = change(row.data[name])
            if "migrated_codes" in row.data:
                row.data["migrated_codes"] = [change(one) for one in row.data["migrated_codes"]]
            row.save(update_fields=["data"])

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(_each(_close), _each(_open))]
