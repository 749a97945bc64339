"""One thing that the documents say in two ways, and counts of theirs that a list has otherwise."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from geo.perimeter import DEPARTEMENT, Level
from layers.colleges import TABLE as COLLEGES
from layers.documents.register import DOCUMENT, LINE
from layers.figures.records import Figure
from layers.french.wording import format_euros
from layers.model.schema import Field
from layers.model.tables import Table
from layers.priority_districts import POPULATION
from layers.priority_districts import TABLE as DISTRICTS
from layers.reconciliation.confrontation import Confrontation, Value, confront
from layers.reconciliation.evidence import Evidence

SAID_TWICE: Final = Table(
    "figures/said_twice.csv",
    (
        Field("id", "Identifiant", "Nom court de ce qui est dit deux fois."),
        Field("subject", "Sujet", "Ce qui est dit deux fois."),
        Field("first", "Première valeur", "Nombre ou mots imprimés."),
        DOCUMENT,
        LINE,
        Field("second", "Seconde valeur", "Nombre ou mots imprimés, ou compté."),
        Field("second_document", "Second document", "Identifiant du document."),
        Field("second_line", "Seconde ligne", "Ligne de ce document.", "int"),
        Field("unit", "Unité", "Unité des deux nombres, vide pour des mots.", nullable=True),
        Field("note", "Note", "Comment la seconde valeur est obtenue.", nullable=True),
    ),
    key="id",
)
_SECTORS: Final = {"collegiens_publics": "public", "collegiens_prives": "private"}
_AVERAGES: Final = {"apa_montant": "apa_beneficiaires", "pch_montant": "pch_beneficiaires"}
_LEVELS: Final = (Level.DEPARTEMENT, Level.EPCI)


def confront_sayings(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the two values of each thing that is said twice against each other."""
    for row in SAID_TWICE.read(evidence.data).to_dict("records"):
        unit = row["unit"] if isinstance(row["unit"], str) else ""
        own = row["note"] if isinstance(row["note"], str) else ""
        same = "du même document" if row["second_document"] == row["document"] else ""
        other = same or f"du document « {row['second_document']} »"
        first: Value = Decimal(row["first"]) if unit else row["first"]
        second: Value = Decimal(row["second"]) if unit else row["second"]
        gap = first - second if isinstance(first, Decimal) and isinstance(second, Decimal) else None
        yield Confrontation(
            row["id"],
            row["subject"],
            first,
            second,
            Decimal(0) if first == second else gap,
            unit,
            evidence.source(row["document"], row["line"]),
            f"Seconde valeur : ligne {row['second_line']} {other}. {own}".strip(),
        )


def confront_pupils(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the pupils that documents print against those of the list of collèges."""
    rows = COLLEGES.read(evidence.data, "sector", "commune_code", "pupils")
    for measure, sector in _SECTORS.items():
        here = rows[rows["sector"] == sector]
        counted: Counter[str] = Counter()
        for code, pupils in zip(here["commune_code"], here["pupils"], strict=True):
            counted[evidence.reference.resolve_code(code)[0]] += int(pupils)
        for figure in _printed(evidence, measure):
            listed = sum(counted[code] for code in evidence.reference.members(figure.perimeter))
            name = evidence.reference.name_of(figure.perimeter)
            title = evidence.figures.measures[measure].title
            yield confront(
                f"{measure}.{figure.perimeter}",
                f"{title} – {name}",
                (figure.value or Decimal(0), Decimal(listed)),
                "élèves",
                evidence.source(figure.document, figure.lines[0]),
            )


def confront_towns(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the communes that the contrats de ville covered against those with a district today."""
    touched = {
        code
        for codes in DISTRICTS.texts(evidence.data)["commune_codes"]
        for code in codes.split(";")
    }
    figure = evidence.figures.printings("communes_contrats_ville", DEPARTEMENT)[0]
    yield confront(
        "contrats-de-ville",
        "Communes des contrats de ville, et communes que touche un quartier prioritaire",
        (figure.value or Decimal(0), Decimal(len(touched))),
        "communes",
        evidence.source(figure.document, figure.lines[0]),
    )


def confront_district_people(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold the inhabitants of districts that documents print against those of the districts."""
    people = POPULATION.read(evidence.data, "code", "population").set_index("code")["population"]
    rows = DISTRICTS.texts(evidence.data)
    districts = {
        str(code): frozenset(str(codes).split(";"))
        for code, codes in zip(rows["code"], rows["commune_codes"], strict=True)
    }
    for figure in _printed(evidence, "population_qpv"):
        members = frozenset(evidence.reference.members(figure.perimeter))
        listed = sum(int(people[code]) for code, towns in districts.items() if towns <= members)
        yield confront(
            str(figure.perimeter),
            f"Habitants des quartiers prioritaires – "
            f"{evidence.reference.name_of(figure.perimeter)}",
            (figure.value or Decimal(0), Decimal(listed)),
            "habitants",
            evidence.source(figure.document, figure.lines[0]),
        )


def confront_averages(evidence: Evidence) -> Iterator[Confrontation]:
    """Hold each amount of a booklet against its beneficiaries times the average of the first."""
    for amount, people in _AVERAGES.items():
        average = None
        for figure in _printed(evidence, amount):
            count = evidence.figures.value(people, figure.perimeter)
            if figure.value is None or not count:
                continue
            average = average or figure.value / count
            found = confront(
                f"{amount}.{figure.perimeter}",
                f"{evidence.figures.measures[amount].title} – "
                f"{evidence.reference.name_of(figure.perimeter)}",
                (figure.value, count * average),
                "€",
                evidence.source(figure.document, figure.lines[0]),
            )
            note = (
                f"Bénéficiaires × {format_euros(average)} : un calcul, pas une dépense constatée."
            )
            yield Confrontation(
                found.key, found.subject, found.printed, found.computed, found.difference,
                found.unit, found.source, note,
            )  # fmt: skip


def _printed(evidence: Evidence, measure: str) -> Iterator[Figure]:
    """Return the first printing of a measure for the département and each EPCI that has one."""
    for level in _LEVELS:
        for place in evidence.reference.perimeters(level):
            yield from evidence.figures.printings(measure, place)[:1]
