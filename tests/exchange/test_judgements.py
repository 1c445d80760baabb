"""One judgement per column: truth tables of each judge, and what holds whatever the cells are."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from qualiopi.exchange import values
from qualiopi.exchange.judgements import (
    LEFT_OUT,
    Cells,
    Context,
    Scale,
    block_title,
    filled_down,
    judge_dates,
    judge_filled_down,
    judge_last_names,
    judge_names,
    judge_numbers,
    judge_people,
    judge_scale,
    judge_words,
    stands_under,
)
from qualiopi.exchange.judgements.words import lines_named
from qualiopi.exchange.values import CellError, Days, parse_days

DATES = judge_dates(values.parse_date)
MARCH = (date(2026, 3, 9), date(2026, 3, 13))


def column(*cells, heading="Colonne"):
    return Cells(heading, range(2, 2 + len(cells)), cells)


def read(judgement, cells):
    """What each cell gives; the sentence of those that can't be read."""
    found = []
    for cell in cells.values:
        try:
            found.append(judgement.parse(cell))
        except CellError as error:
            found.append(error.sentence)
    return found


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "chosen", "doubtful", "first"),
    [
        (["13/01/2026", "02/03/2026"], "day_first", False, date(2026, 1, 13)),
        (["1/13/2026", "2/3/2026"], "month_first", False, date(2026, 1, 13)),
        (["02/03/2026"], "day_first", True, date(2026, 3, 2)),
        (["2/3/2026 5:02 PM"], "month_first", True, date(2026, 2, 3)),
        (["02.03.2026"], "", False, date(2026, 3, 2)),
        (["03/03/2026"], "", False, date(2026, 3, 3)),
        (["2026-03-02"], "", False, date(2026, 3, 2)),
        (["13/01/2026", "14/01/2026", "1/13/2026"], "day_first", True, date(2026, 1, 13)),
        ([date(2026, 3, 2)], "", False, date(2026, 3, 2)),
        (["2 mars 2026"], "", False, date(2026, 3, 2)),
        (["", None], "", False, None),
    ],
)
def test_the_order_of_day_and_month(cells, chosen, doubtful, first):
    judgement = DATES(column(*cells), Context())
    assert (judgement.chosen, judgement.doubtful, read(judgement, column(*cells))[0]) == (chosen, doubtful, first)


def test_another_column_of_dates_shows_the_order():
    judgement = DATES(column("2/3/2026"), Context(siblings=(column("1/13/2026"),)))
    assert (judgement.chosen, judgement.doubtful, judgement.parse("2/3/2026")) == ("month_first", False, date(2026, 2, 3))


@pytest.mark.parametrize(("cell", "expected"), [("10/03/2026", date(2026, 3, 10)), ("3/10/2026", date(2026, 3, 10))])
def test_the_days_of_the_session_show_the_order(cell, expected):
    judgement = DATES(column(cell), Context(days=lambda: [MARCH]))
    assert (judgement.parse(cell), judgement.doubtful, judgement.lines) == (expected, False, (2,))


def test_a_session_of_four_days_is_likelier_than_one_of_four_months():
    starts, ends = column("02/03/2026"), column("06/03/2026")
    judgement = DATES(starts, Context(siblings=(ends,)))
    assert (judgement.chosen, judgement.doubtful) == ("day_first", False)


def test_what_somebody_chose_is_in_force_and_is_no_doubt():
    judgement = DATES(column("02/03/2026"), Context(chosen="month_first"))
    assert (judgement.parse("02/03/2026"), judgement.doubtful) == (date(2026, 2, 3), False)
    assert DATES(column("02/03/2026"), Context(chosen="of another column")).chosen == "day_first"


