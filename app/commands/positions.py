"""``atlas62 positions``: the uncertain positions, their correction, the geocoder asked again."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import click
import orjson

from app.commands.output_options import replace_option
from app.exports.formats import save
from app.exports.tables import PRECISION_WORDS, write_csv
from app.opening.data import open_catalogue, start
from app.opening.geocoding import open_layer_geocoding
from app.opening.journal import account, noting
from app.sign_on.undoing import correction_noted
from geo.whole_file import write_whole
from layers.french.wording import format_percent, plural, typeset
from layers.model.schema import LayerError
from layers.placing.answers import FILE, all_asked, geocode_asked, write_answers
from layers.placing.corrections import BY_HAND, read_corrections, write_correction
from layers.review.candidates import Candidate, typed
from layers.review.doubts import DOUBTS, Review, find_review, review

WORDS: Final = {PRECISION_WORDS[precision]: precision for precision in BY_HAND}
"""How exactly a place is known, as a person says it."""

HEADINGS: Final = (
    "Couche", "Identifiant", "Objet", "Doute", "Raison", "Commune", "Précision", "Confiance",
    "Longitude", "Latitude", "Autres lieux possibles", "Corrigé par",
)  # fmt: skip


@click.group("positions", invoke_without_command=True, short_help="Les positions à vérifier.")
@click.option("--couche", "layer", metavar="COUCHE", help="Une seule couche.")
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Écrit la liste pour un tableur.",
)
@replace_option
@click.pass_context
def positions(
    context: click.Context, layer: str | None, table: Path | None, *, as_json: bool, replace: bool
) -> None:
    """Lister les positions à vérifier : raison, lieux possibles, correction.

    « positions corriger » écrit une correction, qui l’emporte sur tout ; « positions calculer »
    redemande au géocodeur où sont les lignes des couches.
    """
    if context.invoked_subcommand is not None:
        return
    found = review(open_catalogue(start()), layer)
    if table is not None:
        save(write_csv(HEADINGS, map(_cells, found)), table, replace=replace)
    if as_json:
        click.echo(orjson.dumps([as_record(one) for one in found], option=orjson.OPT_INDENT_2))
    elif table is None:
        click.echo(typeset("\n".join(_as_text(found))))


@positions.command("corriger", short_help="Écrire une correction.")
@click.argument("layer", metavar="COUCHE")
@click.argument("key", metavar="IDENTIFIANT")
@click.option("--choix", "number", type=click.IntRange(1), metavar="N", help="Le N-ième lieu.")
@click.option("--longitude", type=float, metavar="DEGRÉS", help="À la place de --choix.")
@click.option("--latitude", type=float, metavar="DEGRÉS", help="À la place de --choix.")
@click.option("--commune", metavar="COMMUNE", help="Code ou nom ; par défaut la même.")
@click.option(
    "--precision", type=click.Choice(list(WORDS)), default="site", help="Finesse du point donné."
)
@click.option("--par", "who", required=True, metavar="NOM", help="Qui le dit.")
@click.option("--raison", "reason", required=True, metavar="TEXTE", help="Pourquoi.")
def correct(  # noqa: PLR0913 - the command's options
    layer: str,
    key: str,
    *,
    number: int | None,
    longitude: float | None,
    latitude: float | None,
    commune: str | None,
    precision: str,
    who: str,
    reason: str,
) -> None:
    """Écrire où est une ligne d’une couche, qui le dit et pourquoi, dans positions.csv.

    La carte la suit à son prochain démarrage. Une nouvelle correction remplace la précédente.
    """
    settings = start()
    catalogue = open_catalogue(settings)
    found = find_review(catalogue, layer, key)
    if number is not None:
        where = found.choose(number)
    elif longitude is None or latitude is None:
        raise click.UsageError("--choix, ou --longitude et --latitude, sont attendus.")
    else:
        place = commune or found.candidates[0].commune_code
        where = typed(
            longitude, latitude, place, WORDS[precision], who, reference=catalogue.reference
        )
    correction = found.correct(where, who, reason)
    with noting(settings) as line:
        before = read_corrections(catalogue.data).get((correction.layer, correction.key))
        write_correction(correction, catalogue.data, catalogue.reference)
        line.change = correction_noted(account(who), correction, before)
    click.echo(typeset(f"{found.title} : {where.commune}, {PRECISION_WORDS[where.precision]}."))


@positions.command("calculer", short_help="Redemander au géocodeur.")
def compute() -> None:
    """Redemander au géocodeur où sont les lignes de toutes les couches, et garder ses réponses.

    Sans réseau, sauf si le réglage ATLAS62_BAN donne l’adresse d’un service de géocodage.
    """
    settings = start()
    catalogue = open_catalogue(settings)
    geocoding = open_layer_geocoding(catalogue, settings)
    answers = geocode_asked(geocoding.batch, dict.fromkeys(all_asked(catalogue)))
    try:
        write_whole(catalogue.data / FILE, write_answers(answers))
    except OSError as error:
        raise LayerError(f"Fichier {FILE} : écriture impossible ({error.strerror}).") from error
    click.echo(typeset(f"{FILE} : {plural(len(answers), 'texte placé', 'textes placés')}."))
    if geocoding.online is not None and geocoding.online.failure:
        click.echo(typeset(geocoding.online.failure), err=True)


def as_record(one: Review) -> dict[str, Any]:
    """Return an uncertain position as JSON has it."""
    return {
        "couche": one.layer.id,
        "identifiant": one.key,
        "objet": one.title,
        "texte": one.text,
        "contexte": one.context or None,
        "doute": DOUBTS[one.doubt],
        "raison": one.reason,
        "candidats": [
            {
                "lieu": candidate.label,
                "longitude": candidate.lon,
                "latitude": candidate.lat,
                "code_commune": candidate.commune_code,
                "commune": candidate.commune,
                "precision": str(candidate.precision),
                "confiance": candidate.confidence,
                "source": candidate.source,
            }
            for candidate in one.candidates
        ],
        "corrige_par": None if one.correction is None else one.correction.said_by,
    }


def _cells(one: Review) -> list[str]:
    drawn, *others = one.candidates
    numbers = (drawn.confidence, drawn.lon, drawn.lat)
    return [
        one.layer.title, one.key, one.title, DOUBTS[one.doubt], one.reason, drawn.commune,
        PRECISION_WORDS[drawn.precision], *(f"{value:.6g}".replace(".", ",") for value in numbers),
        " ; ".join(f"{other.label}, {other.commune}" for other in others),
        one.correction.said_by if one.correction else "",
    ]  # fmt: skip


def _as_text(found: list[Review]) -> Iterator[str]:
    """Yield the positions under the name of their doubt, then how many there are."""
    for doubt, group in groupby(found, key=lambda one: one.doubt):
        yield f"{DOUBTS[doubt]}\n"
        for one in group:
            done = f" (corrigé par {one.correction.said_by})" if one.correction else ""
            yield f"{one.layer.id} {one.key} : {one.title}{done}"
            yield f"  « {one.text} »"
            yield f"  {one.reason}"
            if len(one.candidates) > 1:
                yield from (f"  {number}. {_told(c)}" for number, c in enumerate(one.candidates, 1))
        yield ""
    yield f"{plural(len(found), 'position')} à vérifier."


def _told(candidate: Candidate) -> str:
    where = "" if candidate.label == candidate.commune else f", {candidate.commune}"
    return (
        f"{candidate.label}{where} ({PRECISION_WORDS[candidate.precision]}, "
        f"{candidate.lon:.5f} {candidate.lat:.5f}, {format_percent(candidate.confidence)})"
    )
