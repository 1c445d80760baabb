"""Looking into a file before it is kept: what it is by its content, whether it is whole, whether it could act by itself.

The parsers run in a child process (qualiopi/sandbox) and are loaded there alone: `look.py` and what it imports.
"""

from qualiopi.files.inspection.asking import Seen, look_into, redraw

__all__ = ["Seen", "look_into", "redraw"]
