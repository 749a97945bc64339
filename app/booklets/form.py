"""What is asked of the page *Livrets*: read from an address or a form, written as an order."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from app.exports.booklet.scene.request import LONGEST_TITLE
from app.exports.booklet.scene.words import COMPARED
from app.jobs.order import Order
from app.view.keys import EXPLORER, names
from app.view.query import LONGEST_QUERY
from app.view.state import DEFAULT, NO_LAYER, format_view, parse_view
from app.view.words import make_vocabulary
from geo.perimeter import PlaceError, shorten
from layers.background import FOND, has_background
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import find_perimeter
from layers.french.wording import typeset
from layers.indicators.every import list_indicators
from layers.model.layer import LayerError

PAPERS: Final = ("A4", "A3")
ORIENTATIONS: Final = {"auto": "selon la forme", "portrait": "portrait", "paysage": "paysage"}
OUTPUTS: Final = {
    "pdf": "PDF pour l’écran",
    "imprimeur": "PDF pour l’imprimeur",
    "svg": "SVG",
    "png": "PNG 300 ppp",
    "html": "Carte hors ligne",
}
BATCHES: Final = {"contrats": "les contrats", "epci": "les EPCI", "communes": "les communes"}
BATCH_OUTPUTS: Final = ("pdf", "imprimeur")

PLACE, COMPARED_WITH, INDICATOR, LEVEL, LAYERS = names(
    EXPLORER, "place", "compared", "indicator", "level", "layers"
).values()
"""Names of the fields that the address of the Explorer has too."""
SETTINGS: Final = tuple(
    key.name
    for key in EXPLORER
    if key.on_paper and key.name not in {PLACE, COMPARED_WITH, INDICATOR, LAYERS}
)
"""Of the address of a view of the Explorer: how its indicator is painted, what is filtered."""
CAPTION: Final = "legende-"
"""Stands before the identifier of an operation in the name of the field of its caption."""

Output = Literal["pdf", "imprimeur", "svg", "png", "html"]


class FormError(Exception):
    """What is asked cannot be done; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Form:
    """A page as it is asked for.

    Parameters
    ----------
    place
        Written form of a perimeter, or ``contrat:`` and a contract.
    layers
        Identifiers; None leaves them to the page.
    indicator
        Empty for none.
    captions
        Of operations, each with its identifier.
    sheet
        Whether the sheet of the place follows in the PDF for the screen.
    logo_frames
        Whether an empty frame keeps the place of a logo that is not given.
    settings
        Part of the address of a view of the Explorer: level, classes, filters; empty for none.
    partner_logo, departement_logo, profile
        Files on this server; never from an address.
    """

    place: str = str(DEFAULT.place)
    paper: str = "A4"
    orientation: str = "auto"
    layers: tuple[str, ...] | None = None
    indicator: str = ""
    title: str = ""
    subtitle: str = ""
    captions: tuple[tuple[str, str], ...] = ()
    sheet: bool = False
    logo_frames: bool = False
    settings: str = ""
    partner_logo: Path | None = None
    departement_logo: Path | None = None
    profile: Path | None = None


def read_form(given: MultiDict[str, str], catalogue: Catalogue) -> tuple[Form, tuple[str, ...]]:
    """Read a form or an address, that of a view of the Explorer too.

    Parameters
    ----------
    given
        ``lieu``, ``format``, ``orientation``, ``couches`` (a list, or names between commas),
        ``indicateur``, ``titre``, ``soustitre``, ``fiche``, ``cadres``, for each operation
        :data:`CAPTION` with its identifier, and :data:`SETTINGS`, themselves or in one,
        ``reglages``; whatever else is there is not for paper.

    Returns
    -------
    form
        Part by part, the default where what was given could not be used.
    remarks
        One French sentence for each thing that was ignored.
    """
    remarks: list[str] = []
    place, shown = given.get(PLACE, "").strip() or Form().place, Form().place
    try:
        found = find_perimeter(catalogue, place[:200])
        shown = f"contrat:{found.contract}" if found.contract else str(found.perimeter)
        remarks += [found.remark] if found.remark else []
    except (PlaceError, LayerError) as error:
        remarks.append(f"{error} Affiché : le Pas-de-Calais.")
    layers, strangers = _read_layers(given, catalogue)
    remarks += [f"Couche « {shorten(one)} » inconnue : ignorée." for one in strangers[:1]]
    chosen = given.get(INDICATOR, "")
    if chosen and chosen not in catalogue.derive_own(list_indicators):
        remarks.append(f"Indicateur « {shorten(chosen)} » inconnu : ignoré.")
        chosen = ""
    settings, told = _read_settings(given, chosen, catalogue)
    remarks += told
    form = Form(
        place=shown,
        paper=_among(given.get("format", ""), PAPERS),
        orientation=_among(given.get("orientation", ""), tuple(ORIENTATIONS)),
        layers=layers,
        indicator=chosen,
        title=_text(given.get("titre", "")),
        subtitle=_text(given.get("soustitre", "")),
        captions=_read_captions(given, catalogue),
        sheet=bool(given.get("fiche")),
        logo_frames=bool(given.get("cadres")),
        settings=settings,
    )
    return form, tuple(remarks)


