"""`python -m bench [NAME...]`: run each benchmark in a process of its own, on a database and in a folder of its own."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

HERE = Path(__file__).parent
SHARED = {"__init__", "__main__", "bare", "bare_settings", "dataset", "measure", "mutants", "server"}
LONGEST = int(os.environ.get("BENCH_SECONDS", "1800"))


def benchmarks() -> list[str]:
    """Every script of this folder but what they share, by name."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in SHARED)


def run(name: str) -> int:
    """Run one benchmark; return its exit status. Its database and files vanish with it."""
    print(f"\n== {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="temoin-bench-") as folder, database(Path(folder)) as url:
        (Path(folder) / "static").mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "qualiopi.settings.development",
            "DATABASE_URL": url,
            "MEDIA_ROOT": f"{folder}/files",
            "STATIC_ROOT": f"{folder}/static",
            "BENCH_FOLDER": folder,
        }
        command = [sys.executable, "-m", f"bench.{name}"]
        try:
            return subprocess.run(command, env=environment, check=False, timeout=LONGEST).returncode
        except subprocess.TimeoutExpired:
            print(f"Arrêté au bout de {LONGEST} secondes.", file=sys.stderr)
            return 1


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """An empty SQLite file; or, when DATABASE_URL names a PostgreSQL server, a database made there for the occasion."""
    asked = os.environ.get("DATABASE_URL", "")
    if not asked.startswith("postgres"):
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg
    from psycopg import sql

    name = f"temoin_bench_{secrets.token_hex(4)}"
    with psycopg.connect(asked, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(asked)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def main(asked: list[str]) -> int:
    """Run the benchmarks asked for, or all; 1 when one did not finish or missed a bound, 2 when one is unknown."""
    unknown = sorted(set(asked) - set(benchmarks()))
    if unknown:
        print(f"Inconnu : {', '.join(unknown)}. Il y a : {', '.join(benchmarks())}.", file=sys.stderr)
        return 2
    # Asked to stop, leave no database, folder or server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    failed = [name for name in asked or benchmarks() if run(name)]
    if failed:
        print(f"\nPas tenu, ou pas abouti : {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
