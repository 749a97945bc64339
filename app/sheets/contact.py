"""« Qui est mon interlocuteur ? » on the sheet of a place."""

from typing import Final

from app.parts import markup as html
from app.parts.go_to import go_to
from app.parts.markup import Element
from app.parts.typography import typeset
from layers.french.wording import plural
from layers.operation.fiche import Statement
from layers.sheets.contact import Contact
from layers.sheets.contract_ties import ContractTie
from layers.sheets.subject import Subject, SubjectKind

HOUSE: Final = "Maison du Département"
UNSAID: Final = (
    "Les documents n’en donnent ni l’adresse, ni le téléphone, ni le nom de personne à appeler."
)


def render_contact(contact: Contact | None) -> Element | None:
    """Return who answers for a place; nothing where it lies in several territories."""
    if contact is None:
        return None
    house = typeset(contact.house.text)
    return html.Section(
        [
            html.H3("Qui est mon interlocuteur\u202f?"),
            html.P(
                [
                    html.Strong(house),
                    typeset(
                        f", Maison du Département Aménagement et Développement Territorial du "
                        f"territoire {contact.territory} (rapport d’activité 2022, l. "
                        f"{contact.house.line}). Le rapport lui donne un « rôle d’interlocuteur "
                        f"de proximité » (l. {contact.role.line})."
                    ),
                ]
            ),
            *(_named(tie, services) for tie, services in contact.named),
            html.P(UNSAID, className="note"),
        ],
        className="contact",
        id="interlocuteur",
    )


def _named(tie: ContractTie, services: tuple[Statement, ...]) -> Element:
    houses = [one for one in services if one.text.lower().startswith(HOUSE.lower())]
    shown = houses or list(services[:1])
    rest = len(services) - len(shown)
    said = f"Pour le contrat de territoire {tie.period} ({tie.partner}), la délibération nomme"
    items = [html.Li(typeset(f"{_tidy(one.text)} (l. {one.source.line})")) for one in shown]
    more = go_to(Subject(SubjectKind.CONTRACT, tie.id), "Voir le contrat")
    others = f"Et {plural(rest, 'autre service', 'autres services')}. " if rest else ""
    return html.Div(
        [
            html.P(typeset(f"{said}, côté Département\u00a0:")),
            html.Ul(items, className="axes"),
            html.P([others, more]),
        ]
    )


def _tidy(text: str) -> str:
    """Return the words of a list without the sign that ends its line."""
    return text.rstrip(" ;.,")
