"""The note: one page of A4 that answers a question about a service, to be put into a file."""

import base64
import datetime as dt
import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final

from app.exports.moment import moment_of_writing
from app.exports.paper import to_pdf
from app.exports.tables import cite
from app.gaps.address import format_gap_view
from app.gaps.answer import headline_figures, measured
from app.gaps.calculator import Answer
from app.gaps.classes import COLOURS, class_texts, classify_gaps
from app.gaps.compared import compared
from app.gaps.legend import legend_title
from app.gaps.paper.content import content_of
from app.gaps.paper.legend import band_swatch, hatched_swatch
from app.gaps.paper.map import draw_map
from app.gaps.room import classify_room, room_figures, room_legend_title, territory_rows
from app.parts.typography import typeset
from app.web.addresses import GAPS
from app.web.render import Renderer
from layers.catalogue.layers import Catalogue
from layers.french.wording import format_date, format_number, format_percent
from layers.gaps.capacity import Capacity
from layers.gaps.capacity_sentences import (
    capacity_method,
    capacity_sentence,
    per_place,
    place_noun,
)
from layers.gaps.capacity_table import as_capacity_layer
from layers.gaps.inequality import Inequality
from layers.gaps.measure import Gaps
from layers.gaps.public_words import WORDS
from layers.gaps.sentences import (
    border_sentence,
    caution_sentence,
    gap_sentence,
    method,
    said_first,
    short_unit,
    uncertainty_sentence,
    unreachable_sentence,
)
from layers.gaps.site_sentences import proof_sentence, stability_sentences
from layers.gaps.table import as_layer

MOST_COMMUNES: Final = 8
"""In the table of the farthest: the note is a page."""
MOST_SOURCES: Final = 4
EDGES: Final = ("trait plein", "tirets", "pointillé")
"""How the edge of each band is read out."""
LEFT_OUT: Final = ("Part", "Gain moyen, pour tous", "Allongement")
"""Rows of the comparison that the page says elsewhere, or that matter least."""


def write_note(answer: Answer, catalogue: Catalogue) -> bytes:
    """Return the note of an answer as a PDF, tagged, with its fonts.

    Raises
    ------
    app.exports.paper.PaperError
        The PDF cannot be composed on this machine.
    """
    page = Renderer().render("gap_note.html", GAPS, **note_values(answer, catalogue))
    return to_pdf(page, identifier=format_gap_view(answer.view).encode() or b"atlas62-ecarts")


def note_values(answer: Answer, catalogue: Catalogue) -> dict[str, Any]:
    """Return what the template of the note speaks of."""
    shown, view = answer.shown, answer.view
    classes = classify_gaps(shown)
    sources = as_layer(shown, catalogue).sources
    return {
        "title": f"{shown.question.title} : qui est trop loin ?",
        "state": f"avec le scénario {view.active + 1}"
        if shown.sites or shown.gone
        else "aujourd’hui",
        "date": format_date(dt.date.fromisoformat(moment_of_writing().date().isoformat())),
        "head": WORDS[shown.public].head,
        "sentence": gap_sentence(shown, catalogue.reference),
        "caution": caution_sentence(shown),
        "more": [
            *said_first(shown),
            uncertainty_sentence(shown),
            *filter(None, [unreachable_sentence(shown)]),
            # beside scenarios the page has no room for it
            *filter(None, ["" if answer.scenarios else border_sentence(shown)]),
        ],
        "figures": headline_figures(shown),
        "map": _picture(draw_map(content_of(answer), catalogue, caption=False)),
        "hatch": _picture(hatched_swatch()),
        "legend": list(zip(COLOURS, class_texts(classes), classes.counts, strict=True)),
        "bands": _bands(answer),
        "bands_title": answer.bands.title if answer.bands else "",
        "uncertain": int(shown.communes["uncertain"].sum()),
        "unit": short_unit(shown.model),
        "word": "Temps" if shown.measures == "temps" else "Distance",
        "services": shown.services,
        "legend_title": legend_title(shown),
        "sites": answer.scenarios[view.active].sites if answer.scenarios else (),
        "closed": answer.scenarios[view.active].closed if answer.scenarios else (),
        "proposed": len(answer.only_proposed),
        "scenarios": [row for row in compared(answer) if not row[0].startswith(LEFT_OUT)],
        "proof": _proof(answer),
        "communes": list(_communes(shown)),
        "parts": [_part(one) for one in answer.inequality.territories],
        "districts": [_part(one) for one in answer.inequality.districts],
        "whole": _part(answer.inequality.whole),
        "method": method(shown),
        "remarks": shown.remarks,
        "sources": [cite(source) for source in sources[:MOST_SOURCES]],
        "address": f"{GAPS}{format_gap_view(view)}",
        "lost": ("hors d’atteinte", classes.out_of_reach),
        "farthest": "Communes les plus éloignées",
        "part_heads": ("Au-delà", "Part", f"Moy. ({short_unit(shown.model)})"),
        **(_room_values(answer.room, catalogue) if answer.room is not None else {}),
    }


