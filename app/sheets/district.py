"""The sheet of a quartier prioritaire: who lives there, what stands in it, what surrounds it."""

from collections.abc import Sequence
from typing import Final

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.lists import render_districts, render_list, render_remarks, render_sources
from app.parts.markup import Child, Element
from app.parts.typography import keep_years, typeset
from app.sheets.comparison import offer_comparison
from app.sheets.contracts import render_contracts
from app.sheets.operation import render_operation
from app.sheets.territory import render_coverage, render_figures
from geo.reference.places import Reference
from layers.french.wording import format_number, plural
from layers.sheets.brought_districts import BroughtNumber
from layers.sheets.brought_figures import BROUGHT
from layers.sheets.district import DistrictSheet
from layers.sheets.district_figures import MEDIAN_OF
from layers.sheets.district_ground import NEAR_METRES, Standing, Standpoint, Surroundings
from layers.sheets.district_people import DistrictFigure
from layers.sheets.profile import Profile
from layers.sheets.subject import Subject, SubjectKind

HEADLINES: Final = ("population", "households", "poverty_rate_60")

RATES_NOTE: Final = (
    "Un taux divise le chiffre apporté par les habitants ou les ménages du quartier lui-même, au "
    "recensement de 2020 ; sans le chiffre, le taux n’est pas disponible."
)


def render_district(reference: Reference, sheet: DistrictSheet) -> list[Child]:
    """Return the sheet of a quartier prioritaire."""
    return [
        _head(sheet),
        _headlines(sheet.people),
        _money(sheet.money),
        _people(sheet.people),
        _brought(sheet.brought),
        _ground(sheet.around),
        render_contracts("Contrat de ville", reference, sheet.town_contracts, announced=True),
        render_contracts("Contrat de territoire", reference, sheet.contracts),
        _operations(sheet),
        _figures(sheet),
        render_districts(sheet.neighbours, "Autres quartiers prioritaires de ses communes"),
        render_list("Collèges de ses communes", sheet.colleges),
        *(render_list(f"{group.title} de ses communes", group.rows) for group in sheet.services),
        render_remarks(sheet.remarks),
        render_sources(sheet.sources),
    ]


def _head(sheet: DistrictSheet) -> Element:
    return html.Div(
        [
            html.P(["Quartier prioritaire (QPV)", *_places(sheet.communes)], className="kicker"),
            html.H2(keep_years(typeset(sheet.name))),
            html.P(keep_years(typeset(sheet.sentence)), className="sentence"),
            html.P(
                offer_comparison(str(Subject(SubjectKind.DISTRICT, sheet.code))),
                className="actions",
            ),
        ],
        className="sheet-head",
    )


def _places(communes: Sequence[Profile]) -> list[Child]:
    links = [go_to(one.perimeter, typeset(one.name)) for one in communes]
    return [part for link in links for part in (" · ", link)]


def _headlines(figures: Sequence[DistrictFigure]) -> Element:
    large = [one for one in figures if one.id in HEADLINES and one.value is not None]
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(one.title),
                    html.Dd(one.number, className="headline"),
                    html.Dd(f"médiane {one.median_number}", className="compared"),
                ],
                className=f"headline-{one.id}",
            )
            for one in large
        ],
        className="headlines",
    )


def _money(sentences: Sequence[str]) -> Element | None:
    if not sentences:
        return None
    told = [html.P(keep_years(typeset(sentence))) for sentence in sentences]
    return html.Section([html.H3("Son FIT, d’après les documents"), *told])


def _people(figures: Sequence[DistrictFigure]) -> Element:
    title = "Ses habitants"
    rows = [
        html.Tr(
            [
                html.Th(one.title, scope="row", title=one.meaning),
                html.Td(one.number, className="number"),
                html.Td(one.median_number, className="number"),
            ]
        )
        for one in figures
    ]
    heads = [html.Th(head, scope="col", className="number") for head in ("ici", "médiane")]
    table = html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(rows)],
        className="figures",
        **{"aria-label": title},
    )
    fewest = min(one.peers for one in figures)
    most = max(one.peers for one in figures)
    note = (
        f"Médianes des quartiers prioritaires du Pas-de-Calais où le chiffre est publié : "
        f"{fewest} à {most} sur {most}. Habitants et ménages : recensement de 2020 ; les autres "
        "chiffres sont de 2020 à 2022, le fichier ne dit pas de quelle année."
    )
    return html.Section([html.H3(title), table, html.P(typeset(note), className="note")])


def _brought(numbers: Sequence[BroughtNumber]) -> Element | None:
    if not numbers:
        return None
    rows = [
        html.Tr(
            [
                html.Th(typeset(one.title), scope="row", title=typeset(one.source.named)),
                html.Td(typeset(one.number), className="number"),
                html.Td(
                    [typeset(one.median), html.Span(f" ({one.peers})", className="peers")],
                    className="number",
                ),
            ]
        )
        for one in numbers
    ]
    heads = [html.Th(head, scope="col", className="number") for head in ("ici", "médiane")]
    table = html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(rows)],
        className="figures",
        **{"aria-label": BROUGHT},
    )
    note = "Médiane des quartiers dont le fichier apporté donne le chiffre : leur nombre la suit."
    if not all(one.own for one in numbers):
        note = f"{note} {RATES_NOTE}"
    return html.Section([html.H3(BROUGHT), table, html.P(typeset(note), className="note")])


def _ground(around: Sequence[Surroundings]) -> Element | None:
    found = [one for each in around for one in each.found]
    vague = sum(each.vague for each in around)
    if not found and not vague:
        return None
    title = f"Dans le quartier et à {NEAR_METRES} m ou moins"
    lists = [
        html.Div([html.H4(each.layer.title), _list(each.found)]) for each in around if each.found
    ]
    remark = (
        f"{plural(vague, 'site')} de ses communes : position connue à la commune ou au quartier "
        "près, ni dedans ni dehors ne peut être dit."
    )
    return html.Section(
        [
            html.H3(title),
            *lists,
            None if found else html.P("Aucun site dont la position est connue.", className="note"),
            html.P(typeset(remark), className="note") if vague else None,
        ]
    )


def _list(found: Sequence[Standpoint]) -> Element:
    items = [
        html.Li([html.Span(typeset(one.name)), html.Span(typeset(_said(one)))]) for one in found
    ]
    return html.Ul(items, className="listed")


def _said(one: Standpoint) -> str:
    """Return how a site stands: at the edge, neither inside nor outside."""
    within = f"à {one.unsure} m près"
    if one.standing is Standing.INSIDE:
        return "à l’intérieur"
    if one.standing is Standing.EDGE:
        return f"au bord ({within})"
    return f"à {format_number(one.metres, 0)} m ({within})"


def _operations(sheet: DistrictSheet) -> Element | None:
    if not sheet.operations:
        return None
    count = len(sheet.operations)
    title = (
        f"{plural(count, 'opération soutenue', 'opérations soutenues')} par le FIT dans "
        f"{'ses communes' if len(sheet.communes) > 1 else 'sa commune'}"
    )
    return html.Section([html.H3(title), *map(render_operation, sheet.operations)])


def _figures(sheet: DistrictSheet) -> Element:
    """Return the key figures of the communes that a district touches, counted together."""
    several = len(sheet.communes) > 1
    title = f"Chiffres clés de {f'ses {len(sheet.communes)} communes' if several else 'sa commune'}"
    note = MEDIAN_OF.format(max(figure.level_size for figure in sheet.figures))
    table = render_figures(title, sheet.figures, note)
    return html.Div([table, render_coverage(sheet.figures)])
