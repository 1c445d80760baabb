"""Thousands of generated files: lists of names, comments, one accent only, the euro alone, in each encoding that people's programs write.

The file of French Excel (cp1252) and Unicode are always right. The encodings that are seldom met are right, or the doubt is told.
"""

import random
from collections.abc import Iterator

import pytest

from qualiopi.exchange.reading.encodings import EIGHT_BIT, guess
from qualiopi.exchange.reading.french import likelihood

# fmt: off
FIRST_NAMES = [
    "Hélène", "Zoé", "Léa", "Noël", "Chloé", "Anaïs", "Gaël", "Loïc", "Benoît", "Jérôme", "André", "René", "Éric", "Élise", "Maëlle",
    "François", "Françoise", "Cécile", "Agnès", "Irène", "Joël", "Raphaël", "Aïcha", "Inès", "Théo", "Gérard", "Frédéric", "Stéphane",
    "Sébastien", "Aurélie", "Émilie", "Éloïse", "Désirée", "Geneviève", "Côme", "Jérémy", "Paul", "Jean", "Marie", "Luc",
]
LAST_NAMES = [
    "Lefèvre", "Dupré", "Bénard", "Müller", "Béguin", "Côté", "Lemaître", "Hébert", "Guérin", "Pérez", "Gonçalves", "Fernández",
    "Crépin", "Rivière", "Mercière", "Desprès", "Barrès", "Ségur", "Chêne", "Forêt", "Crête", "Perrière", "Pénicaud", "Étienne",
    "Léger", "Carré", "Noé", "Sauvé", "Rémy", "Clément", "Poupée", "Bézier", "Saül", "Hoël", "Maître", "Benoît", "Vénus", "Prévôt",
    "Prévost", "Genêt", "Dufrêne", "Pâris", "Gâtinel", "Muñoz", "João", "Ibáñez", "Durand", "Petit", "Martin", "Roux",
]
# fmt: on
COMMENTS = (
    "Très bonne formation, formatrice à l’écoute.",
    "Un peu rapide… mais intéressant !",
    "Rien à redire : parfait.",
    "« Super » moment",
    "Salle trop éloignée – à revoir",
    "L’animation était dynamique",
    "Je n’ai pas tout compris",
    "Coût élevé (1 200 €)",
    "Prévoir plus d’exercices",
    "N° de salle erroné",
    "Où étaient les supports ?",
    "Ça m’a plu",
    "Être plus précis, dès le début",
    "Contrôle de connaissances utile",
    "Peut-être trop théorique",
    "C’était bien",
)
FOREIGN = set("ãñáíÃÑÁÍ")
FILES = 120
CODECS = ["cp1252", "iso8859-1", "iso8859-15", "mac_roman", "cp858", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
ALWAYS_RIGHT = {codec for codec in CODECS if codec not in ("mac_roman", "cp858")}


def capitals(draw: random.Random) -> str:
    lines = [f"{draw.choice(LAST_NAMES)};{draw.choice(FIRST_NAMES)}".upper() for _ in range(draw.randint(4, 12))]
    return "\r\n".join([draw.choice(["NOM;PRENOM", "Nom;Prénom", "NOM;PRÉNOM"]), *lines, ""])


def names(draw: random.Random) -> str:
    lines = [f"{draw.choice(LAST_NAMES).upper()};{draw.choice(FIRST_NAMES)};S1" for _ in range(draw.randint(4, 12))]
    return "\r\n".join(["Nom;Prenom;Session", *lines, ""])


def comments(draw: random.Random) -> str:
    return "\n".join(["Date;Commentaire", *(f"12/03/2026;{draw.choice(COMMENTS)}" for _ in range(draw.randint(3, 9))), ""])


def one_accent(draw: random.Random) -> str:
    name = draw.choice([name for name in LAST_NAMES + FIRST_NAMES if not name.isascii()])
    return f"Nom;Prenom\nDurand;Paul\n{name};Jean\nPetit;Luc\n"


def one_capital(draw: random.Random) -> str:
    return one_accent(draw).upper()


def euro(draw: random.Random) -> str:
    price = draw.choice(["2 400", "900", "1 200,50", "99"])
    return f"Ref;Prix\nE-1;{price}{draw.choice(['', ' '])}€\nE-2;10\n"


def generated(kind, codec: str) -> Iterator[tuple[str, bytes]]:
    """Texts of a kind that this encoding can write, and that are no plain ASCII."""
    draw = random.Random(f"{kind.__name__} {codec}")
    for _ in range(FILES):
        text = kind(draw)
        try:
            content = text.encode(codec)
        except UnicodeEncodeError:
            continue
        # Of the encodings that are seldom met, the letters of French are held: « JOÃO » of DOS is « JOÇO » of Windows.
        if not text.isascii() and (codec in ALWAYS_RIGHT or not FOREIGN & set(text)):
            yield text, content


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("kind", [capitals, names, comments, one_accent, one_capital, euro], ids=lambda kind: kind.__name__)
def test_generated_files(kind, codec):
    wrong = []
    for text, content in generated(kind, codec):
        encoding = guess(content)
        right = content.decode(encoding.codec).removeprefix("\ufeff") == text
        if not right and (codec in ALWAYS_RIGHT or not encoding.doubtful):
            wrong.append((text, encoding))
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "seldom"), [(capitals, 0), (names, 0), (comments, 0), (euro, 0), (one_accent, 10), (one_capital, 20)]
)
def test_how_often_the_commonest_file_is_doubted(kind, seldom):
    """A doubt on every other file would not be read: with one letter in the whole file there may be a few, beyond that none."""
    assert sum(guess(content).doubtful != () for _text, content in generated(kind, "cp1252")) <= seldom


