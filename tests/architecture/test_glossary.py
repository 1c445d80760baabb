"""The glossary has every model, every name that an outsider would not guess, in order, and no name that is gone."""

import re

from django.apps import apps

from tests.architecture.house import FLOORS, ROOT, files

# What these modules hold is said by their name and by the order inside a room (docs/architecture.md).
ORDINARY = set(
    """
    access accounts adapter addresses answers applicability apps archive asgi bars before blocks calendar campaigns capabilities catalogue
    certificate changes checking colours columns completeness conditions contents contexts contract contracts corrections counts
    course_words curve dates decisions deposits detail directory displayed draft drop editing emails engine entry enums environment errors
    exchange exams export files filters follow_ups forms funders grids guard home hours icons identifiers imports index inspection
    integrity issuing keeping kinds languages layout learning library life limits lines links listing lists mail management mapping
    middleware missing models names network network_urls numbering numbers office organisations overview page parsers partials parties pdf
    people person personal personal planning policy preview printing profile proof public public_urls queries readiness recipients
    records refusals register report reports resources responses results room rules saving schedule sending sentences series share
    signers signing small standard states subcontracting surveys svg tables tasks temoin templatetags text tiles timing today
    trainee_columns typography undoing urls values variables verbs verification views words workbook writing wsgi
    answering asking charts cpf evaluate evaluations facts gathering inviting model network owed parts result status
    child client container formulas look pictures server uploads
    adaptations audits demo expectation_loader grid_loader journal members packs profiles vocabulary_loader web
    """.split()  # noqa: SIM905
)
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def rows() -> list[str]:
    """First cells of the table."""
    return [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| `")]


def told() -> set[str]:
    return {name for cell in rows() for name in re.findall(r"`([\w ]+)`", cell)}


def modules() -> set[str]:
    """Names of the modules and packages of the floors, those of commands and data left out."""
    found = set()
    for path in files(".py", under=FLOORS):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "commands" not in parts and "settings" not in parts:
            found |= set(parts[1:])
    return found - {"__init__"}


def models() -> set[str]:
    return {model.__name__ for floor in FLOORS for model in apps.get_app_config(floor).get_models()}


def test_every_model_is_told():
    assert sorted(models() - told()) == []


def test_every_name_that_an_outsider_would_not_guess_is_told():
    plain = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in models() | told()}
    known = ORDINARY | plain | {name + ending for name in plain for ending in ("s", "es")} | {name[:-1] + "ies" for name in plain}
    assert sorted(modules() - known) == []


def test_no_name_is_gone():
    code = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", ".yaml", under=(*FLOORS, "tests")))
    known = set(re.findall(r"\w+", code)) | modules()
    assert sorted(name for name in told() if name not in known) == []


def test_names_are_in_order():
    names = [re.findall(r"`([^`]+)`", cell)[0] for cell in rows()]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))
