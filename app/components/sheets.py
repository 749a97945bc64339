"""Which sheet a view opens: of a place, of a contract, of a quartier prioritaire."""

from app.atlas import Atlas
from app.components import markup as html
from app.components.markup import Child
from app.components.sheet import render_sheet
from app.components.subject_sheet import contract_title, render_contract, render_district
from app.components.typography import shown_name, typeset
from app.view_state import ViewState
from layers.base import LayerError
from layers.contract_sheet import contract_sheet
from layers.district_sheet import district_sheet
from layers.funding import total
from layers.operation_sheet import find_row
from layers.subject import Subject, SubjectKind


def render_opened(atlas: Atlas, view: ViewState) -> list[Child]:
    """Return the sheet of a view; one that cannot be made says why in its place."""
    if view.subject is None:
        return render_sheet(atlas.reference, atlas.profile(view.place))
    try:
        return _render_subject(atlas, view.subject)
    except LayerError as error:
        return [html.P(f"Fiche indisponible. {error}", className="failure", role="note")]


def opened_name(atlas: Atlas, view: ViewState) -> str:
    """Return what the sheet of a view is about, in a few words."""
    if view.subject is None:
        return shown_name(atlas.reference, view.place)
    try:
        return subject_name(atlas, view.subject)
    except LayerError:
        return shown_name(atlas.reference, view.place)


def subject_name(atlas: Atlas, subject: Subject) -> str:
    """Return the name of a subject.

    Raises
    ------
    layers.base.LayerError
        A table that holds it cannot be read.
    """
    if subject.kind is SubjectKind.DISTRICT:
        return typeset(find_row(atlas.catalogue, "qpv", subject.code)["name"])
    return contract_title(contract_sheet(atlas.catalogue, subject.code), atlas.reference)


def _render_subject(atlas: Atlas, subject: Subject) -> list[Child]:
    catalogue = atlas.catalogue
    if subject.kind is SubjectKind.DISTRICT:
        return render_district(atlas.reference, district_sheet(catalogue, subject.code))
    sheet = contract_sheet(catalogue, subject.code)
    joined = {operation.id for operation in sheet.operations}
    rows = [row for row in atlas.profile(sheet.perimeter).operations if row["id"] in joined]
    return render_contract(atlas.reference, sheet, total(catalogue), rows)
