"""Apply reviewed corrections to what was read: each names its field, both values and its reason."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from layers.deliberation.draft.error import DeliberationError
from layers.deliberation.draft.files import as_record
from layers.deliberation.draft.model import Draft

FILE: Final = Path("contracts") / "corrections.yaml"


class CorrectionError(DeliberationError):
    """A correction does not fit what was read; the message is a French sentence."""


class Correction(BaseModel):
    """A value of one deliberation that was read and corrected on review.

    ``champ`` is the path of the value, ``operations.3.axes.2``; ``lu`` is what the reader gives.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    deliberation: str
    champ: str
    lu: str | None
    corrige: str | None
    motif: str


def read_corrections(data: Path) -> list[Correction]:
    """Read the list of corrections; none when the file is absent.

    Raises
    ------
    CorrectionError
        The file is damaged.
    """
    path = data / FILE
    if not path.exists():
        return []
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(list[Correction]).validate_python(rows)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CorrectionError(f"{path.name} : liste de corrections illisible.") from error


def correct(draft: Draft, name: str, corrections: Iterable[Correction]) -> Draft:
    """Return the draft with the corrections of a deliberation.

    Raises
    ------
    CorrectionError
        A field is not there, or does not hold the value that the correction replaces.
    """
    record = as_record(draft)
    for correction in corrections:
        if correction.deliberation == name:
            _put(record, correction)
    return Draft.model_validate(record)


def _put(record: dict[str, Any], correction: Correction) -> None:
    *path, last = correction.champ.split(".")
    holder: Any = record
    try:
        for step in path:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        key: Any = int(last) if isinstance(holder, list) else last
        found = holder[key]
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise CorrectionError(
            f"Correction de « {correction.champ} » : ce champ n’existe pas."
        ) from error
    if found != correction.lu:
        raise CorrectionError(
            f"Correction de « {correction.champ} » : trouvé « {found} », attendu "
            f"« {correction.lu} »."
        )
    holder[key] = correction.corrige
