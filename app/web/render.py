"""From plain data to HTML: one environment, everything escaped, numbers and spaces in French."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.parts.search_box import NAMES, SEARCH_HINT
from app.parts.typography import typeset
from app.web import addresses as urls
from app.web.accessibility_state import link_text
from app.web.bundles import bundle
from geo.names import of_place
from layers.french import wording
from layers.french.wording import (
    format_date,
    format_days,
    format_euros,
    format_km2,
    format_number,
    format_percent,
    plural,
)
from layers.reconciliation.sentences import write_difference, write_value

APP: Final = Path(__file__).parents[1]
NAVIGATION: Final = (
    (urls.EXPLORE, "Explorer"),
    (urls.GAPS, "Écarts"),
    (urls.BOOKLETS, "Livrets"),
    (urls.DATA, "Données"),
    (urls.FUNDING, "Financements"),
    (urls.TRUST, "Peut-on s’y fier\u202f?"),
    (urls.HELP, "Aide"),
)
FOOT: Final = ((urls.SITE_PLAN, "Plan du site"), (urls.ACCESSIBILITY, link_text()))
"""At the foot of every page, as the law wants it."""

FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "anchor": urls.anchor,
    "cents": lambda amount: format_euros(amount, cents=True),
    "date": format_date,
    "euros": format_euros,
    "french": typeset,
    "quoted": wording.typeset,
    "iso_date": lambda day: format_date(date.fromisoformat(day)),
    "km2": format_km2,
    "line_anchor": urls.line_anchor,
    "number": format_number,
    "of_place": of_place,
    "percent": format_percent,
}
GLOBALS: Final[Mapping[str, Any]] = {
    "navigation": NAVIGATION,
    "foot": FOOT,
    "bundle_url": lambda name: bundle(name).url,
    "breakdown_url": urls.breakdown_url,
    "contract_url": urls.contract_url,
    "file_url": urls.file_url,
    "finding_url": urls.finding_url,
    "format_days": format_days,
    "geocoder_url": urls.geocoder_url,
    "map_url": urls.map_url,
    "operation_url": urls.operation_url,
    "plural": plural,
    "search_hint": SEARCH_HINT,
    "search_names": NAMES,
    "position_url": urls.position_url,
    "urls": urls,
    "write_difference": write_difference,
    "write_value": write_value,
}


class Renderer:
    """The templates, read once."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(sorted(APP.glob("**/templates"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(FILTERS)
        self._environment.globals.update(GLOBALS)

    def render(self, template: str, path: str, **values: object) -> str:
        """Return a page.

        Parameters
        ----------
        template
            Name of the file.
        path
            Address of the page on this server, which the navigation marks.
        values
            What the template speaks of; one that it lacks is an error.
        """
        return self._environment.get_template(template).render(path=path, **values)
