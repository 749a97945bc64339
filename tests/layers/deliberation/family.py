"""Deliberations made up for the tests, of the same family as the real ones.

Every name, place and amount is imaginary. The text is laid out as the département prints it, with
the damage that its documents show; what a reader must find is kept beside.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from layers.french.wording import format_euros, format_number

NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


@dataclass
class Paying:
    """A line of a plan: label, euros, and the lines that detail it."""

    label: str
    euros: Decimal
    details: list["Paying"] = field(default_factory=list)


@dataclass
class Fiche:
    number: int
    title: str
    owner: str
    place: str
    expenses: list[Paying]
    receipts: list[Paying]
    steps: list[tuple[str, str, str]]
    ambitions: list[tuple[str, int, str]]
    commitments: list[str]
    delegate: str = ""
    designer: str = "Interne"

    @property
    def fit(self) -> Decimal:
        return self.receipts[0].euros

    @property
    def cost(self) -> Decimal:
        return sum((line.euros for line in self.expenses), Decimal(0))


@dataclass
class Contract:
    partner: str
    axes: list[str]
    fiches: list[Fiche]


@dataclass
class Deliberation:
    number: str
    day: str
    title: str
    contracts: list[Contract]
    votes: tuple[int, int, int] = (70, 0, 2)

    @property
    def fiches(self) -> list[tuple[Contract, Fiche]]:
        return [(contract, fiche) for contract in self.contracts for fiche in contract.fiches]

    @property
    def total(self) -> Decimal:
        return sum((fiche.fit for _, fiche in self.fiches), Decimal(0))


def euros(amount: Decimal) -> str:
    return format_euros(amount, cents=True).replace("\u202f", " ").replace("\u00a0", " ")


def write(deliberation: Deliberation, *, booklets: bool = True, report: bool = True) -> str:
    """Write the whole document."""
    parts = [write_act(deliberation), write_summary(deliberation)]
    for contract in deliberation.contracts:
        if booklets:
            parts.append(write_booklet(contract))
        parts += [write_fiche(contract, fiche) for fiche in contract.fiches]
    if report:
        parts.append(write_report(deliberation))
    return "\n".join(parts)


def write_act(deliberation: Deliberation) -> str:
    partners = ", ".join(f"la {contract.partner}" for contract in deliberation.contracts)
    articles = [f"D’autoriser le Président à signer, avec {partners}, les contrats de territoires."]
    for contract, fiche in deliberation.fiches:
        amount = euros(fiche.fit).replace(",00", "")
        articles.append(
            f"D’attribuer à la {contract.partner}, une subvention de\n{amount} pour son projet, "
            "selon les modalités reprises au rapport."
        )
    written = "\n\n".join(
        f"Article   {number}     :\n\n{text}" for number, text in enumerate(articles, start=1)
    )
    pour, contre, abstention = deliberation.votes
    return f""" DEPARTEMENT DU PAS-DE-CALAIS

DELIBERATION DU CONSEIL DEPARTEMENTAL

REUNION DU {deliberation.day.upper()}

{deliberation.title}

(N°{deliberation.number})

Le Conseil départemental du Pas-de-Calais,

Vu le rapport du Président du Conseil départemental, ci-annexé ;

Après en avoir délibéré,

DECIDE :

{written}

Dans les conditions de vote ci-dessous :

Pour  :  {pour} voix  (Groupe imaginaire)
Contre : {contre} voix
Abstention : {abstention} voix

(Adopté)

LE PRESIDENT DU CONSEIL DEPARTEMENTAL,
"""


def write_summary(deliberation: Deliberation) -> str:
    rows = "\n\n".join(
        f"Artois\n{contract.partner}\n\n{fiche.number} {fiche.title} {euros(fiche.fit)}"
        for contract, fiche in deliberation.fiches
    )
    return f""" Mise en oeuvre des contrats - Propositions de subventions

Territoire Maitrise d'ouvrage FIT

{rows}

TOTAL {euros(deliberation.total)}

Opération
"""


def write_booklet(contract: Contract) -> str:
    axes = "\n".join(f"• {axis} ;" for axis in contract.axes)
    bodies = "\n\n".join(f"{axis}\n{body_of(axis)}" for axis in contract.axes)
    return f"""CONTRAT DE TERRITOIRE 2023-2026
 À l’issue d’un travail mené par le Département et l’ensemble de ses partenaires,
nous avons construit un projet.
 Partie 2
Axes communs
du contrat

{bodies}

 Partie 3
Mode d’emploi
du contrat

Ingénierie mobilisable

Le Département peut, à travers la plateforme « Ingénierie 62 », mobiliser
l’expertise de ses partenaires.
 L’essentiel du contrat

