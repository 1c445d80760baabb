"""Entry for application servers."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualiopi.settings.production")
# Who signs holds the end of a register while it talks to the database. After each answer it needs the interpreter back, and would
# wait for it five milliseconds per busy thread, with everybody else behind.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
