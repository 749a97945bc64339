"""Read a document from end to end: the steps in their order."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from geo.names import normalise
from layers.deliberation.act.budget import read_budget
from layers.deliberation.act.conventions import read_convention
from layers.deliberation.act.identity import read_act
from layers.deliberation.act.provisions import read_provisions
from layers.deliberation.act.report import read_report
from layers.deliberation.act.summary import read_summary
from layers.deliberation.booklet.axis_bodies import read_bodies
from layers.deliberation.booklet.contracts import Found, read_booklets
from layers.deliberation.checks.consistency import check
from layers.deliberation.citations import cite
from layers.deliberation.draft.model import Act, Draft, Operation, Origin, Remark
from layers.deliberation.draft.values import Level
from layers.deliberation.fiche.operation import read_fiche
from layers.deliberation.linking import (
    link_contracts,
    link_fiche,
    list_city_contracts,
    title_fiche,
)
from layers.deliberation.text.reading import Reading
from layers.deliberation.text.source import Document, open_document
from layers.french.wording import plural

OTHER: Final = "autre document"
_SIGNS: Final = (
    r"deliberation (?:du conseil|de la commission|de l assemblee|cadre)",
    r"apres en avoir delibere",
    r"decide",
    r"vu (?:la deliberation|le code general|le rapport|l avis)",
    r"ainsi fait et delibere",
    r"dans les conditions de vote",
    r"approuve",
    r"sur proposition de son president",
)
_ENOUGH_SIGNS: Final = 2
_NO_DELIBERATION: Final = Remark(
    niveau=Level.ERROR,
    regle="pas-une-délibération",
    message="Ce document n’est pas une délibération : ni visa, ni décision, ni vote n’y ont été "
    "trouvés. Rien n’en est repris.",
)


def read_file(path: Path) -> Draft:
    """Read a ``.txt`` or ``.pdf`` file into a draft.

    Raises
    ------
    layers.deliberation.text.source.DocumentError
        The file cannot be opened.
    """
    return read_document(open_document(path))


def read_document(document: Document) -> Draft:
    """Read a document that was opened; what cannot be read is left empty and said."""
    reading = Reading.of(document)
    origin = Origin(fichier=document.name, sha256=document.digest, lignes=document.lines[-1].number)
    if not is_deliberation(reading):
        remarks = [_NO_DELIBERATION, *tell_encoding(document)]
        return Draft(document=origin, deliberation=Act(nature=OTHER), remarques=remarks)
    act, report, summary = read_act(reading), read_report(reading), read_summary(reading)
    found = read_booklets(reading)
    contracts = link_contracts(reading, act, report, found)
    contracts += list_city_contracts(reading)
    operations = []
    for part in reading.parts.fiches:
        operation = read_fiche(reading, part)
        before = [each.contract.partenaire for each in found if each.booklet.start < part.start]
        link_fiche(reading, part, operation, contracts, before[-1] if before else None)
        title_fiche(operation, summary)
        operations.append(operation)
    _read_bodies(reading, found, operations)
    read_provisions(reading, act)
    draft = Draft(
        document=origin,
        deliberation=act,
        contrats=contracts,
        operations=operations,
        tableau=summary,
        budget=read_budget(reading),
        rapport=report,
    )
    read_convention(reading)
    draft.remarques = [*tell_encoding(document), *reading.remarks, *check(draft)]
    draft.citations = cite(draft, document.lines)
    return draft


def _read_bodies(reading: Reading, found: Sequence[Found], operations: Sequence[Operation]) -> None:
    """Read the bodies of the axes, under the names of the contract and of its fiches."""
    for each in found:
        partner = each.contract.partenaire
        cited = [axis for one in operations if one.contrat == partner for axis in one.axes]
        lines = reading.lines[each.booklet.start : each.booklet.end]
        read_bodies(reading, each.contract, lines, cited)


def tell_encoding(document: Document) -> list[Remark]:
    """Say which lines were not in the encoding of the rest, were encoded twice, or lost signs."""
    if document.decoded is None:
        return []
    told = (
        (document.decoded.mixed, Level.NOTE, "lue dans un autre encodage que le reste"),
        (document.decoded.twice, Level.NOTE, "encodée deux fois, remise comme elle était"),
        (document.decoded.worn, Level.WARNING, "où des signes sont perdus"),
    )
    return [
        Remark(
            niveau=level,
            regle="encodage",
            message=f"{plural(len(lines), 'ligne')} {words} ; à relire dans le document.",
            lignes=list(lines),
        )
        for lines, level, words in told
        if lines
    ]


def is_deliberation(reading: Reading) -> bool:
    """Say whether a document is a deliberation: it decides, and says what it has seen."""
    if reading.parts.fiches:
        return True
    folded = [normalise(line.text) for line in reading.lines if 0 < len(line.text) < LONGEST_SIGN]
    found = sum(any(re.match(sign, line) for line in folded) for sign in _SIGNS)
    return found >= _ENOUGH_SIGNS


LONGEST_SIGN: Final = 400
