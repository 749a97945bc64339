"""The table of gaps as a layer of communes, for the map and for the files that people take away."""

from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import EXCHANGE
from geo.reference.places import Reference
from geo.travel.roads import Roads
from layers.catalogue.layers import Catalogue
from layers.communes import POPULATION, POPULATION_FIELD, outlines_source
from layers.french.wording import typeset
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.publics import public_sources
from layers.gaps.question import MINUTE, Question
from layers.gaps.sentences import method, said_first, to_service
from layers.model.layer import Field, Layer, Source

BEYOND: Final = "au-delà"
PERHAPS_WITHIN: Final = "au-delà, incertain"
PERHAPS_BEYOND: Final = "en deçà, incertain"
WITHIN: Final = "en deçà"
SITUATIONS: Final = (BEYOND, PERHAPS_WITHIN, PERHAPS_BEYOND, WITHIN)

ROADS: Final = Source(
    "Routes de l’extrait donné",
    "Contributeurs d’OpenStreetMap",
    "ODbL 1.0",
    "date de l’extrait",
    "https://www.openstreetmap.org/copyright",
)


def _minutes(name: str, label: str, meaning: str) -> Field:
    return Field(name, label, meaning, "float", unit="min", nullable=True)


def fields_of(gaps: Gaps) -> tuple[Field, ...]:
    """Return the columns in the unit of the answer: minutes, or kilometres."""
    if gaps.unit == MINUTE:
        return FIELDS
    return tuple(
        replace(
            field,
            unit="km",
            label=field.label.replace("Temps", "Distance")
            .replace("rapide", "direct")
            .replace("lent", "sinueux"),
            meaning=field.meaning.replace("Minutes", "Kilomètres"),
        )
        if field.unit == "min"
        else field
        for field in FIELDS
    )


def _text(name: str, label: str, meaning: str) -> Field:
    return Field(name, label, meaning, nullable=True)


FIELDS: Final = (
    Field("rank", "Rang", "Rang de la commune, de la plus éloignée à la plus proche.", "int"),
    Field("code", "Code", "Code Insee de la commune en 2026."),
    Field("commune", "Commune", "Nom de la commune."),
    Field("epci_code", "SIREN de l’EPCI", "Numéro SIREN de l’EPCI."),
    Field("epci", "EPCI", "Intercommunalité à fiscalité propre."),
    POPULATION_FIELD,
    Field(
        "situation",
        "Situation",
        "Au-delà du seuil ou en deçà ; incertain quand le seuil est dans la fourchette du temps.",
        allowed=SITUATIONS,
    ),
    _minutes(
        "minutes",
        "Temps",
        "Minutes jusqu’au service (le plus proche, ou le deuxième si c’est lui que l’on demande ; "
        "pour un panier, le plus long des trajets), en moyenne ; vide : hors d’atteinte.",
    ),
    _minutes("minutes_low", "Temps, trajet rapide", "Minutes au plus court."),
    _minutes("minutes_high", "Temps, trajet lent", "Minutes au plus long."),
    _text("nearest", "Service le plus proche", "Nom du service le plus proche."),
    _text("nearest_commune", "Commune du service", "Commune du service le plus proche."),
    _minutes("second_minutes", "Temps, second choix", "Minutes jusqu’au deuxième service."),
    _text("second", "Second choix", "Nom du deuxième service le plus proche."),
    _text("second_commune", "Commune du second choix", "Commune du deuxième service."),
    Field("public", "Public", "Qui est compté."),
    Field(
        "people",
        "Public, effectif",
        "Combien sont comptés dans la commune : habitants, ou ménages sans voiture.",
        "int",
        aggregate="sum",
    ),
    Field(
        "people_beyond",
        "Public, au-delà",
        "Combien d’entre eux sont au-delà du seuil, par leur propre trajet.",
        "int",
        aggregate="sum",
    ),
    Field("has_district", "QPV", "La commune a un quartier prioritaire.", "bool"),
    Field("new_site", "Nouveau site", "Un site y est supposé ouvert.", "bool"),
    Field("service", "Service", "Service que l’on cherche à atteindre."),
    Field(
        "threshold",
        "Seuil",
        "Seuil au-delà duquel le service est trop loin.",
        "float",
        unit="min",
    ),
    Field(
        "model",
        "Modèle",
        "Ce qui est mesuré : vol-d-oiseau, distance, routes, matrice.",
    ),
)


def as_layer(gaps: Gaps, catalogue: Catalogue) -> Layer:
    """Return the gaps as a layer of all communes, the farthest first.

    Its sources are those of the communes and of the service; its remark is the method and all
    that a reader must know.
    """
    far = to_service(gaps.question, gaps.unit)
    return Layer(
        id="ecarts",
        title=typeset(f"Écarts : communes à plus {far}"),
        geometry="polygon",
        key="code",
        fields=fields_of(gaps),
        sources=(
            POPULATION,
            *public_sources(gaps.public, catalogue),
            outlines_source(catalogue.reference),
            *service_sources(gaps.question, catalogue),
            *([ROADS] if gaps.model == Roads.id else []),
        ),
        read=lambda reference, _data: _rows(gaps, reference),
        title_of=lambda row: str(row["commune"]),
        summary_of=lambda row: f"{row['commune']} : {row['situation']}.",
        remark=" ".join(filter(None, (method(gaps), *said_first(gaps), *gaps.remarks))),
    )


def service_sources(question: Question, catalogue: Catalogue) -> tuple[Source, ...]:
    """Return the sources of the services, and of the layers beside, each once."""
    layers = (layer for one in question.services for layer in one.layers(catalogue))
    return tuple(dict.fromkeys(source for layer in layers for source in layer.sources))


def _rows(gaps: Gaps, reference: Reference) -> gpd.GeoDataFrame:
    outlines = reference.coverage.communes(0).set_index("code").geometry.to_crs(EXCHANGE)
    communes = gaps.communes
    rows = communes.assign(
        rank=np.arange(1, len(communes) + 1),
        situation=situations(communes),
        service=gaps.question.title,
        threshold=gaps.threshold,
        model=gaps.model,
        new_site=communes["code"].isin(gaps.sites),
        public=WORDS[gaps.public].title,
        people=communes["people"].round().astype(int),
        people_beyond=communes["people_beyond"].round().astype(int),
        **{
            name: communes[name].round(1).where(np.isfinite(communes[name]))
            for name in ("minutes", "minutes_low", "minutes_high", "second_minutes")
        },
    )
    return gpd.GeoDataFrame(rows, geometry=outlines.loc[rows["code"]].to_numpy(), crs=EXCHANGE)


def situations(communes: pd.DataFrame) -> list[str]:
    """Return the word of :data:`SITUATIONS` for each row of ``Gaps.communes``."""
    words = {
        (True, False): BEYOND,
        (True, True): PERHAPS_WITHIN,
        (False, True): PERHAPS_BEYOND,
        (False, False): WITHIN,
    }
    pairs = zip(communes["beyond"], communes["uncertain"], strict=True)
    return [words[bool(beyond), bool(uncertain)] for beyond, uncertain in pairs]
