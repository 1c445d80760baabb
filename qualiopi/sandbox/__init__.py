"""Reading what came from outside in a process that may die of it: one child for each file, with limits, forked by a server of its own.

    for message in run("qualiopi.files.inspection.look:look", file, arguments={...}, limits=limits_for(size, output=64 * 1024)): ...

The function named runs in the child: it is called with the path of the file and the arguments, and yields what JSON holds (and dates).
"""

from .client import run
from .limits import Cause, Died, Limits, limits_for

__all__ = ["Cause", "Died", "Limits", "limits_for", "run"]
