"""Looking into a file before it is kept: what it is by its content, whether it is whole, whether it could act by itself."""

from qualiopi.files.inspection.look import Seen, look_into

__all__ = ["Seen", "look_into"]