def test_a_tie_is_windows():
    # 0xB5 is « µ » under Windows, Latin-9 and Macintosh: nothing to choose, nothing to doubt.
    encoding = guess("Ref;Unite\nA1;12 µ\n".encode("cp1252"))
    assert (encoding.codec, encoding.doubtful) == ("cp1252", ())


def test_a_doubt_names_its_words():
    # An È alone of Macintosh is an é that a program left small among the capitals, under Windows.
    encoding = guess("NOM;PRENOM\nMERCIÈRE;LUC\nPETIT;JEAN\n".encode("mac_roman"))
    assert (encoding.name, encoding.doubtful) == ("Windows", ("MERCIéRE",))
    assert encoding.otherwise == ("Macintosh", "MERCIÈRE")


def test_a_language_that_is_none_of_ours_is_doubted():
    # Polish of Windows: no reading of ours is French.
    encoding = guess("Nazwisko;Imie\nWałęsa;Łucja\nZieliński;Żaneta\n".encode("cp1250"))
    assert (encoding.likely, len(encoding.doubtful)) == (False, 4)


@pytest.mark.parametrize(
    ("likelier", "than"),
    [
        ("LEFÈVRE", "LEFÔVRE"),
        ("LEFÈVRE", "LEF»VRE"),
        ("ZOÉ", "ZO…"),
        ("BÉNARD", "BÈNARD"),
        ("900 €", "900 Ç"),
        ("900 €", "900 Ä"),
        ("à l’école", "à líÈcole"),
        ("cœur", "cúur"),
        ("12\xa0000", "12†000"),
    ],
)
def test_what_reads_like_french(likelier, than):
    def points(text: str) -> float:
        padded = f"\n\n{text}\n\n"
        return sum(likelihood(padded[place - 2 : place + 3]) for place in range(2, len(padded) - 2))

    assert points(likelier) > points(than)


def test_every_encoding_has_a_name_for_people():
    assert list(EIGHT_BIT.values()) == ["Windows", "Latin-9", "Macintosh", "DOS"]
