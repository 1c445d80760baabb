"""`python -m bench [NAME...]`: run each benchmark in a process of its own, on a database and a folder of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SHARED = {"__init__", "__main__", "dataset", "measure"}


def benchmarks() -> list[str]:
    """Every script of this folder but what they share, by name."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in SHARED)


def run(name: str) -> int:
    """Run one benchmark; return its exit status. Its database and files vanish with it."""
    print(f"\n== {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="temoin-bench-") as folder:
        environment = {
            "DJANGO_SETTINGS_MODULE": "qualiopi.settings.development",
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": f"{folder}/files",
            "BENCH_FOLDER": folder,
        }
        return subprocess.run([sys.executable, "-m", f"bench.{name}"], env=environment, check=False).returncode


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for, or all; 1 when one of them did not finish, 2 when one is unknown."""
    unknown = sorted(set(asked) - set(benchmarks()))
    if unknown:
        print(f"Inconnu : {', '.join(unknown)}. Il y a : {', '.join(benchmarks())}.", file=sys.stderr)
        return 2
    failed = [name for name in asked or benchmarks() if run(name)]
    if failed:
        print(f"\nN'ont pas abouti : {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
