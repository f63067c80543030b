"""Settings, all from the environment; a development start needs none of them (docs/operations.md)."""

import os
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.broker import broker_url
from config.embedded import server

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=""):
    return os.environ.get(name, default).strip()


def env_flag(name, *, default):
    value = env(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 1 or 0.")
    return value in {"1", "true", "yes"}


def env_list(name):
    return [part.strip() for part in env(name).split(",") if part.strip()]


def required_outside_development(name, *, hint):
    value = env(name)
    if not value and not DEBUG:
        raise ImproperlyConfigured(f"{name} is not set. With DEBUG=0 set it to {hint}.")
    return value


DEBUG = env_flag("DEBUG", default=True)
DATA_DIR = Path(env("DATA_DIR") or BASE_DIR / "var").resolve()
SECRET_KEY = (
    required_outside_development("SECRET_KEY", hint="a long random text kept secret")
    or "development only, never used with DEBUG=0"
)
required_outside_development("ALLOWED_HOSTS", hint="the site's host names, separated by commas")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# The site
DEMO = env_flag("DEMO", default=DEBUG)
GOVERNMENT_MASTHEAD = env_flag("GOVERNMENT_MASTHEAD", default=False)
SITE_URL = env("SITE_URL") or f"http://{env('HOST', '127.0.0.1')}:{env('PORT', '8000')}"
CONTACT_EMAIL = env("CONTACT_EMAIL")
RUNNER_ENABLED = env_flag("RUNNER_ENABLED", default=False)  # calling model services (docs/evidence.md)
REVIEW_DAYS = 14  # until a review is overdue

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "accounts",
    "casebook",
    "learning",
    "competitions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.RefuseNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AuditAddressMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.Jinja2"  # Django's own widgets at half the cost
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.site",
                "competitions.waiting.waiting",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "accounts.templatetags.site",
                "casebook.templatetags.casebook",
            ],
        },
    }
]

# Data
if env("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL"))}
else:
    DATABASES = {
        "default": {
            "ENGINE": "config.embedded",
            "NAME": "casebook",
            "USER": server.USER,
            "HOST": str(server.socket_dir(DATA_DIR)),
            "DATA_DIR": DATA_DIR,
        }
    }
DATABASES["default"] |= {
    # Opening a connection for each request costs more than the request.
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
}
CACHES = {
    # Login limits must hold across web processes.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a prompt of 1,000 blanks, each described by eleven fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # a too long text comes back in its form, not as an error page
UPLOADS_DIR = DATA_DIR / "uploads"  # files of entries while they come in, piece by piece
CLAMD = env("CLAMD")  # "unix:/path" or "host:port" of the virus scanner (docs/files.md)
ENTRY_STORAGE = env("ENTRY_STORAGE", "files")
if ENTRY_STORAGE not in {"files", "s3"}:
    raise ImproperlyConfigured(f"ENTRY_STORAGE is {ENTRY_STORAGE!r}; set it to files or s3.")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Private: never served by address, only by the view that asks who may see it.
    "entries": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "entries", "file_permissions_mode": 0o600},
    }
    if ENTRY_STORAGE == "files"
    else {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("ENTRY_S3_BUCKET"),
            "endpoint_url": env("ENTRY_S3_ENDPOINT") or None,
            "region_name": env("ENTRY_S3_REGION") or None,
            "access_key": env("ENTRY_S3_ACCESS_KEY") or None,
            "secret_key": env("ENTRY_S3_SECRET_KEY") or None,
            "default_acl": "private",
            "querystring_auth": True,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("krds", BASE_DIR / "node_modules" / "krds-uiux" / "resources"),
]
WHITENOISE_MAX_AGE = 60

# People
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique by a constraint in any case
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# E-mail: a folder of files in development
EMAIL_URL = env("EMAIL_HOST")
if EMAIL_URL:
    EMAIL_HOST = EMAIL_URL
    EMAIL_PORT = int(env("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = env("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = env_flag("EMAIL_USE_TLS", default=True)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 30  # seconds; a silent mail server must not hold the worker
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "casebook@localhost")

# Language and time
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = env_flag("SSL_REDIRECT", default=not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
BEHIND_PROXY = env_flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Work in the background: the Job row is the truth, the message only a hint
CELERY_BROKER_URL = env("CELERY_BROKER_URL") or broker_url(DATABASES["default"])
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "compare-entries": {
        "task": "competitions.clock.compare_entries",
        "schedule": 60,
        "options": {"expires": 59},
    },
    "worker-heartbeat": {"task": "accounts.clock.beat", "schedule": 10, "options": {"expires": 9}},
    "resend-overdue-jobs": {
        "task": "accounts.clock.resend_overdue_jobs",
        "schedule": 15,
        "options": {"expires": 14},
    },
    "send-due-messages": {
        "task": "accounts.clock.send_due_messages",
        "schedule": 15,
        "options": {"expires": 14},
    },
    "remove-old-job-files": {
        "task": "accounts.clock.remove_old_job_files",
        "schedule": crontab(hour=3, minute=10),
    },
    "resend-unexamined-attachments": {
        "task": "competitions.clock.resend_unexamined_attachments",
        "schedule": 60,
        "options": {"expires": 59},
    },
    "remind-entrants": {
        "task": "competitions.clock.remind_entrants",
        "schedule": 300,
        "options": {"expires": 299},
    },
    "tell-of-opened-votes": {
        "task": "competitions.clock.tell_of_opened_votes",
        "schedule": 60,
        "options": {"expires": 59},
    },
    "find-conflicts": {
        "task": "competitions.clock.find_conflicts",
        "schedule": 600,
        "options": {"expires": 599},
    },
    "make-blind-copies": {
        "task": "competitions.clock.make_blind_copies",
        "schedule": 300,
        "options": {"expires": 299},
    },
    "remind-judges": {
        "task": "competitions.clock.remind_judges",
        "schedule": 300,
        "options": {"expires": 299},
    },
    "remind-of-appeals": {
        "task": "competitions.clock.remind_of_appeals",
        "schedule": 3600,
        "options": {"expires": 3599},
    },
    "remove-abandoned-uploads": {
        "task": "competitions.clock.remove_abandoned_uploads",
        "schedule": crontab(hour=3, minute=20),
    },
    "remove-waiting-tables": {
        "task": "competitions.clock.remove_waiting_tables",
        "schedule": crontab(minute=50),
    },
    "erase-expired": {
        "task": "competitions.clock.erase_expired",
        "schedule": crontab(hour=3, minute=40),
    },
    "remind-of-reviews": {
        "task": "casebook.clock.remind_of_reviews",
        "schedule": crontab(hour=8, minute=30),
    },
}
JOB_KINDS = {
    "export_casebook": "casebook.jobs.export_casebook",
    "import_casebook": "casebook.jobs.import_casebook",
    "preview_import": "casebook.jobs.preview_import",
    "run_tests": "casebook.jobs.run_tests",
    "try_endpoint": "casebook.jobs.try_endpoint",
    "compute_results": "competitions.jobs.compute_results",
    "assign_entries": "competitions.jobs.assign_entries",
    "tell_departments": "competitions.jobs.tell_departments",
    "pack_certificates": "competitions.jobs_afterwards.pack_certificates",
    "publish_cases": "competitions.jobs_afterwards.publish_cases",
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Prompt casebook API",
    "DESCRIPTION": "Published prompts, cases, competitions and results, read-only.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
