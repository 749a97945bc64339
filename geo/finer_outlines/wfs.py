"""Outlines of communes from the WFS of the IGN (ADMIN EXPRESS 4), page by page."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import geopandas as gpd
import orjson
import pandas as pd

from geo.crs import EXCHANGE
from geo.finer_outlines.match import DEPARTEMENT_PREFIX, OutlineError
from geo.http_service import BrokenAnswerError, HttpService, RequestPolicy

WFS: Final = "https://data.geopf.fr"
PAGE: Final = 500
MOST_PAGES: Final = 10
LARGEST_ANSWER: Final = 100_000_000
SLOW: Final = RequestPolicy(per_second=5.0, timeout_s=60.0)
"""The service takes ten requests a second for downloads and asks to wait after that."""
EASTERNMOST: Final = 20.0
"""No longitude of the département is beyond it, and no latitude below: pairs the other way round
are told so."""
QUESTION: Final = {
    "SERVICE": "WFS",
    "VERSION": "2.0.0",
    "REQUEST": "GetFeature",
    "TYPENAMES": "LIMITES_ADMINISTRATIVES_EXPRESS.LATEST:commune",
    "CQL_FILTER": f"code_insee_du_departement='{DEPARTEMENT_PREFIX}'",
    "SRSNAME": "EPSG:4326",
    "OUTPUTFORMAT": "application/json",
    "SORTBY": "code_insee",
    "COUNT": PAGE,
}


@dataclass(frozen=True, slots=True)
class _Page:
    frame: gpd.GeoDataFrame
    matched: int | None


def fetch_from_ign(address: str = WFS, policy: RequestPolicy = SLOW) -> gpd.GeoDataFrame:
    """Ask the IGN for the communes of the département.

    Returns
    -------
    geopandas.GeoDataFrame
        ``code``, ``geometry``, EPSG:4326.

    Raises
    ------
    OutlineError
        The service does not answer, or answers what cannot be used.
    """
    service = HttpService("WFS de l’IGN", address, OutlineError, LARGEST_ANSWER, policy)
    frames, come = list[gpd.GeoDataFrame](), 0
    for _ in range(MOST_PAGES):
        query = urlencode({**QUESTION, "STARTINDEX": come})
        page = service.ask("GET", f"/wfs/ows?{query}", None, _read_page)
        frames.append(page.frame)
        come += len(page.frame)
        done = come >= page.matched if page.matched is not None else len(page.frame) < PAGE
        if done or page.frame.empty:
            break
    whole = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=EXCHANGE)
    _check(whole, page.matched)
    return whole


def _read_page(body: bytes) -> _Page:
    try:
        told: dict[str, Any] = orjson.loads(body)
        features: list[Any] = told["features"]
        codes = [str(feature["properties"]["code_insee"]) for feature in features]
        matched = told.get("numberMatched")
        if not features:
            empty = gpd.GeoDataFrame({"code": []}, geometry=[], crs=EXCHANGE)
            return _Page(empty, matched if isinstance(matched, int) else None)
        frame = gpd.GeoDataFrame.from_features(features, crs=EXCHANGE)[["geometry"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenAnswerError("réponse illisible") from error
    frame = frame.assign(code=codes)[["code", "geometry"]]
    return _Page(frame, matched if isinstance(matched, int) else None)


def _check(whole: gpd.GeoDataFrame, matched: int | None) -> None:
    if whole.empty or (matched is not None and len(whole) != matched):
        raise OutlineError(
            f"WFS de l’IGN : {len(whole)} communes reçues, {matched or 'au moins une'} attendues."
        )
    twice = whole["code"][whole["code"].duplicated()]
    if len(twice):
        raise OutlineError(
            f"WFS de l’IGN : la commune {twice.iloc[0]} est dans deux pages ; redemandez plus tard."
        )
    if whole.total_bounds[0] > EASTERNMOST:
        raise OutlineError("WFS de l’IGN : la latitude vient avant la longitude.")
