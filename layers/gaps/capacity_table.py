"""The table of room as a layer of communes, for the files that people take away."""

from typing import Final

import geopandas as gpd
import numpy as np

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION, POPULATION_FIELD, outlines_source
from layers.french.wording import plural, typeset
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import capacity_method
from layers.gaps.public_words import WORDS
from layers.gaps.publics import public_sources
from layers.gaps.question import unit_of
from layers.gaps.table import service_sources
from layers.model.layer import Field, Layer


def _ratio(name: str, label: str, meaning: str) -> Field:
    return Field(name, label, meaning, "float", nullable=True)


FIELDS: Final = (
    Field(
        "rank", "Rang", "Rang de la commune, de la moins bien pourvue à la mieux pourvue.", "int"
    ),
    Field("code", "Code", "Code Insee de la commune en 2026."),
    Field("commune", "Commune", "Nom de la commune."),
    Field("epci_code", "SIREN de l’EPCI", "Numéro SIREN de l’EPCI."),
    Field("epci", "EPCI", "Intercommunalité à fiscalité propre."),
    POPULATION_FIELD,
    Field("public", "Public", "Qui est compté."),
    Field("people", "Public, effectif", "Combien sont comptés.", "int", aggregate="sum"),
    Field(
        "people_without",
        "Public, sans rien à portée",
        "Combien d’entre eux n’ont aucun lieu en deçà du seuil.",
        "int",
        aggregate="sum",
    ),
    Field(
        "places",
        "Places qui leur reviennent",
        "Part des places (ou des lieux) qui revient à la commune ; leur somme est celle du "
        "département.",
        "float",
        aggregate="sum",
    ),
    _ratio(
        "people_per_place",
        "Personnes par place",
        "Effectif divisé par les places (ou les lieux) qui lui reviennent ; vide : rien à portée.",
    ),
    _ratio("per_place_low", "Au moins", "Le plus petit des trois, selon la vitesse des trajets."),
    _ratio("per_place_high", "Au plus", "Le plus grand des trois ; vide : rien à portée."),
    Field("service", "Service", "Service dont les places sont partagées."),
    Field("threshold", "Seuil", "Trajet au-delà duquel un lieu ne compte plus.", "float"),
    Field("model", "Modèle", "Ce qui est mesuré : vol-d-oiseau, distance, routes, matrice."),
)


def as_capacity_layer(found: Capacity, catalogue: Catalogue) -> Layer:
    """Return the room as a layer of communes, those with least first."""
    question = found.question
    within = plural(question.threshold, unit_of(found.model))
    return Layer(
        id="places",
        title=typeset(f"Places : {question.title}, à {within} ou moins"),
        geometry="polygon",
        key="code",
        fields=FIELDS,
        sources=(
            POPULATION,
            *public_sources(found.public, catalogue),
            outlines_source(catalogue.reference),
            *service_sources(question, catalogue),
        ),
        read=lambda reference, _data: _rows(found, reference),
        title_of=lambda row: str(row["commune"]),
        summary_of=lambda row: f"{row['commune']}.",
        remark=" ".join((capacity_method(found), *found.remarks)),
    )


def _rows(found: Capacity, reference: Reference) -> gpd.GeoDataFrame:
    outlines = reference.coverage.communes(0).set_index("code").geometry.to_crs(EXCHANGE)
    communes = found.communes
    ratios = ("people_per_place", "per_place_low", "per_place_high")
    rows = communes.assign(
        rank=np.arange(1, len(communes) + 1),
        public=WORDS[found.public].title,
        people=communes["people"].round().astype(int),
        people_without=communes["people_without"].round().astype(int),
        places=communes["places"].round(4),
        service=found.question.title,
        threshold=found.question.threshold,
        model=found.model,
        **{name: communes[name].round(2).where(np.isfinite(communes[name])) for name in ratios},
    )
    return gpd.GeoDataFrame(rows, geometry=outlines.loc[rows["code"]].to_numpy(), crs=EXCHANGE)
