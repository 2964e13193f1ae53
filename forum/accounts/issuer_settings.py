"""Read from the environment which issuer of OpenID Connect one may sign in at."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env


def issuer_from(env: Env, *, production: bool) -> dict[str, object]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS: one issuer, or none where nothing is set.

    Raises ImproperlyConfigured where only a part is set, and for an issuer without TLS in production.
    """
    named = {
        name: env.str(f"COUNTERPOINT_OIDC_{name}", default="")
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
    }
    if not any(named.values()):
        return {}
    if not (named["ISSUER"] and named["CLIENT_ID"] and named["CLIENT_SECRET"]):
        raise ImproperlyConfigured(
            "Of COUNTERPOINT_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET some are set and some are not: set all, or none."
        )
    if production and not named["ISSUER"].startswith("https://"):
        raise ImproperlyConfigured("COUNTERPOINT_OIDC_ISSUER must begin with https:// in production.")
    app = {
        "provider_id": "issuer",
        "name": named["NAME"] or "OpenID Connect",
        "client_id": named["CLIENT_ID"],
        "secret": named["CLIENT_SECRET"],
        "settings": {"server_url": named["ISSUER"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
