"""French sentences with a form for zero, one and many. What is said comes from the data of the expectations."""

from datetime import date

from evidence.engine.dates import french_day
from evidence.engine.result import ExpectationResult, Subject, SubjectKind
from qualiopi.standard.expectations import Expectation, Measure, Wording
from qualiopi.standard.typography import NARROW, french

NOT_TRACKED = "Non suivi par l'outil, à vérifier par une personne."
PUT_OFF = "Vérifié à l'audit de surveillance : nouvel entrant."
WITHOUT_OBJECT = "Sans objet : rien de tel ne s'est produit, à assumer devant l'auditeur."
NOBODY_CONCERNED = "Rien de ce qui est concerné n'est enregistré sur la période."
NOTHING_DUE = "Rien n'est encore exigible à cette date."
NOTHING_RECORDED = "Rien n'est enregistré pour cet indicateur."
NOTHING_COUNTS = "Ce qui est enregistré ne compte pas, ou plus, à cette date."
NOTHING_TO_JUDGE = "Rien ne s'est encore produit qui permette de juger cet indicateur."
NOT_ADOPTED = "Publié par le réseau, pas encore adopté par une personne de votre organisme."
OLD = "Une preuve au moins est ancienne ou sans date."
READ_THEM = "Relisez les pièces déposées, et acceptez celles qui prouvent."
MAJOR_ONLY = "Tout manquement constaté sur cet indicateur est une non-conformité majeure."


def number(value: int) -> str:
    return f"{value:,}".replace(",", NARROW)


def counted(wording: Wording, count: int) -> str:
    """ "17 sessions terminées", "1 session terminée"."""
    return f"{number(count)} {wording.one if count == 1 else wording.many}"


def people(expectation: Expectation, count: int) -> str:
    """ "3 inscrits", "1 participant"."""
    return counted(expectation.wording, count) if expectation.wording else number(count)


def so_many(template: str, n: int, d: int) -> str:
    """ "besoin analysé pour 5 inscrits sur 8": what is there already."""
    return french(template.format(people=f"{number(n)} {'inscrit' if n == 1 else 'inscrits'} sur {number(d)}"))


def short(wording: Wording, count: int) -> str:
    """What a board says after "23 sur 25"."""
    noun = wording.one if count == 1 else wording.many
    return f"{noun} {wording.shown}".strip()


def observed_share(wording: Wording, n: int, d: int) -> str:
    """ "23 sessions terminées sur 25 ont des avis de bénéficiaires." """
    if d == 0:
        return ""
    none, the_only = ("Aucune", "La seule") if wording.feminine else ("Aucun", "Le seul")
    if n == 0:
        of = f"{none} {wording.one}" if d == 1 else f"{none} des {counted(wording, d)}"
        return f"{of} {wording.verb_none}."
    if n == d:
        return f"{the_only} {wording.one} {wording.verb_one}." if d == 1 else f"Les {counted(wording, d)} {wording.verb_many}."
    verb = wording.verb_one if n == 1 else wording.verb_many
    return f"{counted(wording, n)} sur {number(d)} {verb}."


def observed_count(expectation: Expectation, n: int, needed: int) -> str:
    wording = expectation.wording
    if wording and wording.seen and n >= needed:
        return wording.seen
    return expectation.missing_sentence.format(n=n, needed=needed, d=needed, missing=max(needed - n, 0), missing_items="")


def limit(measure: Measure, wording: Wording | None) -> str:
    """From where it is demonstrable."""
    if not measure.share:
        return ""
    if measure.demonstrable >= 1:
        return french("C'est attendu de toutes." if wording and wording.feminine else "C'est attendu de tous.")
    return french(f"Démontrable à partir de {round(measure.demonstrable * 100)} %.")


def action(result: ExpectationResult) -> str:
    """What to do about the holes of one expectation: named when there is one, counted when there are several."""
    missing = result.missing
    if not missing:
        return ""
    expectation = result.expectation
    if len(missing) == 1 or not expectation.next_action_many or expectation.wording is None:
        return result.action(missing[0])
    return expectation.next_action_many.format(
        count=counted(expectation.wording, result.d - result.n if result.of_people else len(missing)),
        n=result.n,
        d=result.d,
        missing=len(missing),
        needed=result.needed,
        missing_items=result.missing_items,
        people=people(expectation, result.d - result.n),
    )


def to_read(count: int) -> str:
    """Files that nobody has read: they are there, and prove at best half."""
    if count == 1:
        return "Une pièce est à relire : personne ne l'a encore acceptée ni n'en a coché les rubriques."
    return f"{number(count)} pièces sont à relire : personne ne les a encore acceptées ni n'en a coché les rubriques."


_NAMED = 5  # expired titles told by their name


def expired(titles: list[tuple[str, str]]) -> tuple[str, ...]:
    """Titles that have expired, each with whose it is: told even where no course requires them."""
    if not titles:
        return ()
    told = " ; ".join(f"{name} : {title}" for name, title in titles[:_NAMED])
    more = f" ; et {number(len(titles) - _NAMED)} de plus" if len(titles) > _NAMED else ""
    what = "Un titre a expiré" if len(titles) == 1 else f"{number(len(titles))} titres ont expiré"
    return (french(f"{what}, exigé ou non : {told}{more}." if len(titles) == 1 else f"{what}, exigés ou non : {told}{more}."),)


def deserted(count: int) -> str:
    """Sessions without anybody: what can no longer be done is not asked."""
    if count == 1:
        return french("Une session n'est pas comptée : tous s'y sont désistés avant le premier jour.")
    return french(f"{number(count)} sessions ne sont pas comptées : tous s'y sont désistés avant le premier jour.")


def everybody_left(count: int) -> str:
    """What was done instead is read where departures are followed."""
    what = "Une session n'est pas comptée" if count == 1 else f"{number(count)} sessions ne sont pas comptées"
    return french(f"{what} : tous l'ont quittée en route, et ce qui a été fait pour eux se lit à l'indicateur 12.")


def since_certificate(certified_on: date) -> str:
    """Where the period starts when the visit that led to the certificate is not recorded."""
    said = "La visite qui a mené au certificat n'est pas notée : la période regardée commence au certificat"
    return french(f"{said}, le {french_day(certified_on)}.")


def nobody_aims(count: int) -> str:
    """Certifying sessions of which nobody wants the certification."""
    if count == 1:
        return french("Une session certifiante n'est pas comptée : personne n'y vise la certification.")
    return french(f"{number(count)} sessions certifiantes ne sont pas comptées : personne n'y vise la certification.")


def lapsing(label: str, until: date, again_from: date | None) -> str:
    """What is good today, and will not be any more on the audit date."""
    window = f" entre le {french_day(again_from)} et l'audit" if again_from else " avant l'audit"
    return french(f"{label} : compte jusqu'au {french_day(until)}, à renouveler{window}.")


def before_additions(count: int, since: date) -> str:
    """Earlier sessions: told, and lowers nothing."""
    what = "Une session a commencé" if count == 1 else f"{number(count)} sessions ont commencé"
    return french(f"{what} avant le {french_day(since)} : cet ajout du décret n'y est pas demandé.")


def organisation_subject(expectation: Expectation, organisation_id: str, label: str) -> Subject:
    """What is missing from the organisation itself is a piece: it goes by the name of the piece."""
    return Subject(SubjectKind.ORGANISATION, organisation_id, expectation.key, label)