def test_a_month_that_does_not_exist_is_said_in_the_order_of_the_column():
    cells = column("1/13/2026", "1/14/2026", "13/1/2026")
    judgement = DATES(cells, Context())
    assert judgement.doubtful is True
    assert read(judgement, cells)[2] == "Cette colonne écrit le mois avant le jour : il n’y a pas de mois 13."


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("month_first", [False, True])
def test_whatever_the_days_a_column_with_one_day_after_the_twelfth_is_read_back(seed, month_first):
    draw = Random(seed)
    days = [date(2026, 1, 1) + timedelta(days=draw.randrange(365)) for _each in range(draw.randrange(1, 30))] + [
        date(2026, 5, 25)
    ]
    draw.shuffle(days)
    written = column(*[f"{day:%m/%d/%Y}" if month_first else f"{day:%d/%m/%Y}" for day in days])
    judgement = DATES(written, Context())
    assert (read(judgement, written), judgement.doubtful) == (days, False)


@pytest.mark.parametrize(
    ("cells", "chosen", "expected"),
    [
        (["2026-03-11T23:00:00.000Z"], "our_day", date(2026, 3, 12)),
        (["2026-06-11T22:00:00Z"], "our_day", date(2026, 6, 12)),
        (["1985-07-13T22:00:00.000Z"], "our_day", date(1985, 7, 14)),
        (["1970-07-13T23:00:00.000Z"], "our_day", date(1970, 7, 14)),  # no summer time in France then
        ([datetime(2026, 3, 11, 23)], "our_day", date(2026, 3, 12)),  # noqa: DTZ001
        ([datetime(2026, 3, 11, 22, 59, 39)], "our_day", date(2026, 3, 12)),  # noqa: DTZ001
        ([datetime(2026, 3, 11, 9)], "", date(2026, 3, 11)),  # noqa: DTZ001
        ([datetime(2026, 3, 11, 23), datetime(2026, 3, 11, 9)], "", date(2026, 3, 11)),  # noqa: DTZ001
        ([datetime(2026, 3, 11)], "", date(2026, 3, 11)),  # noqa: DTZ001
    ],
)
def test_midnights_of_paris_in_universal_time(cells, chosen, expected):
    judgement = DATES(column(*cells), Context())
    assert (judgement.chosen, judgement.parse(cells[0])) == (chosen, expected)


@pytest.mark.parametrize("cell", ["2026-03-11T23:00:00.000Z", datetime(2026, 3, 11, 23)])  # noqa: DTZ001
def test_the_day_as_it_is_written_may_be_chosen(cell):
    judgement = DATES(column(cell), Context(chosen="as_written"))
    assert judgement.parse(cell) == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/11/12 mars 2026", [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12)]),
        ("12/13/14/03/2026", [date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 14)]),
        ("12, 13 et 20 mars 2026", [date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 20)]),
        ("12/03/2026, 19/03/2026 et 26/03/2026", [date(2026, 3, 12), date(2026, 3, 19), date(2026, 3, 26)]),
        ("jeudi 12 mars 2026 et vendredi 13 mars 2026", [date(2026, 3, 12), date(2026, 3, 13)]),
        ("12/03/2026 au 13/03/2026", (date(2026, 3, 12), date(2026, 3, 13))),
        ("du 12/03 au 13/03/2026", (date(2026, 3, 12), date(2026, 3, 13))),
        ("du 30 mars au 2 avril 2026", (date(2026, 3, 30), date(2026, 4, 2))),
        ("12-13/03/2026", (date(2026, 3, 12), date(2026, 3, 13))),
        ("12/03/2026-13/03/2026", (date(2026, 3, 12), date(2026, 3, 13))),
        ("2026-03-12 - 2026-03-13", (date(2026, 3, 12), date(2026, 3, 13))),
        ("12-03-2026", (date(2026, 3, 12), date(2026, 3, 12))),
        ("12/03/2026 9h-17h", (date(2026, 3, 12), date(2026, 3, 12))),
        (datetime(2026, 3, 12, 9), (date(2026, 3, 12), date(2026, 3, 12))),  # noqa: DTZ001
    ],
)
def test_several_days_in_a_cell(text, expected):
    days = Days(expected[0], expected[-1], tuple(expected) if isinstance(expected, list) else ())
    assert parse_days(text) == days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("13/03/2026 au 12/03/2026", "Ces jours ne se suivent pas"),
        ("12/03 et 13/03", "L’année manque"),
        ("12/03/2026 au 13/03/2028", "Plus d’un an sépare ces deux jours"),
        ("12/03/2026 ou plus tard", "Cette date n’est pas lisible"),
    ],
)
def test_what_is_no_list_of_days(text, sentence):
    with pytest.raises(CellError, match=sentence):
        parse_days(text)


