"""`python scripts/watched.py PARENT PROGRAM [ARGUMENT...]`: run a program that ends with whoever started it, killed or not.

PARENT: the process that starts it. PROGRAM: a file (`manage.py`), or a module (`-m gunicorn`). Before anything of the program is loaded,
a thread looks twice a second whether its parent is still there; when it is not, the program is asked to end, then it is killed with
its group. A process forked by the program (the workers of gunicorn) watches in the same way the one that forked it.
"""

import os
import runpy
import signal
import sys
import threading
import time

LOOK = 0.5
GRACE = 2.0


def watch(parent: int) -> None:
    """End this process soon after `parent` is no longer its parent."""
    threading.Thread(target=_watch, args=(parent,), name="watches its parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    # The leader of a group takes with it whatever it started; anybody else would take its neighbours.
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def main(parent: int, program: list[str]) -> None:
    """Run the program in this process."""
    watch(parent)
    os.register_at_fork(after_in_child=lambda: watch(os.getppid()))
    sys.path[0] = os.getcwd()
    if program[0] == "-m":
        sys.argv = program[1:]
        runpy.run_module(program[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
