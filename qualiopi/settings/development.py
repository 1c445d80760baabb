"""On one's own machine: works without any setting."""

from .base import *  # noqa: F403
from .base import BASE_DIR, env

(BASE_DIR / "var").mkdir(exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="cle-de-developpement-sans-valeur-en-production-0123456789")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="temoin-demo-2026")
