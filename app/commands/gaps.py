"""``atlas62 ecarts``: who lives too far from a service, how many, where, and how sure that is."""

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from app.commands.gap_record import as_record
from app.commands.room import show_room
from app.commands.text_table import NONE, write_table
from app.commands.travel import open_model, read_asked, show_record, show_text, travel_options
from app.exports.formats import WRITERS, save
from app.exports.tables import cite
from app.opening.data import open_catalogue, start
from geo.reference.places import Reference
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_number, format_percent, plural
from layers.gaps.bands import Bands, draw_bands
from layers.gaps.capacity import measure_capacity
from layers.gaps.capacity_table import as_capacity_layer
from layers.gaps.journeys import Journeys
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.question import MINUTE
from layers.gaps.scenarios import Scenario, weigh
from layers.gaps.sentences import (
    border_sentence,
    gap_sentence,
    method,
    said_first,
    short_unit,
    uncertainty_sentence,
    unreachable_sentence,
)
from layers.gaps.sites import BETWEEN
from layers.gaps.table import as_layer
from layers.gaps.tallies import Gap, Tally
from layers.model.layer import Layer

MOST_SHOWN: Final = 20
"""Communes in the table of the terminal; a file has them all."""

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("ecarts", short_help="Qui est trop loin d’un service.", options_metavar="[OPTIONS]")
@travel_options
@click.option(
    "--ouvrir",
    "opened",
    multiple=True,
    metavar="LIEU",
    help="Suppose un site ouvert dans une commune, ou à un point d’une couche (COUCHE:ID) ; se "
    "répète.",
)
@click.option(
    "--autour",
    "around",
    metavar="LIEU",
    help="Dit aussi qui habite à un tiers, à deux tiers et à moins du seuil d’une commune ou d’un "
    "point d’une couche (COUCHE:ID).",
)
@click.option(
    "--places",
    "room",
    is_flag=True,
    help="Compte combien de personnes se partagent chaque place du service (élèves accueillis des "
    "collèges, lieux des autres) à moins du seuil, à la place de qui est trop loin.",
)
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
@click.option(
    "--csv", type=_FILE, metavar="FICHIER", help="Écrit aussi les communes en CSV (Excel français)."
)
@click.option("--gpkg", type=_FILE, metavar="FICHIER", help="Les écrit aussi en GeoPackage.")
@click.option("--remplacer", "replace", is_flag=True, help="Écrase les fichiers qui existent déjà.")
def tell_gaps(  # noqa: PLR0913 - one parameter an option
    *,
    opened: tuple[str, ...],
    around: str | None,
    room: bool,
    csv: Path | None,
    gpkg: Path | None,
    as_json: bool,
    replace: bool,
    **travel: Any,  # noqa: ANN401 - the options of travel_options
) -> None:
    """Dire quelles communes et combien d’habitants sont trop loin d’un service.

    Chaque temps a une fourchette, d’un trajet rapide à un trajet lent : les communes dont la
    fourchette contient le seuil sont comptées à part, comme incertaines.
    """
    asked = read_asked(**travel)
    catalogue = open_catalogue(start())
    sites = tuple(_site(word, catalogue.reference) for word in opened)
    question = dataclasses.replace(asked.question(catalogue), opened=sites)
    journeys = Journeys(catalogue, open_model(asked.model_id, asked.file))
    paths = {"csv": csv, "gpkg": gpkg}
    if room:
        found = measure_capacity(journeys, question)
        _write_files(as_capacity_layer(found, catalogue), catalogue, paths, replace=replace)
        show_room(found, catalogue.reference, as_json=as_json)
        return
    scenario = weigh(journeys, question)
    site = _site(around, catalogue.reference) if around else ""
    bands = draw_bands(journeys, question, site) if site else None
    gaps = scenario.gaps
    _write_files(as_layer(gaps, catalogue), catalogue, paths, replace=replace)
    if as_json:
        show_record(as_record(scenario, bands), gaps.remarks)
    else:
        show_text(_as_text(scenario, bands, catalogue.reference))


def _site(word: str, reference: Reference) -> str:
    return word if BETWEEN in word else reference.commune(word).code