def test_a_second_day_is_never_dropped_from_a_single_date():
    for text in ("12/03/2026 au 13/03/2026", "12/03/2026 13/03/2026", "10/11/12 mars 2026"):
        with pytest.raises(CellError):
            values.parse_date(text)


# -- numbers ----------------------------------------------------------------------------------------------------------

AMOUNTS = judge_numbers(values.parse_amount)


@pytest.mark.parametrize(
    ("cells", "expected", "chosen", "doubtful"),
    [
        (["1.200 €"], ["1200"], "thousands", True),
        (["1,200"], ["1200"], "thousands", True),
        (["1.200", "2.400,50"], ["1200", "2400.50"], "thousands", False),
        (["1,200", "2,400.50"], ["1200", "2400.50"], "thousands", False),
        (["1.200", "900,50"], ["1200", "900.50"], "thousands", False),
        (["1.200", "950.50"], ["1.20", "950.50"], "decimals", True),
        (["1.200.000"], ["1200000"], "", False),
        (["1 200,00 €", "900"], ["1200", "900"], "", False),
        (["12.5"], ["12.5"], "", False),
        ([1200.0, 1.2], ["1200", "1.2"], "", False),
    ],
)
def test_what_parts_the_thousands(cells, expected, chosen, doubtful):
    judgement = AMOUNTS(column(*cells), Context())
    assert (read(judgement, column(*cells)), judgement.chosen, judgement.doubtful) == (
        list(map(Decimal, expected)),
        chosen,
        doubtful,
    )


def test_hours_have_decimals_and_people_have_none():
    assert judge_numbers(values.parse_hours, small=True)(column("14.000"), Context()).parse("14.000") == 14
    assert judge_numbers(values.parse_count, whole=True)(column("1.200"), Context()).parse("1.200") == 1200


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("thousands", "decimals"), [(".", ","), (",", "."), (" ", ","), ("’", ".")])
def test_whatever_the_amounts_a_column_with_both_marks_is_read_back(seed, thousands, decimals):
    draw = Random(seed)
    amounts = [Decimal(draw.randrange(100, 10**9)) / 100 for _each in range(draw.randrange(1, 12))] + [Decimal("1234.56")]
    cells = column(*[f"{amount:,.2f}".translate({44: thousands, 46: decimals}) for amount in amounts])
    judgement = AMOUNTS(cells, Context())
    assert (read(judgement, cells), judgement.doubtful) == (amounts, False)


# -- scales -----------------------------------------------------------------------------------------------------------

FIVE = Scale(1, 5, decimals=1, words={"tres satisfait": 5, "satisfait": 4})
TEN = Scale(0, 10, decimals=0, words={})


