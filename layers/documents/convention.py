"""What the model convention of 2023 says of a grant: payments, deadline, obligations, silences.

Source: annex to deliberation 2023-534 of 4 December 2023 of the Conseil départemental du
Pas-de-Calais. Each rule quotes the line it comes from.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from layers.french.money import round_to_cent

DOCUMENT: Final = "cd62-2023-534"
PAYMENT_THRESHOLD: Final = Decimal(100_000)
"""Above, three instalments then the balance; at or below, one then the balance (article 5)."""
DEADLINE_THRESHOLD: Final = Decimal(500_000)
"""Below, two years to build; above, three; the text is silent at the amount itself (article 6)."""
_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A few words of a document and where they stand.

    Parameters
    ----------
    text
        At most 25 words, as printed.
    line
        Line of the document, counted from 1.
    document
        Identifier of the document.
    """

    text: str
    line: int
    document: str = DOCUMENT


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a grant.

    Parameters
    ----------
    label
        French name of the payment.
    amount
        Euros, to the cent.
    condition
        French sentence: what must have happened before.
    source
        The words of the convention.
    """

    label: str
    amount: Decimal
    condition: str
    source: Quotation


@dataclass(frozen=True, slots=True)
class Completion:
    """Until when the works may last.

    Parameters
    ----------
    deadline
        Last day; None when the text does not say.
    years
        Years from the signature; None when the text does not say.
    note
        French sentence when the text is silent, empty otherwise.
    source
        The words of the convention.
    """

    deadline: date | None
    years: int | None
    note: str
    source: Quotation


@dataclass(frozen=True, slots=True)
class Rule:
    """Something the convention asks for, or a place where it contradicts itself."""

    text: str
    source: Quotation


_PAPERS = "état récapitulatif des dépenses signé et certifié, copie des factures acquittées"
_FINAL_PAPERS = (
    f"opération réalisée ; {_PAPERS}, procès-verbal de réception le cas échéant, plan de "
    "financement définitif, preuve des obligations de communication"
)
_ABOVE = (
    ("Premier acompte", 30, 20, 9589, "Un premier acompte de 30 % du montant de la subvention"),
    ("Deuxième acompte", 30, 50, 9600, "Un deuxième acompte de 30 % du montant de la subvention"),
    ("Troisième acompte", 20, 80, 9603, "Un troisième acompte de 20 % du montant"),
)
_BALANCE = Quotation("Le solde sera versé à la demande du bénéficiaire", 9607)
_BALANCE_BELOW = Quotation("Le solde sera versé à la demande du bénéficiaire", 9637)


def schedule_payments(grant: Decimal) -> tuple[Payment, ...]:
    """Compute the payments of a grant (article 5); they sum to the grant to the cent.

    Each instalment is rounded half up to the cent; the balance is what remains.

    Raises
    ------
    ValueError
        The grant is not a positive amount.
    """
    if not grant.is_finite() or grant <= 0:
        raise ValueError(f"Subvention de {grant} € : un montant positif est attendu.")
    if grant > PAYMENT_THRESHOLD:
        instalments = tuple(
            Payment(
                label,
                round_to_cent(grant * share / 100),
                f"après engagement de {spent} % de la dépense subventionnée ; {_PAPERS}",
                Quotation(words, line),
            )
            for label, share, spent, line, words in _ABOVE
        )
        balance = _BALANCE
    else:
        words = "sur présentation de l’ordre de service de démarrage des travaux"
        start = "Premier acompte", round_to_cent(grant / 2), words, Quotation(words, 9633)
        instalments = (Payment(*start),)
        balance = _BALANCE_BELOW
    rest = grant - sum(payment.amount for payment in instalments)
    return (*instalments, Payment("Solde", rest, _FINAL_PAPERS, balance))


def complete_by(signature: date, grant: Decimal) -> Completion:
    """Compute the last day of the works from the day the convention is signed (article 6)."""
    years = {-1: 2, 0: None, 1: 3}[int(grant.compare(DEADLINE_THRESHOLD))]
    words = "deux ans (si subvention < 500 000 €) / trois ans (si subvention > 500 000 €)"
    source = Quotation(words, 9665)
    if years is None:
        note = (
            "La convention ne dit pas le délai d’une subvention d’exactement 500 000 € : "
            "deux ans en dessous, trois ans au-dessus."
        )
        return Completion(None, None, note, source)
    return Completion(same_day(signature, years), years, "", source)


def same_day(day: date, years: int) -> date:
    """Return the same day some years later, or before where negative; 29 February gives the 28th.

    29 February stays the 28th even where that year has one.
    """
    leap = (day.month, day.day) == _LEAP_DAY
    return day.replace(year=day.year + years, day=28 if leap else day.day)


def list_obligations(grant: Decimal, *, building: bool) -> tuple[Rule, ...]:
    """List what a grant obliges its beneficiary to do (articles 2, 4 and 7).

    Parameters
    ----------
    grant
        Euros.
    building
        Whether the works are on a building: the obligations of article 7 about plaques follow.
    """
    rules = [
        Rule(
            "Faire figurer le logo du Département et le montant de son aide sur chaque support "
            "de communication.",
            Quotation("le montant de l’aide financière départementale devra être", 9691),
        ),
        Rule(
            "Faire parvenir copie des notifications de cofinancement : l’aide est ajustée au "
            "plafond de 80 % d’aides publiques.",
            Quotation("afin de respecter le plafond de 80 % d’aides publiques", 9578),
        ),
        Rule(
            "Associer le Département aux réunions du projet et n’employer la subvention qu’à lui.",
            Quotation("affecter l’intégralité de la subvention départementale à l’usage", 9561),
        ),
    ]
    if building:
        rules += [
            Rule(
                "Pendant les travaux : panneau de chantier et temps protocolaire avec les élus.",
                Quotation("Signalétique de chantier à la charge du partenaire", 9703),
            ),
            _plaque(grant),
        ]
    return tuple(rules)


def _plaque(grant: Decimal) -> Rule:
    if grant > PAYMENT_THRESHOLD:
        return Rule(
            "Après les travaux : réaliser et poser une plaque d’au moins 1 m², avec le montant de "
            "l’aide, après accord du Département sur le bon à tirer.",
            Quotation("Réalisation et pose d’une plaque d’au moins 1m2", 9712),
        )
    return Rule(
        "Après les travaux : poser la plaque « Ici, le Département investit » qu’il fournit.",
        Quotation("Pose d’une plaque « Ici, le Département investit »", 9720),
    )


CONTRADICTIONS: Final = (
    Rule(
        "Le solde renvoie à l’article 8 pour la communication : c’est l’article 7 qui en traite, "
        "l’article 8 porte sur les avenants.",
        Quotation("obligations de communication mentionnés à l’article 8", 9630),
    ),
    Rule(
        "La résiliation renvoie aux engagements de l’article 8, qui n’en contient aucun.",
        Quotation("Les engagements mentionnés aux articles 2 et 8", 9759),
    ),
    Rule(
        "L’article 6 annule la subvention à défaut de remplir « ces deux obligations » : il n’en "
        "énonce qu’une, le délai.",
        Quotation("A défaut de remplir ces deux obligations", 9668),
    ),
    Rule(
        "La convention s’applique deux ans (article 11) quand les travaux peuvent en durer trois "
        "(article 6).",
        Quotation("jusqu’à deux ans après sa signature", 9779),
    ),
    Rule(
        "Rien n’est dit du délai d’une subvention d’exactement 500 000 €.",
        Quotation("deux ans (si subvention < 500 000 €) / trois ans (si subvention", 9665),
    ),
)
"""Where the model convention contradicts itself or is silent."""
