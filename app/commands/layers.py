"""``atlas62 couches``: the catalogue with counts, sources and vintages."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
import orjson

from app.exports.open_data import describe
from app.exports.tables import cite
from app.opening.data import open_catalogue, start
from layers.catalogue.layers import LayerState
from layers.french.wording import format_number
from layers.model.layer import Layer
from layers.model.schema import LayerError


@click.command("couches")
@click.option("--json", "as_json", is_flag=True, help="Sortie JSON, pour un programme.")
def list_layers(*, as_json: bool) -> None:
    """Lister les couches : lignes, sources, licences, millésimes.

    Une couche illisible n’empêche pas de lister les autres ; le code de retour est alors 1.
    """
    catalogue = open_catalogue(start())
    states = {catalogue.layer(state.id): state for state in catalogue.states()}
    if as_json:
        records = [_as_record(layer, state) for layer, state in states.items()]
        click.echo(orjson.dumps(records, option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(_as_text(states)))
    broken = [state.message for state in states.values() if not state.ok]
    if broken:
        raise LayerError("\n".join(broken))


def _as_record(layer: Layer, state: LayerState) -> dict[str, Any]:
    return {
        **describe(layer),
        "rows": state.rows,
        "known_total": state.known_total,
        "ok": state.ok,
        "message": state.message,
    }


def _as_text(states: Mapping[Layer, LayerState]) -> Iterator[str]:
    """Yield a table of the layers, then the sources by number, then what is missing."""
    sources = list(dict.fromkeys(source for layer in states for source in layer.sources))
    id_width = max(len(layer.id) for layer in states)
    title_width = max(len(layer.title) for layer in states)
    for layer, state in states.items():
        count = format_number(state.rows) if state.ok else "illisible"
        numbers = ", ".join(str(sources.index(source) + 1) for source in layer.sources)
        yield (f"{layer.id:{id_width}}  {count:>9}  {layer.title:{title_width}}  sources {numbers}")
    yield "\nSources"
    yield from (f"  {number}. {cite(source)}" for number, source in enumerate(sources, 1))
    yield "\nRemarques"
    yield from (
        f"  {layer.id} : {text}"
        for layer, state in states.items()
        for text in (layer.remark, state.message if state.ok else "")
        if text
    )
