"""Texts of others: what people write that no address of ours was worn to make.

Streets that name no commune, places elsewhere of the name of one here, titles of operations and
sentences without a place. Each table of ``data/trial`` has rows to fit on and rows to try on, told
apart by the name alone, so that no street, homonym, form or sentence is both.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final
from zlib import crc32

from geo.geocoder.people import TITLES
from geo.geocoder.toponyms import Outside
from geo.geocoder.trial.forms import (
    CONTRACTED,
    ELSEWHERE,
    ENDING,
    OPERATIONS,
    PARTED,
    STREETED,
    WAYS,
)
from geo.names import normalise
from geo.tables import Column, Row, Table

ODONYMS: Final = Table(
    "trial/odonyms.csv",
    (
        Column("name", "Ce dont une rue porte le nom."),
        Column("sort", "« person », « thing » ou « town »."),
    ),
)
HOMONYMS: Final = Table(
    "trial/homonyms.csv",
    (
        Column("code", "Code Insee, hors du Pas-de-Calais."),
        Column("name", "Nom de la commune."),
        Column("departement", "Code de son département."),
        Column("postcode", "Un de ses codes postaux."),
        Column("likeness", "« same », « short » ou « near » : sa ressemblance à un nom d’ici."),
    ),
)
SENTENCES: Final = Table(
    "trial/sentences.csv",
    (
        Column("text", "Phrase qui ne nomme pas de commune."),
        Column("source", "Document, ou « saisie », ou « hameau »."),
        Column("line", "Ligne du document.", "count", optional=True),
    ),
)
QUOTED: Final = Table(
    "trial/titles.csv",
    (
        Column("text", "Titre d’une opération."),
        Column("commune", "Code Insee de la commune qu’il nomme."),
        Column("document", "Document d’où il vient."),
        Column("line", "Ligne du document.", "count"),
    ),
)

HAMLET: Final = "hameau"
FOLDS: Final = 3
TRIED: Final = 2
VOWELS: Final = "aeéèêiîoôuyœh"
MANY: Final = ("Frères", "Sœurs")
LARGEST_NUMBER: Final = 180


class TextsOfOthers:
    """Makes texts of others, those to fit on or those to try on.

    Parameters
    ----------
    folder
        ``data/trial``.
    departements
        Names by code.
    """

    def __init__(
        self, folder: Path, departements: dict[str, str], random: Random, *, tried: bool
    ) -> None:
        self.random = random
        self.departements = departements

        def keep(rows: Sequence[Row], name: str) -> list[Row]:
            return [row for row in rows if is_to_try(row.text(name)) == tried]

        self.odonyms = keep(list(ODONYMS.read(folder)), "name")
        self.homonyms = keep(list(HOMONYMS.read(folder)), "name")
        said = keep(list(SENTENCES.read(folder)), "text")
        self.hamlets = [row.text("text") for row in said if row.text("source") == HAMLET]
        self.sentences = [row.text("text") for row in said if row.text("source") != HAMLET]
        quoted = keep(list(QUOTED.read(folder)), "text")
        self.quoted = [(row.text("text"), row.text("commune")) for row in quoted]
        self.operations = [form for form in OPERATIONS if is_to_try(form) == tried]

    def street(self, *, alone: bool = False) -> str:
        """Return a street as people write it; alone, sometimes behind the name of a building."""
        row = self.random.choice(self.odonyms)
        way = self.random.choice(WAYS)
        text = f"{way} {_after_way(row.text('name'), row.text('sort'), self.random)}"
        if self._happens(0.7):
            text = f"{self.random.randrange(1, LARGEST_NUMBER)} {text}"
        if alone and self._happens(0.1):
            text = f"{self.random.choice(('École A', 'Crèche', 'Salle'))} – {text}"
        return self._cased(text)

    def street_and(self, commune: str, code: str, other: str) -> str:
        """Return a street with its commune; the street may hold the name of another."""
        if self._happens(0.15):  # a street that ends in the name of another commune
            way = self.random.choice(ENDING)
            text = f"{self.random.randrange(1, LARGEST_NUMBER)} {way} {other}"
            form = self.random.choice(PARTED)
            return self._cased(form.format(street=text, commune=commune, code=code))
        form = self.random.choice(STREETED)
        return form.format(street=self.street(), commune=self._cased(commune), code=code)

    def homonym(self) -> tuple[str, Outside]:
        """Return a place elsewhere, told by its postcode or its département."""
        row = self.random.choice(self.homonyms)
        code, name = row.text("departement"), row.text("name")
        form = self.random.choice(ELSEWHERE)
        where = self.departements.get(code, "")
        text = form.format(
            street=self.street(), commune=name, code=row.text("postcode"), number=code, where=where
        )
        place = Outside(row.text("code"), name, where, code, 0, (row.text("postcode"),))
        return self._cased(text), place

    def operation(self, commune: str) -> str:
        """Return the title of an operation that names its commune."""
        saint = self.random.choice(("Martin", "Léger", "Vaast", "Omer", "Pierre", "Éloi", "Denis"))
        people = [row.text("name") for row in self.odonyms if row.text("sort") == "person"]
        text = self.random.choice(self.operations).format(
            commune=commune, saint=saint, person=self.random.choice(people), street=self.street(),
            money=f"{self.random.choice((59, 62, 80, 62, 75))} {self.random.randrange(100, 999)}",
        )  # fmt: skip
        for written, said in CONTRACTED:
            text = text.replace(written, said)
        return text

    def sentence(self) -> str:
        """Return a sentence that names no commune; in one case of four a hamlet that is unknown."""
        said = self.hamlets if self._happens(0.25) else self.sentences
        return self._cased(self.random.choice(said))

    def _cased(self, text: str) -> str:
        return text.upper() if self._happens(0.12) else text

    def _happens(self, share: float) -> bool:
        return self.random.random() < share


def is_to_try(name: str) -> bool:
    """Tell whether a row is one to try on, by its name alone."""
    return crc32(normalise(name).encode()) % FOLDS == TRIED


def _after_way(name: str, sort: str, random: Random) -> str:
    """Return a name as it stands behind « rue »."""
    article, _, rest = name.partition(" ")
    if article.lower() == "le" and sort != "person":
        return f"du {rest}"
    if name.startswith("les "):
        return f"des {rest}"
    if sort == "person":
        return _after_way_of_person(name, random)
    return f"d’{name}" if sort == "town" and name[0].lower() in VOWELS else f"de {name}"


def _after_way_of_person(name: str, random: Random) -> str:
    if name.startswith(MANY):
        return f"des {name}"
    titled = normalise(name).split()[0] in TITLES
    if not titled or random.random() < 0.1:  # noqa: PLR2004 - some leave it out
        return name
    return f"de l’{name}" if name[0].lower() in VOWELS else f"du {name}"
