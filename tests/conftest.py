"""The hostile harness (docs/architecture.md): what every test meets without asking."""

pytest_plugins = [
    "tests.harness.browser",
    "tests.harness.closed",
    "tests.harness.pages",
    "tests.harness.postbox",
    "tests.harness.templates",
]
