"""The settings of development, with the bare view."""

from qualiopi.settings.development import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
