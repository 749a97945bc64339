"""The seven Maisons du Département Aménagement et Développement Territorial, as printed.

Source: report of 2022 on the activity of the services, chapter of the pôle aménagement; each name
quotes the line that it comes from.
"""

from collections.abc import Mapping
from typing import Final

from layers.documents.convention import Quotation

DOCUMENT: Final = "cd62-rapport-2022"
ROLE: Final = Quotation(
    "conforter le rôle d’interlocuteur de proximité sur l’ensemble des champs de", 5137, DOCUMENT
)
"""What the report says that each of them is there for."""

HOUSES: Final[Mapping[str, Quotation]] = {
    "arrageois": Quotation("MDADT de l’Arrageois", 5151, DOCUMENT),
    "artois": Quotation("MDADT de l’Artois", 5152, DOCUMENT),
    "audomarois": Quotation("MDADT de l’Audomarois", 5154, DOCUMENT),
    "boulonnais": Quotation("MDADT du Boulonnais", 5156, DOCUMENT),
    "calaisis": Quotation("MDADT du Calaisis", 5158, DOCUMENT),
    "lens-henin": Quotation("MDADT Lens - Hénin", 5160, DOCUMENT),
    "montreuillois-ternois": Quotation("MDADT du Montreuillois -Ternois", 5162, DOCUMENT),
}
"""Code of a territory → the name of its house."""
