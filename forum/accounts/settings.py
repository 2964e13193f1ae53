"""Settings that concern people: accounts, passwords, second factors, invitations, the issuer.

`forum.settings` takes all of them over; a name in capitals is a setting.
"""

from django.core.exceptions import ImproperlyConfigured

from forum.accounts.issuer_settings import issuer_from, issuer_origins
from forum.accounts.names import RESERVED
from forum.mode import MODE, PRODUCTION, SITE_NAME, env

AUTH_USER_MODEL = "accounts.User"
# One backend: two would hash a wrong password twice where the name is known and once where it is not.
AUTHENTICATION_BACKENDS = ["forum.accounts.backend.OneHashBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":  # the real hasher is slow on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Length, and what everybody tries first; no rules of what a password is made of (ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.11).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "forum.accounts.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_FORMS = {"signup": "forum.accounts.forms.SignUpForm"}
ACCOUNT_EMAIL_VERIFICATION = env.str(
    "COUNTERPOINT_EMAIL_VERIFICATION", default="mandatory" if PRODUCTION else "optional"
)
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever's password, address or factors change is told by mail
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address changes; for factors it is allauth's own way
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_USERNAME_BLACKLIST = [*RESERVED, SITE_NAME.lower()]
ACCOUNT_ADAPTER = "forum.accounts.adapter.AccountAdapter"

# Who may make an account: anybody, whoever was invited (`manage.py invite`, or the admin), or nobody.
SIGN_UP = env.str("COUNTERPOINT_SIGN_UP", default="open")
if SIGN_UP not in ("open", "invitation", "closed"):
    raise ImproperlyConfigured(f"COUNTERPOINT_SIGN_UP is “{SIGN_UP}”; it must be open, invitation or closed.")

# Second factors: codes of an app, passkeys, and codes on paper for the day when both are lost.
MFA_ADAPTER = "forum.accounts.factors.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (
    not PRODUCTION
)  # outside production the site answers on the loopback alone
MFA_TOTP_ISSUER = SITE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
# Whoever holds an office sets one up before it begins. The demo's members have public passwords and no devices.
STAFF_NEED_SECOND_FACTOR = env.bool("COUNTERPOINT_STAFF_SECOND_FACTOR", default=MODE != "demo")

# Signing in at an issuer of OpenID Connect, where one is configured. An address that it tells never opens an account
# that is here already: whoever has both connects them, signed in.
SOCIALACCOUNT_ADAPTER = "forum.accounts.issuer.IssuerAdapter"
SOCIALACCOUNT_FORMS = {"signup": "forum.accounts.forms.IssuerSignUpForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # a newcomer chooses a name here, whatever the issuer calls them
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = issuer_from(env, production=PRODUCTION)
ISSUER_ORIGINS = issuer_origins(env)

if MODE == "test":  # tests switch them on
    ACCOUNT_RATE_LIMITS = False
    MFA_RATE_LIMITS = False
    STAFF_NEED_SECOND_FACTOR = False
