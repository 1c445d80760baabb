"""Templates: what is refused with its line, what is told, and what a value can never do to a document."""

import pytest

from trainings.documents.models import DocumentKind
from trainings.documents.wording import (
    FillingError,
    check,
    example_of,
    fill,
    groups_of,
    missing_from_template,
    missing_statements,
    shipped_body,
    statements_of,
    variables_used,
)

KIND = DocumentKind.COMPLETION


def problems(body, kind=KIND):
    return [str(problem) for problem in check(body, kind)]


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_the_shipped_wording_is_sound_and_says_everything(kind):
    body = shipped_body(kind)
    context = example_of(kind)
    filled = fill(body, kind, context)
    assert problems(body, kind) == []
    assert missing_from_template(body, kind) == []
    assert missing_statements(kind, context, body, filled) == []
    assert filled.html.startswith("<h1>")


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_statements_name_known_variables(kind):
    known = {f"{group.name}.{variable.name}" for group in groups_of(kind) for variable in group.variables}
    assert {variable for statement in statements_of(kind) for variable in statement.variables} <= known


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "# Titre\n\n{{ stagiaire.nmo }}",
            "Ligne 3 : la variable « stagiaire.nmo » n’existe pas. Vouliez-vous écrire « stagiaire.nom » ?",
        ),
        (
            "{{ stagiare.prenom }}",
            "Ligne 1 : la variable « stagiare.prenom » n’existe pas. Vouliez-vous écrire « stagiaire.prenom » ?",
        ),
        ("a\n{{ zzz }}", "Ligne 2 : la variable « zzz » n’existe pas."),
        (
            "{{ formation.objectifs }}",
            "Ligne 1 : « formation.objectifs » est une liste : parcourez-la avec {% for x in formation.objectifs %}.",
        ),
        ("{% for x in stagiaire.nom %}{% endfor %}", "Ligne 1 : « stagiaire.nom » n’est pas une liste."),
        (
            "{% for x in formation.objectifs %}\n{{ x.text }}\n{% endfor %}",
            "Ligne 2 : la variable « x.text » n’existe pas. Vouliez-vous écrire « x.texte » ?",
        ),
        ("{% for session in formation.objectifs %}{% endfor %}", "Ligne 1 : « session » est déjà pris : donnez un autre nom."),
        ("\n\n{% include 'x' %}", "Ligne 3 : « {% include %} » n’est pas permis dans un modèle."),
        ("{% set a = 1 %}", "Ligne 1 : « {% set %} » n’est pas permis dans un modèle."),
        ("{% macro a() %}{% endmacro %}", "Ligne 1 : « {% macro %} » n’est pas permis dans un modèle."),
        (
            "{{ stagiaire.nom * 1000000000 }}",
            "Ligne 1 : ce calcul n’est pas permis : un modèle montre des variables, parcourt des listes et teste ce qui est vide.",
        ),
        (
            "{{ stagiaire.nom.__class__.__mro__ }}",
            "Ligne 1 : la variable « stagiaire.nom.__class__.__mro__ » n’existe pas. Vouliez-vous écrire « stagiaire.nom_complet » ?",
        ),
        (
            "{{ stagiaire.nom|replace('a', 'b') }}",
            "Ligne 1 : seuls ces filtres servent ici, sans réglage : capitalize, length, lower, upper.",
        ),
        (
            "{{ stagiaire.nom|upper(1) }}",
            "Ligne 1 : seuls ces filtres servent ici, sans réglage : capitalize, length, lower, upper.",
        ),
        (
            "{% if stagiaire.nom %}\nbonjour",
            "Ligne 1 : une boucle ou une condition n’est pas fermée par {% endfor %} ou {% endif %}.",
        ),
        ("a\n{% endif %}", "Ligne 2 : « {% endif %} » ferme ce qui n’est pas ouvert."),
        ("{% tant %}", "Ligne 1 : « {% tant %} » n’existe pas : seuls « for » et « if » servent ici."),
        (
            "{{ stagiaire.nom",
            "Ligne 1 : cette écriture n’est pas comprise : vérifiez les accolades et les mots qu’elles entourent.",
        ),
        ("   ", "Ligne 1 : le modèle est vide."),
        ("a" * 60_001, "Ligne 1 : le modèle dépasse 60000 signes : raccourcissez-le."),
    ],
)
def test_a_template_is_refused_with_its_line(body, told):
    assert problems(body) == [told]


def test_every_problem_is_told_in_the_order_of_lines():
    assert [problem.line for problem in check("{{ a.b }}\n\n{{ c.d }}\n{{ stagiaire.nom }}\n{{ e.f }}", KIND)] == [1, 3, 5]