Le croisement des ambitions portées par le Département du Pas-de-Calais et celles de la
{contract.partner} a permis d’établir {NUMBERS[len(contract.axes)]} axes de travail partagés :

{axes}

Ces enjeux communs inscrits au contrat permettront l’accompagnement de projets.

Pour le Département du Pas-de-Calais,
Le Président du Conseil départemental,

Pour la {contract.partner},
La Présidente,

 Les interlocuteurs du contrat

Côté Département :
• Maison du Département Aménagement

Côté partenaire :
• Direction générale des services
"""


def body_of(axis: str) -> str:
    return f"Le territoire veut agir pour cet axe, {axis.lower()}, sans rien promettre."


def write_fiche(contract: Contract, fiche: Fiche) -> str:
    pacts = ""
    for pact in dict.fromkeys(pact for pact, _, _ in fiche.ambitions):
        lines = "\n".join(
            f"Ambition {number} {words}" for name, number, words in fiche.ambitions if name == pact
        )
        pacts += f"\n  Pacte des {pact} \n{lines}\n \n"
    steps = "\n".join(
        f"{step} {when} {comment} ".rstrip(" ") + "  " for step, when, comment in fiche.steps
    )
    ticked = "\n".join(f"☒ {words} " for words in fiche.commitments)
    delegate = f"Mandataire : {fiche.delegate} \n \n" if fiche.delegate else ""
    return f""" Fiche opération {fiche.number}

Fiche opération n°{fiche.number}

{fiche.title}

A – GENERAL

Maîtrise d'ouvrage : {fiche.owner}

{delegate}Référents de l’opération :

- Conseil départemental : Maison du Département
- EPCI : Direction des rêves

Maîtrise d'œuvre : {fiche.designer}

B – DESCRIPTION DU PROJET

Localisation du projet : {fiche.place}

Contexte :
Un contexte imaginaire.

Descriptif détaillé :
Les travaux comprennent :

- Une salle des contes,
- Un jardin de pluie.

Ingénierie mobilisée autre que maîtrise d’œuvre :
Agence des nuages

Conseil départemental du Pas-de-Calais
et {contract.partner}

Fiche opération {fiche.number}

C – LIEN AVEC LES AMBITIONS DES PACTES DEPARTEMENTAUX

Pacte(s) concerné(s) :
{pacts}
Axes) du contrat concerné(s) :
{contract.axes[0]}

D – CALENDRIER PREVISIONNEL

 Date Commentaire
{steps}

E – PLAN DE FINANCEMENT PREVISIONNEL

Travaux :

DEPENSES RECETTES
Nature de la dépense Montant HT Nature de la recette Montant HT

{write_plan(fiche)}

F – ENGAGEMENTS RECIPROQUES

Thématiques :
{ticked}
"""


def write_plan(fiche: Fiche) -> str:
    left = [line for each in fiche.expenses for line in (each, *each.details)]
    rows = []
    for index in range(max(len(left), len(fiche.receipts))):
        expense = left[index] if index < len(left) else None
        receipt = fiche.receipts[index] if index < len(fiche.receipts) else None
        one = f"{expense.label} {euros(expense.euros)}" if expense else " "
        other = f"{receipt.label} {euros(receipt.euros)} " if receipt else "  "
        rows.append(f"{one} {other}")
    paid = sum((line.euros for line in fiche.receipts), Decimal(0))
    return "\n".join([*rows, "", f"TOTAL {euros(fiche.cost)} TOTAL {euros(paid)} "])


def write_report(deliberation: Deliberation) -> str:
    count = len(deliberation.fiches)
    total = format_number(deliberation.total, 2).replace("\u202f", " ")
    proposals = ""
    for contract in deliberation.contracts:
        proposals += f"\nContrat de territoire avec la {contract.partner} :\n"
        for fiche in contract.fiches:
            amount = euros(fiche.fit).replace(",00", "")
            proposals += f"""
- Opération « {fiche.title} »

Considérant que ce projet répond aux ambitions, il est proposé d’attribuer une
subvention de {amount} par la mobilisation du Fonds d’innovation territorial.
"""
    return f"""
RAPPORT N°7

CONSEIL DEPARTEMENTAL

REUNION DU {deliberation.day.upper()}

{deliberation.title}

Le présent rapport propose donc d’adopter {len(deliberation.contracts)} contrats de territoires
et de les décliner de manière opérationnelle par {count} fiches opérations jointes en annexe.
{proposals}
Il convient de statuer sur cette affaire.

La dépense sera imputée sur le budget départemental comme suit :

Code Opération
Imputation
budgétaire

Libellé Opération AP € Disponible € Proposition € Solde €

C05-999Z01 2324//9999
Fonds d'innovation
territorial
9 000 000,00 {total} {total} 0,00
"""
