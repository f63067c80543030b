"""The site's settings, and beside its pages the floors they are measured against."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
