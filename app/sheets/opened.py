"""Which sheet a view opens: of a place, of several, of a contract, of a quartier prioritaire."""

from typing import Final

from app.map.atlas import Atlas
from app.parts import markup as html
from app.parts.markup import Child, Element
from app.parts.typography import shown_name, typeset
from app.sheets.comparison import render_comparison
from app.sheets.district import render_district
from app.sheets.subjects import contract_title, render_contract
from app.sheets.territory import render_sheet
from app.view.side_by_side import Opened
from app.view.state import ViewState
from app.web.addresses import BOOKLETS
from geo.perimeter import DEPARTEMENT, Perimeter
from layers.french.wording import enumerate_words
from layers.model.layer import LayerError
from layers.operation.funding import total
from layers.operation.sheet import find_row
from layers.sheets.compared_rows import Comparison
from layers.sheets.comparison import compare
from layers.sheets.contact import contact
from layers.sheets.contract import contract_sheet
from layers.sheets.district import district_sheet
from layers.sheets.similarity import Resembling, resembling
from layers.sheets.subject import Subject, SubjectKind
from layers.sheets.subject_comparison import compare_subjects

ACTIONS: Final = (
    ("print", "Imprimer"),
    ("copy", "Copier le lien"),
    ("qr", "Code QR"),
)
"""What else can be done with a view: the attribute that the scripts listen for, and the words."""

BOOKLET: Final = "Autres formats"
PRINTED: Final = {"data-booklet": "1"}
"""Marks the link to the paper: the scripts lead it to what the map shows."""


def render_opened(atlas: Atlas, view: ViewState) -> list[Child]:
    """Return the sheet of a view; one that cannot be made says why in its place."""
    try:
        return [*_render(atlas, view), _actions()]
    except LayerError as error:
        return [html.P(f"Fiche indisponible. {error}", className="failure", role="note")]


def _render(atlas: Atlas, view: ViewState) -> list[Child]:
    if view.compared:
        return render_comparison(_compare(atlas, view))
    if view.subject:
        return _render_subject(atlas, view.subject)
    profile = atlas.profile(view.place)
    found = contact(atlas.catalogue, view.place, profile.contracts)
    return render_sheet(atlas.reference, profile, _alike(atlas, view.place), found)


def _actions() -> Element:
    """Return what can be done with the view, for a phone has no room for it above the map."""
    buttons = [
        html.Button(words, type="button", className="link", **{f"data-{what}": "1"})
        for what, words in ACTIONS
    ]
    booklet = html.A(BOOKLET, href=BOOKLETS, className="link", **PRINTED)
    return html.P([*buttons, booklet], className="actions in-hand")


def opened_name(atlas: Atlas, view: ViewState) -> str:
    """Return what the sheet of a view is about, in a few words."""
    try:
        return enumerate_words(_name(atlas, one) for one in view.opened)
    except LayerError:
        return shown_name(atlas.reference, view.place)


def _name(atlas: Atlas, one: Opened) -> str:
    if isinstance(one, Subject):
        return subject_name(atlas, one)
    return shown_name(atlas.reference, one)


def subject_name(atlas: Atlas, subject: Subject) -> str:
    """Return the name of a subject.

    Raises
    ------
    layers.model.layer.LayerError
        A table that holds it cannot be read.
    """
    if subject.kind is SubjectKind.DISTRICT:
        return typeset(find_row(atlas.catalogue, "qpv", subject.code)["name"])
    return contract_title(contract_sheet(atlas.catalogue, subject.code), atlas.reference)


def _alike(atlas: Atlas, place: Perimeter) -> tuple[Resembling, ...]:
    """Return the places most like a place; none when the districts cannot be read, as is said."""
    try:
        return resembling(atlas.catalogue, place)
    except LayerError:
        return ()


def _compare(atlas: Atlas, view: ViewState) -> Comparison:
    subjects = [one for one in view.opened if isinstance(one, Subject)]
    if subjects:
        return compare_subjects(atlas.catalogue, subjects)
    places = [atlas.profile(one) for one in view.opened if isinstance(one, Perimeter)]
    return compare(atlas.catalogue, places, atlas.profile(DEPARTEMENT))


def _render_subject(atlas: Atlas, subject: Subject) -> list[Child]:
    catalogue = atlas.catalogue
    if subject.kind is SubjectKind.DISTRICT:
        return render_district(atlas.reference, district_sheet(catalogue, subject.code))
    sheet = contract_sheet(catalogue, subject.code)
    joined = {operation.id for operation in sheet.operations}
    rows = [row for row in atlas.profile(sheet.perimeter).operations if row["id"] in joined]
    return render_contract(atlas.reference, sheet, total(catalogue), rows)