def order_page(form: Form, output: str, name: str, edition: str) -> Order:
    """Return the order of one file.

    Raises
    ------
    FormError
        There is no such output.
    """
    if output not in OUTPUTS:
        raise FormError(f"Sortie « {shorten(output)} » inconnue ; sorties : {', '.join(OUTPUTS)}.")
    kind = cast("Output", output)
    ending = {"imprimeur": "pdf"}.get(kind, kind)
    stem = form.place.replace(":", "-")
    file = f"{'carte' if kind == 'html' else 'livret'}-{stem}.{ending}"
    place = ("--perimetre", form.place, "--remplacer")
    title = typeset(f"{name} : {OUTPUTS[kind]}")
    if kind == "html":
        words = ("carte-hors-ligne", *place, *_offline_words(form))
    else:
        checked = ("--controle",) if ending == "pdf" else ()
        printer = _printer_words(form) if kind == "imprimeur" else ()
        sheet = ("--fiche",) if form.sheet and kind == "pdf" else ()
        words = ("livret", *place, *_page_words(form), *printer, *sheet, *checked)
    return Order(title, words, file, file, edition=edition)


def order_batch(form: Form, what: str, output: str, pages: int, edition: str) -> Order:
    """Return the order of all pages of a kind, in a ZIP.

    Raises
    ------
    FormError
        There is no such kind, or it cannot be had as that.
    """
    if what not in BATCHES or output not in BATCH_OUTPUTS:
        raise FormError(
            f"Lot « {shorten(what)} » en « {shorten(output)} » inconnu ; "
            f"lots : {', '.join(BATCHES)}, en {' ou '.join(BATCH_OUTPUTS)}."
        )
    every = (
        *("--format", form.paper, "--orientation", form.orientation),
        *_drawn_choices(form),
        *_drawn_words(form),
    )
    printer = _printer_words(form) if output == "imprimeur" else ()
    words = ("livret", "--tous", what, *every, *printer)
    title = typeset(f"Toutes les pages : {BATCHES[what]}, {OUTPUTS[cast('Output', output)]}")
    return Order(title, words, "pages", "pages/*.zip", pages, "pages/*.pdf", "lot", edition)


def _page_words(form: Form) -> tuple[str, ...]:
    return (
        *("--format", form.paper, "--orientation", form.orientation),
        # joined by « = », a text that begins with a hyphen is no option
        f"--titre={form.title}",
        f"--sous-titre={form.subtitle}",
        *_drawn_choices(form),
        *_drawn_words(form),
    )


def _drawn_words(form: Form) -> tuple[str, ...]:
    """Return what only a drawn page has."""
    logos = {"partenaire": form.partner_logo, "departement": form.departement_logo}
    return (
        *(f"--legende={operation}={words}" for operation, words in form.captions),
        *(f"--logo-{whose}={path}" for whose, path in logos.items() if path),
        *(("--cadres-logos",) if form.logo_frames else ()),
    )


def _printer_words(form: Form) -> tuple[str, ...]:
    return ("--imprimeur", *((f"--profil={form.profile}",) if form.profile else ()))


def _drawn_choices(form: Form) -> tuple[str, ...]:
    """Return the choices, and how the view of the Explorer that they come from is set."""
    if not form.settings:
        return _choices(form)
    # what the page leaves out, the view would have
    none = () if form.indicator else ("--indicateur=",)
    return (f"--vue={form.settings}", *_choices(form), *none)


def _choices(form: Form) -> tuple[str, ...]:
    layers = () if form.layers is None else (f"--couches={','.join(form.layers)}",)
    return (*layers, *((f"--indicateur={form.indicator}",) if form.indicator else ()))


def _offline_words(form: Form) -> tuple[str, ...]:
    return (f"--titre={form.title}", *_choices(form))


def _read_layers(
    given: MultiDict[str, str], catalogue: Catalogue
) -> tuple[tuple[str, ...] | None, list[str]]:
    if LAYERS not in given:
        return None, []
    asked = [part.strip() for text in given.getlist(LAYERS) for part in text.split(",")]
    ground = [FOND] if has_background(catalogue) else []
    known = [*(layer.id for layer in catalogue.layers.values()), *ground]
    printed = {*(layer.id for layer in catalogue.layers.values() if layer.local), *ground}
    strangers = [one for one in asked if one and one not in known and one != NO_LAYER]
    return tuple(one for one in known if one in asked and one in printed), strangers


def _read_settings(
    given: MultiDict[str, str], indicator: str, catalogue: Catalogue
) -> tuple[str, list[str]]:
    """Return how a view of the Explorer is set, as its address has it, and what was ignored."""
    asked = dict(parse_qsl(given.get("reglages", "")[:LONGEST_QUERY]))
    asked.update({key: given[key] for key in SETTINGS if given.get(key)})
    kept = {key: asked[key] for key in SETTINGS if key in asked}
    if not kept and not given.get(COMPARED_WITH):
        return "", []
    about = {INDICATOR: indicator, **kept} if indicator else kept
    view, remarks = parse_view(urlencode(about), make_vocabulary(catalogue))
    written = dict(parse_qsl(format_view(view).removeprefix("?")))
    # the level goes without saying on the map, not on paper
    level = {LEVEL: str(view.level)} if indicator and LEVEL in kept else {}
    settings = {key: text for key, text in {**level, **written}.items() if key in SETTINGS}
    told = [COMPARED] if given.get(COMPARED_WITH) else []
    return urlencode(settings, safe=",."), [*remarks, *told]


def _read_captions(given: MultiDict[str, str], catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    names = [name for name in given if name.startswith(CAPTION)]
    if not names:
        return ()
    try:
        known = frozenset(catalogue.load("operations")["id"])
    except LayerError:
        return ()
    read = ((name.removeprefix(CAPTION), _text(given.get(name, ""))) for name in sorted(names))
    return tuple((operation, words) for operation, words in read if words and operation in known)


def _among(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else known[0]


def _text(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_TITLE]


def edition_of(moment: dt.datetime, version: int, now: dt.datetime) -> str:
    """Return what the files depend on besides the order: data, store, and the day printed."""
    return f"{moment.isoformat()} {version} {now.date().isoformat()}"
