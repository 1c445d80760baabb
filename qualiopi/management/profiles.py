"""Reading the JSON that commands are given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError


def read_json(source: str) -> Any:
    """The content of a JSON file, or of the standard input for "-". Raises CommandError (exit 2) with a sentence."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8-sig")
        return json.loads(text)
    except OSError as error:
        raise CommandError(f"{source} ne se lit pas : {error.strerror}.", returncode=2) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{source} n'est pas un texte UTF-8.", returncode=2) from error
    except json.JSONDecodeError as error:
        raise CommandError(f"{source} n'est pas du JSON : ligne {error.lineno}, colonne {error.colno}.", returncode=2) from error