@pytest.mark.parametrize(
    "body",
    [
        "{% for x in formation.objectifs %}{{ loop.index }}. {{ x.texte|upper }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% if formation.objectifs and not stagiaire.entreprise %}oui{% else %}non{% endif %}",
        "{{ stagiaire.prenom if stagiaire.civilite == 'Mme' else stagiaire.nom }} {{ formation.objectifs|length }}",
        "{# un commentaire #}{% raw %}{{ libre }}{% endraw %}",
    ],
)
def test_what_a_template_may_do(body):
    assert problems(body) == []


def test_variables_used_are_those_shown_or_gone_through():
    body = "{{ organisme.nom }}{% for x in formation.objectifs %}{{ x.texte }}{% endfor %}{% if session.lieu %}ici{% endif %}"
    assert variables_used(body, KIND) == {"organisme.nom", "formation.objectifs", "session.lieu"}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "**gras** _italique_ `code`",
        "# Titre",
        "[lien](https://ailleurs.example)",
        "![image](https://ailleurs.example/x.png)",
        "a | b | c",
        "1. Premier",
        "{{ organisme.nom }}",
        "{% for x in y %}",
        "&lt;b&gt; &amp;",
        "\\* fin \\",
        "\ue000document.signature\ue001",
    ],
)
def test_a_value_is_shown_as_it_is(hostile):
    context = example_of(KIND)
    context["stagiaire"]["nom"] = hostile
    filled = fill("Nom : {{ stagiaire.nom }}.", KIND, context, {"document.signature": "<b>signature</b>"})
    plain = hostile.replace("\ue000", "").replace("\ue001", "")
    assert filled.text == f"Nom : {plain}."
    assert [
        tag for tag in ("<script", "<b", "<strong", "<em", "<a ", "<img", "<h1", "<ol", "<code", "<table") if tag in filled.html
    ] == []


def test_raw_html_and_pictures_of_a_template_are_not_drawn():
    filled = fill("<b>gras</b> ![logo](https://ailleurs.example/x.png) [lien](javascript:alert)", KIND, example_of(KIND))
    assert "<b>" not in filled.html
    assert "<img" not in filled.html
    assert "javascript:alert" not in filled.html.replace("(javascript:alert)", "")


def test_lines_of_a_value_stay_lines_and_bullets_become_a_list():
    context = example_of(KIND)
    context["formation"]["contenu"] = "Deux thèmes :\n- ouvrir\n• conclure\nEt une pause."
    filled = fill("{{ formation.contenu }}", KIND, context)
    assert filled.html == ("<p>Deux thèmes\u00a0:</p>\n<ul>\n<li>ouvrir</li>\n<li>conclure</li>\n</ul>\n<p>Et une pause.</p>\n")
    assert filled.says(context["formation"]["contenu"])


def test_a_line_of_tags_leaves_no_blank_line_and_joins_no_paragraph():
    body = (
        "Mme {{ stagiaire.nom }}{% if stagiaire.entreprise %}, {{ stagiaire.entreprise }}{% endif %}\n\n"
        "Bonjour,\n{% if organisme.nom %}\nà vous\n{% endif %}"
    )
    assert fill(body, KIND, example_of(KIND)).html == "<p>Mme Fictive, Brasserie Inventée</p>\n<p>Bonjour,\nà vous</p>\n"


def test_a_table_says_what_each_head_is_the_head_of():
    two = fill("| A | B |\n|---|---|\n| 1 | 2 |", KIND, example_of(KIND)).html
    assert two.count('<th scope="col">') == 2
    headless = fill("| | |\n|---|---|\n| Nom | Fictive |", KIND, example_of(KIND)).html
    assert "<thead>" not in headless
    assert '<th scope="row">Nom</th>' in headless


def test_a_block_stands_alone_on_its_line():
    context = example_of(KIND)
    assert fill("{{ document.signature }}", KIND, context, {"document.signature": "<div>ici</div>"}).html == "<div>ici</div>\n"
    with pytest.raises(FillingError, match=r"« document\.signature » s’écrit seul"):
        fill("Signé : {{ document.signature }}", KIND, context, {})


def test_a_statement_hidden_by_a_condition_is_missing():
    context = example_of(KIND)
    body = shipped_body(KIND).replace(
        "**{{ realisation.duree }}**", "{% if stagiaire.nom == 'X' %}{{ realisation.duree }}{% endif %}"
    )
    assert missing_from_template(body, KIND) == []
    filled = fill(body, KIND, context)
    assert [str(each) for each in missing_statements(KIND, context, body, filled)] == [
        "durée réellement suivie (modèle du ministère du Travail) : le modèle ne le dit pas, ajoutez-y {{ realisation.duree }}."
    ]
