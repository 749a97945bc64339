"""What lies in the folder of an import: all the state there is, which any process goes on from."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from app.imports.geocoded_rows import GeocodedRows, Progress
from app.imports.kept import ACCOUNT, MADE, MADE_ACCOUNT, load_made
from app.imports.summary import SUMMARY, Summary, load_summary
from geo.whole_file import write_whole
from layers.brought.choice import Choice
from layers.brought.making import Made
from layers.brought.problems import Problem

SOURCE: Final = "source"
CHOICE: Final = "choice.json"
RESULT: Final = "result.json"
NAME: Final = "name"
REFUSAL: Final = "refused"
LAYER: Final = "layer"
HELD: Final = "held.lock"
"""Held by whoever writes into the folder, let go when that process ends, however it does."""


class FileFolder:
    """What is kept of one file.

    Parameters
    ----------
    folder
        Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.geocoded = GeocodedRows(folder)

    @property
    def summary(self) -> Summary:
        """What the page of the file says of it; raises BroughtFileError before it is read."""
        return load_summary(self.folder)

    @property
    def choice(self) -> Choice | None:
        """What was chosen to be made of the table, None when nothing is yet."""
        try:
            text = (self.folder / CHOICE).read_text(encoding="utf-8")
        except OSError:
            return None
        return Choice.from_record(json.loads(text))

    @property
    def title(self) -> str:
        """What the file is called for people."""
        if name := self._said(NAME):
            return name
        try:
            account = json.loads((self.folder / ACCOUNT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return "Fichier"
        return str(account["name"])

    @property
    def refusal(self) -> str:
        """Why the last step was refused; empty when it was not."""
        return self._said(REFUSAL)

    def refuse(self, why: str) -> None:
        """Keep why a step was refused; what can never be read is not kept for it."""
        self.say(REFUSAL, why)
        if not self.is_read:
            (self.folder / SOURCE).unlink(missing_ok=True)

    @property
    def layer_id(self) -> str:
        """Identifier of the layer that is made, or was begun to be, of the file; empty before."""
        return self._said(LAYER)

    def say(self, what: str, text: str) -> None:
        """Keep a text: :data:`NAME`, :data:`REFUSAL` or :data:`LAYER`."""
        write_whole(self.folder / what, text)

    @property
    def is_read(self) -> bool:
        """Whether what the file holds is known."""
        return (self.folder / SUMMARY).exists()

    @property
    def chosen(self) -> bool:
        """Whether what the columns are is settled, and the placing begun."""
        return self.geocoded.known

    def forget(self) -> None:
        """Forget the file and all that was made of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_progress(self) -> None:
        """Go back to before the placing; the choice stays, to be corrected."""
        self.geocoded.forget()
        for name in (RESULT, MADE, MADE_ACCOUNT, REFUSAL, LAYER):
            (self.folder / name).unlink(missing_ok=True)

    def progress(self) -> Progress:
        """Tell how far the geocoding is; raises BroughtFileError before the choice is kept."""
        return self.geocoded.progress()

    @property
    def made(self) -> Made:
        """The layer that was made; raises BroughtFileError when there is none."""
        return load_made(self.folder)

    def keep_result(
        self, layer_id: str, made: Made, rows: int, told: Sequence[Problem] = ()
    ) -> None:
        """Keep what a person wants to know of the layer that was made, and what else was told."""
        record = {
            "layer": layer_id,
            "rows": rows,
            "imported": len(made.rows),
            "left_out": made.left_out,
            "problems": [asdict(problem) for problem in (*made.problems, *told)],
        }
        write_whole(self.folder / RESULT, json.dumps(record, ensure_ascii=False))

    @property
    def result(self) -> dict[str, Any] | None:
        """What was kept of the layer that was made, None when there is none; its problems typed."""
        try:
            record: dict[str, Any] = json.loads((self.folder / RESULT).read_text(encoding="utf-8"))
        except OSError:
            return None
        return {**record, "problems": [Problem(**problem) for problem in record["problems"]]}

    def _said(self, what: str) -> str:
        with suppress(OSError):
            return (self.folder / what).read_text(encoding="utf-8")
        return ""