@pytest.mark.parametrize(
    ("scale", "heading", "cells", "expected", "doubtful"),
    [
        (FIVE, "Note", ["5", "4,5", "4 - Satisfait", "★★★★☆", 3.0], ["5", "4.5", "4", "4", "3"], False),
        (FIVE, "Note (/10)", ["5", "10"], ["2.5", "5"], False),
        (FIVE, "Note sur 20", ["13"], ["3.3"], False),
        (FIVE, "Note de 1 à 10", ["8"], ["4"], False),
        (FIVE, "Note", ["4/10", "5/10"], ["2", "2.5"], False),
        (FIVE, "Note", ["80 %", "100 %"], ["4", "5"], False),
        (FIVE, "Note", ["4/5", "4"], ["4", "4"], False),
        (FIVE, "Note", ["0/10"], ["1"], False),
        (FIVE, "Note", ["8", "9", "4"], ["4", "4.5", "2"], True),
        (TEN, "NPS", ["9", "10", "7"], ["9", "10", "7"], False),
        (TEN, "NPS (1 = pas du tout, 5 = tout à fait)", ["5", "4"], ["10", "8"], False),
        (TEN, "NPS", ["5", "4", "3"], ["5", "4", "3"], True),
        (TEN, "NPS (0-10)", ["5", "4"], ["5", "4"], False),
    ],
)
def test_out_of_how_many(scale, heading, cells, expected, doubtful):
    judgement = judge_scale(scale)(column(*cells, heading=heading), Context())
    assert (read(judgement, column(*cells)), judgement.doubtful) == (list(map(Decimal, expected)), doubtful)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["5", "4", "5", "7"], "La note 7 sort de l’échelle, qui va de 1 à 5."),
        (["0,5"], "La note 0,5 sort de l’échelle, qui va de 1 à 5."),
        (["5", "12/10"], "La note 12 sort de l’échelle, qui va de 0 à 10."),
        (["5", "4/1"], "Cette note n’est pas un nombre de 1 à 5."),
    ],
)
def test_marks_out_of_scale(cells, sentence):
    judgement = judge_scale(FIVE)(column(*cells), Context())
    assert sentence in read(judgement, column(*cells))


def test_a_scale_that_somebody_chose():
    judgement = judge_scale(FIVE)(column("3", "4"), Context(chosen="10"))
    assert (judgement.parse("4"), judgement.doubtful) == (Decimal("2"), False)


def test_words_are_worth_a_mark_or_are_asked_once():
    cells = column("Très satisfait", "Satisfait", "chouette", "chouette", "Oui")
    judgement = judge_scale(FIVE, ignored=frozenset({"oui"}))(cells, Context())
    assert [(word.text, word.becomes, word.lines) for word in judgement.words] == [
        ("Très satisfait", "5", (2,)), ("Satisfait", "4", (3,)), ("chouette", "", (4, 5)), ("Oui", LEFT_OUT, (6,)),
    ]  # fmt: skip
    assert ([word.text for word in judgement.unknown], judgement.parse("Oui"), judgement.doubtful) == (["chouette"], "Oui", True)
    chosen = judge_scale(FIVE, ignored=frozenset({"oui"}))(cells, Context(words={"chouette": "3", "oui": "5"}))
    assert (chosen.unknown, chosen.parse("chouette"), chosen.parse("Oui")) == ((), Decimal("3"), Decimal("5"))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("out_of", [5, 10, 20, 100])
def test_whatever_the_marks_the_order_of_marks_is_kept_within_the_scale(seed, out_of):
    draw = Random(seed)
    marks = [draw.randrange(out_of + 1) for _each in range(draw.randrange(1, 30))]
    cells = column(*[f"{mark}/{out_of}" for mark in marks if mark or out_of != 5])
    found = read(judge_scale(FIVE)(cells, Context()), cells)
    assert all(1 <= mark <= 5 for mark in found)
    written = [mark for mark in marks if mark or out_of != 5]
    assert [mark for _raw, mark in sorted(zip(written, found, strict=True))] == sorted(found)


# -- words ------------------------------------------------------------------------------------------------------------

KNOWN = {"inscrit": "in", "termine": "in", "abandon": "left", "liste d attente": "waiting", "annule": "off"}
STATES = judge_words(KNOWN, lambda: [("in", "inscrit"), ("left", "abandon")], weak=frozenset({"in"}))


