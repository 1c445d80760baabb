"""Looking into a file before it is kept: what it is by its content, whether it is whole, whether it could act by itself.

The parsers run in a child process (qualiopi/sandbox) and are loaded there alone: `look.py` and what it imports.
"""

from qualiopi.files.inspection.asking import Attached, Mail, Seen, as_jpeg, look_into, read_mail, redraw

__all__ = ["Attached", "Mail", "Seen", "as_jpeg", "look_into", "read_mail", "redraw"]
