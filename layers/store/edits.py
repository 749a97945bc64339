"""What somebody changes of a layer after it was made: a list of edits, each undone at will.

The rows of the file are never changed: undoing is leaving out the last edit, and what was changed
by hand can always be told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from layers.french.wording import plural
from layers.model.layer import Field, LayerError, Source
from layers.model.style import Style
from layers.store.description import Description

TESTS: Final[Mapping[str, str]] = {
    "contient": "contient", "egal": "est", "au_moins": "au moins", "au_plus": "au plus",
    "vide": "est vide", "rempli": "est rempli",
}  # fmt: skip
NUMBERS: Final = frozenset(("int", "float", "money"))
NOT_AN_EDIT: Final = "Modification illisible."


@dataclass(frozen=True, slots=True)
class Edit:
    """One step that can be undone.

    Parameters
    ----------
    kind
        ``describe``, ``row``, ``move``, ``delete``, ``filter``, ``order`` or ``style``.
    said
        Plain values, as JSON has them; :data:`CHECKS` says which.
    """

    kind: str
    said: Mapping[str, Any]


def describe_edited(description: Description, edits: Sequence[Edit]) -> Description:
    """Return what a layer says of itself after edits; its remark tells what was done by hand."""
    told: list[str] = []
    for edit in edits:
        if edit.kind == "describe":
            description = _described(description, edit.said)
        elif edit.kind == "style":
            description = replace(description, style=Style(**edit.said))
    count = {kind: sum(edit.kind == kind for edit in edits) for kind in ("row", "move")}
    if count["row"]:
        told.append(plural(count["row"], "ligne corrigée", "lignes corrigées"))
    if count["move"]:
        told.append(plural(count["move"], "point déplacé", "points déplacés"))
    if gone := {line for e in edits if e.kind == "delete" for line in e.said["lines"]}:
        told.append(plural(len(gone), "ligne retirée", "lignes retirées"))
    by_hand = f"À la main : {', '.join(told)}." if told else ""
    narrowed = tell_filter(description, edits)
    remark = " ".join(filter(None, (description.remark, by_hand, narrowed)))
    return replace(description, remark=remark, narrowed=narrowed)


def tell_filter(description: Description, edits: Sequence[Edit]) -> str:
    """Return which rows are shown, a French sentence; empty where all are."""
    kept = last(edits, "filter")
    if not kept.get("column"):
        return ""
    label = field_of(description, kept["column"]).label
    said = f"« {kept['value']} »" if kept["test"] not in {"vide", "rempli"} else ""
    return f"Filtrée : « {label} » {' '.join(filter(None, (TESTS[kept['test']], said)))}."


def last(edits: Sequence[Edit], kind: str) -> Mapping[str, Any]:
    """Return what the last edit of a kind says; nothing where there is none."""
    return next((edit.said for edit in reversed(edits) if edit.kind == kind), {})


def field_of(description: Description, name: str) -> Field:
    """Return a column of a layer, or raise LayerError."""
    for field in description.fields:
        if field.name == name:
            return field
    raise LayerError(f"Colonne « {name[:40]} » : elle n’est pas dans la couche.")


def _described(description: Description, values: Mapping[str, str]) -> Description:
    first, *others = description.sources
    named = {"producer": values["producer"], "licence": values["licence"],
             "vintage": values["vintage"]}  # fmt: skip
    said = {name: text or getattr(first, name) for name, text in named.items()}
    source = Source(first.title, **said, address=first.address)
    remark = " ".join(filter(None, (values["remark"], description.remark)))
    return replace(description, title=values["title"], sources=(source, *others), remark=remark)


def typed_value(field: Field, value: Any) -> Any:  # noqa: ANN401 - as JSON has it
    """Return a value as its column has it."""
    return Decimal(value) if field.dtype == "money" and value is not None else value


def read_number(text: str) -> Decimal:
    """Read the number of a test; raises LayerError."""
    bare = "".join(text.split()).replace(",", ".").removesuffix("€")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise LayerError(f"Filtre : trouvé « {text[:40]} », attendu un nombre.")
    return number
