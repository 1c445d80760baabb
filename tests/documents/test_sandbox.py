"""The language of the templates, shut in: what one may not write, what would not end, and what would break the product."""

import pytest

from trainings.documents.models import DocumentKind
from trainings.documents.wording import FillingError, check, example_of, fill
from trainings.documents.wording.filling import LONGEST_DOCUMENT

KIND = DocumentKind.COMPLETION
FORBIDDEN = "ce calcul n’est pas permis : un modèle montre des variables, parcourt des listes et teste ce qui est vide."
TOO_DEEP = "trop de conditions ou de parenthèses les unes dans les autres : simplifiez ce texte."
UNREAD = "cette écriture n’est pas comprise : vérifiez les accolades et les mots qu’elles entourent."


def problems(body):
    return [str(problem) for problem in check(body, KIND)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{{ ''.__class__ }}", FORBIDDEN),
        ("{{ stagiaire.nom() }}", FORBIDDEN),
        ("{{ stagiaire['nom'] }}", FORBIDDEN),
        ("{{ '{0.__class__}'.format(stagiaire) }}", FORBIDDEN),
        ("{{ '%s' % stagiaire.nom }}", FORBIDDEN),
        ("{{ lipsum() }}", FORBIDDEN),
        ("{% for i in range(9) %}{% endfor %}", FORBIDDEN),
        ("{% if stagiaire.nom is defined %}{% endif %}", FORBIDDEN),
        ("{{ self }}", "la variable « self » n’existe pas."),
        ("{% import 'os' as os %}", "« {% import %} » n’est pas permis dans un modèle."),
        ("{% autoescape false %}{% endautoescape %}", "« {% autoescape %} » n’est pas permis dans un modèle."),
        ("{% filter upper %}a{% endfilter %}", "« {% filter %} » n’est pas permis dans un modèle."),
        ("{{ 'x' if stagiaire.nom }}", "« x if y » a besoin de « else » : dites quoi écrire sinon."),
        (
            "{% for x in formation.objectifs recursive %}{% endfor %}",
            "une boucle s’écrit « {% for x in liste %} », sans rien d’autre.",
        ),
        ("{% for x in formation.objectifs %}{% else %}{{ x.texte }}{% endfor %}", "la variable « x.texte » n’existe pas."),
        (
            "{% for x in formation.objectifs %}{% for y in formation.objectifs %}{% endfor %}{% endfor %}",
            "une boucle dans une boucle n’est pas permise : fermez d’abord la première.",
        ),
        ("{% if stagiaire.nom %}" * 700 + "{% endif %}" * 700, TOO_DEEP),
        ("{{ " + "(" * 5000 + "stagiaire.nom" + ")" * 5000 + " }}", TOO_DEEP),
        ("{% if " + "not " * 5000 + "stagiaire.nom %}a{% endif %}", TOO_DEEP),
        ("{% if " + " and ".join(["stagiaire.nom"] * 3000) + " %}a{% endif %}", TOO_DEEP),
        ("{{ stagiaire.nom" + "|upper" * 6000 + " }}", TOO_DEEP),
        ("{{ stagiaire" + ".nom" * 10000 + " }}", TOO_DEEP),
        ("{{ " + "9" * 50_000 + " }}", UNREAD),
        ("{%" * 20_000, UNREAD),
    ],
)
def test_what_is_refused_and_how(body, told):
    # What goes too deep is refused as a whole, from its first line.
    assert problems(f"Un.\n{body}") == [f"Ligne {1 if told == TOO_DEEP else 2} : {told}"]


def test_a_loop_that_repeats_a_long_text_is_stopped():
    context = example_of(KIND)
    context["session"]["horaires"] = [dict(context["session"]["horaires"][0]) for _ in range(400)]
    body = "{% for x in session.horaires %}" + "a" * 5000 + "{% endfor %}"
    assert problems(body) == []
    with pytest.raises(FillingError, match=f"le document dépasse {LONGEST_DOCUMENT} signes"):
        fill(body, KIND, context)


def test_marks_of_ours_typed_by_hand_are_nothing():
    typed = "\ue000document.signature\ue001 \ue002 {{ '\\ud800' }}{{ '\\x00' }}."
    filled = fill(typed, KIND, example_of(KIND), {"document.signature": "<b>signature</b>"})
    assert filled.html == "<p>document.signature  .</p>\n"


def test_lines_of_a_value_stay_in_the_cell_of_a_table():
    context = example_of(KIND)
    context["formation"]["prerequis"] = "Savoir lire\n- compter | peser\nécrire"
    filled = fill("| | |\n|---|---|\n| Prérequis | {{ formation.prerequis }} |\n", KIND, context)
    assert "<td>Savoir lire<br><br>- compter | peser<br><br>écrire</td>" in filled.html
    assert filled.html.count("<tr>") == 1
    assert filled.says(context["formation"]["prerequis"])


def test_an_address_is_not_broken_at_its_hyphen_and_a_link_stays_a_link():
    context = example_of(KIND)
    context["organisme"]["contact"] = "bonjour@fil-ouest.example"
    html = fill("{{ organisme.contact }} [nous](mailto:a@b-c.example)", KIND, context).html
    assert html == ('<p><span class="insecable">bonjour@fil-ouest.example</span> <a href="mailto:a@b-c.example">nous</a></p>\n')
