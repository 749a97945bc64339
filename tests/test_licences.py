"""docs/licences.md names each package that is installed to run, with the licence that it has."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LINE = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \|", re.MULTILINE)
FAMILIES = {
    "MIT": r"\bMIT\b",
    "BSD": r"\b0?BSD\b",
    "Apache": r"\bApache",
    "LGPL": r"\bLGPL|Lesser General",
    "GPL": r"\bGPL|\bGNU General",
    "MPL": r"\bMPL|Mozilla",
    "PSF": r"\bPSF|Python Software",
    "ISC": r"\bISC",
    "HPND": r"MIT-CMU|HPND",
    "CC-BY": r"\bCC-BY",
}
COMPATIBLE_BY_ITSELF = {"MIT", "BSD", "Apache", "PSF", "ISC", "HPND"}
"""Permissive: their notice is kept. The others are told one by one in the document."""


def families(text):
    return {name for name, pattern in FAMILIES.items() if re.search(pattern, text)}


def installed(names):
    """Return the packages that some need, themselves among them, as far as they are here."""
    found, left = set(), list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name in found:
            continue
        found.add(name)
        for text in metadata.requires(name) or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                left.append(needed.name)
    return found


def declared(name):
    told = metadata.metadata(name)
    expression = told.get("License-Expression")
    if expression:
        return families(expression)
    first = (told.get("License") or "").strip().splitlines()[:1]
    classifiers = [text for text in told.get_all("Classifier", []) if text.startswith("License")]
    return families(" ".join([*first, *classifiers]))


def direct():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    options = project["optional-dependencies"]
    wanted = [*map(Requirement, [*project["dependencies"], *options["roads"], *options["postgis"]])]
    needed = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    return [name for one in needed for name in (one.name, *(f"{one.name}-{e}" for e in one.extras))]


def told():
    table = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("| --- |")[2]
    return dict(LINE.findall(table))


def test_each_package_that_runs_is_named_with_its_own_licence():
    wrong = {}
    said = {canonicalize_name(name): licence for name, licence in told().items()}
    for name in sorted(installed(direct())):
        known = declared(name)
        if name not in said or (known and families(said[name]) != known):
            wrong[name] = (said.get(name), known)
    assert wrong == {}


def test_what_is_not_permissive_is_told_by_name():
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    explained = text.partition("## Not only permissive")[2]
    for name, licence in told().items():
        assert families(licence), name
        if families(licence) - COMPATIBLE_BY_ITSELF:
            assert f"**{name}**" in explained
