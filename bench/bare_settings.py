"""The settings of development, with the bare view, and connections kept from one request to the next as in production."""

from qualiopi.settings.development import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
DATABASES["default"]["CONN_MAX_AGE"] = 60  # noqa: F405
