"""The glossary: the words of the subject, each with where it is taken from."""

from typing import Final

from layers.model.schema import Field
from layers.model.tables import Table

GLOSSARY: Final = Table(
    "glossary.csv",
    (
        Field("term", "Mot", "Le mot ou le sigle."),
        Field("expansion", "En toutes lettres", "Ce que le sigle abrège.", nullable=True),
        Field("meaning", "Sens", "Ce qu’il faut comprendre, en une ou deux phrases."),
        Field("document", "Document", "Document qui emploie le mot.", nullable=True),
        Field("line", "Ligne", "Ligne du document.", "int", nullable=True),
        Field("source", "Source", "D’où vient le mot, hors des documents.", nullable=True),
    ),
    key="term",
)