@pytest.mark.parametrize(
    ("cell", "becomes", "told"),
    [
        ("Inscrit", "in", False),
        ("INSCRIT", "in", False),
        ("Terminé avec abandon", "left", True),
        ("Inscrit (liste d'attente)", "waiting", True),
        ("Terminé le 12/01", "in", True),
        ("pas inscrit", "", True),
        ("abandon, annulé", "", True),
        ("bizarre", "", True),
    ],
)
def test_what_a_word_becomes(cell, becomes, told):
    judgement = STATES(column(cell), Context())
    assert (judgement.parse(cell) or "", bool(judgement.words), judgement.doubtful) == (becomes, told, told)


def test_a_word_nobody_knows_is_asked_once_for_all_its_lines():
    judgement = STATES(column("bizarre", "Inscrit", "Bizarre"), Context())
    assert [(word.text, word.lines) for word in judgement.unknown] == [("bizarre", (2, 4))]
    chosen = STATES(column("bizarre", "Inscrit"), Context(words={"bizarre": "off"}))
    assert (chosen.unknown, chosen.parse("bizarre"), chosen.doubtful) == ((), "off", False)
    left = STATES(column("bizarre"), Context(words={"bizarre": LEFT_OUT}))
    assert (left.unknown, left.parse("bizarre")) == ((), None)


def test_two_words_together_may_mean_a_third_thing():
    judge = judge_words({"salle": 1, "visio": 2}, list, both={frozenset({1, 2}): 3})
    assert judge(column("salle et visio"), Context()).parse("salle et visio") == 3


@pytest.mark.parametrize(
    ("lines", "expected"),
    [((3,), "ligne 3"), ((3, 5), "lignes 3 et 5"), (tuple(range(1, 9)), "lignes 1, 2, 3, 4, 5 et 3 autres")],
)
def test_lines_are_named(lines, expected):
    assert lines_named(lines) == expected


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cells", "expected", "doubtful"),
    [
        ("Nom", ["DUPONT Léa"], [("Léa", "Dupont", "")], False),
        ("Stagiaire", ["Léa DUPONT", "Zoé Martin"], [("Léa", "Dupont", ""), ("Zoé", "Martin", "")], False),
        ("Stagiaire", ["DUPONT Léa", "Martin Zoé"], [("Léa", "Dupont", ""), ("Zoé", "Martin", "")], False),
        ("Nom Prénom", ["Martin Zoé"], [("Zoé", "Martin", "")], False),
        ("Prénom Nom", ["Zoé Martin"], [("Zoé", "Martin", "")], False),
        ("Stagiaire", ["Zoé Martin"], [("Zoé", "Martin", "")], True),
        ("Stagiaire", ["DE LA TOUR d'AUVERGNE Marie"], [("Marie", "De La Tour d'Auvergne", "")], True),
        ("Stagiaire", ["van DER BERG Kees"], [("Kees", "van Der Berg", "")], True),
        ("Prénom Nom", ["Marie Anne de la Tour"], [("Marie Anne", "de la Tour", "")], True),
        ("Nom Prénom", ["de la Tour Marie"], [("Marie", "de la Tour", "")], True),
        ("Stagiaire", ["DUPONT (née MARTIN) Sophie"], [("Sophie", "Dupont", "Martin")], True),
        ("Stagiaire", ["DUPONT née LE GOFF Sophie"], [("Sophie", "Dupont", "Le Goff")], True),
        ("Stagiaire", ["DUPONT, Luc"], [("Luc", "Dupont", "")], False),
        ("Stagiaire", ["Mme Léa DUPONT"], [("Léa", "Dupont", "")], False),
    ],
)
def test_which_part_is_the_family_name(heading, cells, expected, doubtful):
    judgement = judge_names(column(*cells, heading=heading), Context())
    assert ([tuple(name) for name in read(judgement, column(*cells))], judgement.doubtful) == (expected, doubtful)


def test_the_order_of_names_may_be_chosen():
    judgement = judge_names(column("Zoé Martin", heading="Stagiaire"), Context(chosen="last_first"))
    assert (tuple(judgement.parse("Zoé Martin")), judgement.doubtful) == (("Martin", "Zoé", ""), False)


