"""How much the tests assert: `python scripts/count_tests.py` prints the figures that docs/testing.md keeps."""

import ast
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def counted() -> Counter[str]:
    """`assert` statements, calls of `expect` and of what expects an error, and test functions, in every file of tests/."""
    found: Counter[str] = Counter()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                found["assert"] += 1
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                if called in ("expect", "raises", "warns") or called.startswith("assert_"):
                    found[called if called == "expect" else "raises, warns, assert_…()"] += 1
            elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found["test functions"] += 1
    return found


def pairs() -> dict[str, int]:
    """The (address, role) pairs of the policy matrix: inside an organisation, each is tried on one's own and on another."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualiopi.settings.test")
    import django

    django.setup()
    from tests.policy.test_matrix import ROLES, addresses, tenant_addresses

    return {
        "pairs (address, role)": len(addresses()) * len(ROLES),
        "of which in an organisation": len(tenant_addresses()) * len(ROLES),
    }


def main() -> None:
    for what, number in sorted(counted().items()) + list(pairs().items()):
        print(f"{number:6d}  {what}")


if __name__ == "__main__":
    main()