def _write_files(
    layer: Layer, catalogue: Catalogue, paths: dict[str, Path | None], *, replace: bool
) -> None:
    wanted = {file_format: path for file_format, path in paths.items() if path is not None}
    if not wanted:
        return
    rows = layer.load(catalogue.reference, catalogue.data)
    for file_format, path in wanted.items():
        save(WRITERS[file_format](layer, rows), path, replace=replace)
        click.echo(f"{path} : {layer.title}, {plural(len(rows), 'ligne')}.", err=True)
    for source in layer.sources:
        click.echo(f"Source à citer : {cite(source)}", err=True)


def _as_text(scenario: Scenario, bands: Bands | None, reference: Reference) -> Iterator[str]:
    gaps = scenario.gaps
    yield gap_sentence(gaps, reference)
    yield from said_first(gaps)
    yield uncertainty_sentence(gaps)
    yield from filter(None, [unreachable_sentence(gaps), border_sentence(gaps)])
    yield from _told_changes(scenario)
    yield from _told_bands(bands, gaps)
    head = WORDS[gaps.public].head
    touched = [epci for epci in gaps.by_epci() if epci.gap.possibly.people]
    if touched:
        yield "\nPar EPCI (part dans le Pas-de-Calais)\n"
        yield from write_table(
            ("EPCI", "Communes", head, "Part", "Si trajets rapides", "Si trajets lents"),
            [(epci.name, *_gap_cells(epci.gap)) for epci in touched],
        )
    if len(gaps.beyond):
        yield f"\nCommunes au-delà, de la plus éloignée à la plus proche ({gaps.unit}s)\n"
        yield from _communes(gaps)
    yield f"\nMéthode. {method(gaps)}"
    services = plural(gaps.services, "lieu", "lieux")
    yield f"Service : {gaps.question.title} ({services})."
    yield from gaps.remarks


def _told_changes(scenario: Scenario) -> Iterator[str]:
    short = WORDS[scenario.gaps.public].short
    rows = [
        *(
            ("ouvert", one.site.name or one.site.commune, f"+ {format_number(one.gain)} {short}")
            for one in scenario.sites
        ),
        *(
            ("fermé", one.place.title, f"- {format_number(one.loss)} {short}")
            for one in scenario.closed
        ),
    ]
    if rows:
        yield "\nChangements supposés : combien passent en deçà du seuil, ou au-delà\n"
        yield from write_table(("", "Lieu", "Sous le seuil"), rows)


def _told_bands(bands: Bands | None, gaps: Gaps) -> Iterator[str]:
    if bands is not None:
        unit = short_unit(gaps.model)
        rows = [(band.named(unit), format_number(band.people)) for band in bands.bands]
        yield f"\n{bands.title}\n"
        yield from write_table(("Trajet", WORDS[gaps.public].head), rows)


def _gap_cells(gap: Gap) -> tuple[str, ...]:
    tallies: tuple[Tally, ...] = (gap.surely, gap.possibly)
    return (
        format_number(gap.beyond.communes),
        format_number(gap.beyond.people),
        format_percent(gap.share_beyond),
        *(format_number(tally.people) for tally in tallies),
    )


def _communes(gaps: Gaps) -> Iterator[str]:
    headings = (
        "", "Commune", "Code", "EPCI", WORDS[gaps.public].head,
        "Temps" if gaps.unit == MINUTE else "Distance", "De", "À",
        "Service à", "Sinon", "Second choix à",
    )  # fmt: skip
    rows = [
        (
            str(rank),
            row["commune"],
            row["code"],
            row["epci"],
            format_number(round(row["people"])),
            *(_minutes(row[f"minutes{bound}"]) for bound in ("", "_low", "_high")),
            row["nearest_commune"] or NONE,
            _minutes(row["second_minutes"]),
            row["second_commune"] or NONE,
        )
        for rank, row in enumerate(gaps.beyond.head(MOST_SHOWN).to_dict("records"), 1)
    ]
    yield from write_table(headings, rows)
    more = len(gaps.beyond) - len(rows)
    if more:
        yield f"… et {plural(more, 'autre')} : --csv FICHIER les donne toutes."


def _minutes(minutes: float) -> str:
    return format_number(minutes, 1) if math.isfinite(minutes) else NONE