def _room_values(found: Capacity, catalogue: Catalogue) -> dict[str, Any]:
    """Return what a note about room has in the stead of what one about ways has."""
    classes, noun = classify_room(found), place_noun(found.question)
    sources = as_capacity_layer(found, catalogue).sources
    names = {code: one.name for code, one in catalogue.reference.territories.items()}
    rows = found.communes[found.communes["people"] >= 1].head(MOST_COMMUNES)
    return {
        "title": f"{found.question.title} : combien de places pour chacun ?",
        "sentence": capacity_sentence(found, catalogue.reference),
        "caution": "",
        "more": [],
        "figures": room_figures(found),
        "hatch": "",
        "legend": list(zip(COLOURS, class_texts(classes), classes.counts, strict=True)),
        "legend_title": room_legend_title(found),
        "unit": "",
        "word": f"Par {noun}",
        "scenarios": [],
        "communes": [_room_commune(row) for row in rows.to_dict("records")],
        "lost": ("rien à portée", classes.out_of_reach),
        "farthest": "Communes les moins bien pourvues",
        "part_heads": (
            place_noun(found.question, several=True).capitalize(),
            f"Par {noun}",
            "Sans",
        ),
        "parts": [
            dict(zip(("name", "beyond", "share", "mean"), row, strict=True))
            for row in territory_rows(found, names)
        ],
        "districts": [],
        "whole": {
            "name": "Pas-de-Calais",
            "beyond": format_number(found.reached, 1),
            "share": per_place(found.mean),
            "mean": format_number(round(found.without)),
        },
        "method": capacity_method(found),
        "remarks": found.remarks,
        "sources": [cite(source) for source in sources[:MOST_SOURCES]],
    }


def _room_commune(row: Mapping[Hashable, Any]) -> dict[str, str]:
    return {
        "commune": typeset(row["commune"]),
        "people": format_number(round(row["people"])),
        "time": per_place(row["people_per_place"]),
        "bracket": f"{per_place(row['per_place_low'])} à {per_place(row['per_place_high'])}"
        if math.isfinite(row["per_place_low"])
        else "",
    }


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _bands(answer: Answer) -> list[tuple[str, str, str, int]]:
    """Return the swatch of each band around a site, its edge, its bounds, who lives in it."""
    if answer.bands is None:
        return []
    unit = short_unit(answer.view.model)
    return [
        (_picture(band_swatch(number)), edge, band.named(unit), band.people)
        for number, (edge, band) in enumerate(zip(EDGES, answer.bands.bands, strict=True))
    ]


def _proof(answer: Answer) -> list[str]:
    found = answer.proposal
    if found is None or {new.site.word for new in found.sites} != set(answer.shown.sites):
        return []
    return [proof_sentence(found), *stability_sentences(found)]


def _communes(gaps: Gaps) -> Iterable[dict[str, str]]:
    for row in gaps.beyond.head(MOST_COMMUNES).to_dict("records"):
        low, high = row["minutes_low"], row["minutes_high"]
        ends = [format_number(end, 1) for end in (low, high)]
        yield {
            "commune": typeset(row["commune"]),
            "epci": typeset(row["epci"]),
            "people": format_number(round(row["people"])),
            "time": measured(row["minutes"], gaps.model),
            "bracket": " à ".join(ends) if math.isfinite(high) else "",
            "second": typeset(row["second_commune"] or "–"),
        }


def _part(group: Inequality) -> dict[str, str]:
    return {
        "name": typeset(group.name),
        "beyond": format_number(group.beyond),
        "share": format_percent(group.share_beyond) if group.people else "–",
        "mean": format_number(group.mean, 1) if math.isfinite(group.mean) else "–",
    }
