"""A deliberation made up for the tests that adopt: real places, imaginary facts, marked as such."""

from decimal import Decimal

from tests.layers.deliberation.family import Contract, Deliberation, Fiche, Paying

BETHUNE = "Communauté d’agglomération de Béthune-Bruay, Artois Lys Romane"
TITLE = "Document d’essai : sentier imaginaire de Beuvry"


def fiche(number: int, title: str, place: str, grant: int) -> Fiche:
    return Fiche(
        number,
        title,
        BETHUNE,
        place,
        [Paying("Travaux", Decimal("100000.50"))],
        [
            Paying("Département / FIT", Decimal(grant)),
            Paying("Fonds propres", Decimal("100000.50") - grant),
        ],
        [("Début des travaux", "04/2026", ""), ("Fin des travaux", "12/2026", "")],
        [("Solidarités territoriales", 2, "Agir en proximité")],
        ["Développement durable"],
    )


def deliberation(number: str = "2025-12", **places: str) -> Deliberation:
    """Return a vote on two operations of a contract that the data hold already."""
    fiches = [
        fiche(1, TITLE, places.get("first", "12 rue de Lens à Beuvry"), 40_000),
        fiche(2, "Document d’essai : lune imaginaire", places.get("second", "Béthune"), 20_000),
    ]
    contract = Contract(BETHUNE, ["Conforter la qualité de vie des habitants"], fiches)
    return Deliberation(number, "8 mars 2025", "DOCUMENT D’ESSAI : OPÉRATIONS", [contract])