@pytest.mark.parametrize(
    ("cells", "expected", "doubtful"),
    [
        (["DUPONT Léa / N'GUYEN Paul", "Martin Zoé"], [[("Léa", "Dupont"), ("Paul", "N'Guyen")], [("Zoé", "Martin")]], False),
        (["Léa DUPONT", "Zoé Martin"], [[("Léa", "Dupont")], [("Zoé", "Martin")]], False),
        (["Léa Dupont"], [[("Léa", "Dupont")]], True),
        (["Dupont, Léa"], [[("Léa", "Dupont")]], False),
        (["", None], [[], []], False),
    ],
)
def test_one_order_for_all_the_people_of_a_column(cells, expected, doubtful):
    judgement = judge_people(column(*cells, heading="Formateur(s)"), Context())
    assert (read(judgement, column(*cells)), judgement.doubtful) == (expected, doubtful)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("DUPONT", ("Dupont", "")), ("DUPONT née MARTIN", ("Dupont", "Martin")), ("René", ("René", "")), ("NÉE", ("Née", ""))],
)
def test_a_birth_name_written_with_the_family_name(cell, expected):
    name = judge_last_names(column(cell), Context()).parse(cell)
    assert (name.last_name, name.birth_name) == expected


# -- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "under"),
    [
        (("Signature du formateur :", "", ""), True),
        (("2 stagiaires inscrits", None, None), True),
        (("Fait à Lille, le 13/01/2026", "", ""), True),
        (("Nombre de présents", "8", ""), True),
        (("Signature :", "", ""), True),
        (("Durand", "", ""), False),
        (("Durand", "Paul", "p@exemple.fr"), False),
        (("Signature", "Anne", "a@exemple.fr"), False),
        (("", "", ""), False),
        (("Remarque :",), False),
    ],
)
def test_what_stands_under_a_list(cells, under):
    assert stands_under(cells) is under


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Session S1 - Paie - 12/01/2026", "S1"),
        ("S2 : Anglais", "S2"),
        ("Session 12 - Paie", "12"),
        ("Groupe du 12/01/2026", ""),
        ("Session S9", ""),
        ("Durand", None),
        ("Rue du 12 janvier", None),
    ],
)
def test_the_title_of_a_block(text, reference):
    block = block_title(4, (text, "", None), {"s1": "S1", "s2": "S2", "12": "12"})
    assert (block.reference if block else None) == reference


@pytest.mark.parametrize(
    ("cells", "chosen"),
    [
        (["S1", "", "", "S2", ""], "filled_down"),
        (["S1", "S1", "", "S2"], "as_it_is"),
        (["S1", "S2"], ""),
        (["", "S1"], ""),
        (["", ""], ""),
    ],
)
def test_a_value_said_once_for_the_lines_under_it(cells, chosen):
    assert judge_filled_down(column(*cells), Context()).chosen == chosen


def test_empty_cells_take_the_value_above():
    assert filled_down(["", "S1", None, "", "S2"]) == [None, "S1", "S1", "S1", "S2"]


@pytest.mark.parametrize("unit", ["née ", "(née ", "1.111", "12, ", " ", "<@", "06 12 34 56 78 / ", "0 = ", "é", "1 au "])
def test_what_somebody_pasted_into_a_cell_is_refused_or_kept_whole(unit):
    pasted = "x" + unit * 8_000 + "x"
    cells = column(pasted, heading=pasted)
    for judge in (
        DATES,
        judge_dates(parse_days),
        AMOUNTS,
        judge_scale(FIVE),
        STATES,
        judge_names,
        judge_people,
        judge_last_names,
    ):
        judgement = judge(cells, Context())
        assert len(read(judgement, cells)) == 1
    for parse in (values.parse_phone, values.parse_email):
        with pytest.raises(CellError):
            parse(pasted)
