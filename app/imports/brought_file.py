"""One file on its way to a layer: every step leaves its result in a folder, and can go on from it.

The folder is all the state there is: any process can take the next step, and a step that was
interrupted is taken again. What the content of the file can make dear (reading, placing, making) is
done in a process of its own; here come only finished rows.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from app.imports.file_folder import CHOICE, SOURCE, FileFolder
from app.imports.geocoded_rows import NOT_CHOSEN, Progress
from app.imports.kept import (
    MADE_ACCOUNT,
    NOT_MADE,
    keep_made,
    load_made,
    load_table,
)
from app.imports.limits import BroughtFileError
from app.imports.sandbox import GEOCODE, read_apart, run_apart
from app.imports.summary import SUMMARY, Summary, summarise
from app.imports.table import Table
from geo.geocoder.table import GeocodesMany
from geo.reference.places import Reference
from geo.whole_file import write_whole
from layers.brought.choice import Choice
from layers.brought.guess import Guess
from layers.brought.joined_layer import make_joined
from layers.brought.joining import join_rows
from layers.brought.making import Made, make_layer
from layers.brought.outlines import Settle
from layers.brought.placing import Placed, place_rows
from layers.brought.positions import Ground
from layers.brought.repeated_rows import find_totals, tell_repeated
from layers.brought.values.whole_codes import with_whole_codes


@dataclass(frozen=True, slots=True)
class Service:
    """What geocodes: choices of the operator, that a process of its own has to be told.

    Parameters
    ----------
    data
        Folder of the facts.
    ban
        Address of a service; ``aucun`` for none.
    cache
        Folder of its answers.
    """

    data: Path
    ban: str
    cache: Path


class FileImport(FileFolder):
    """The import of one file.

    Parameters
    ----------
    folder
        Where its steps are kept.
    reference
        Places.
    """

    def __init__(self, folder: Path, reference: Reference) -> None:
        super().__init__(folder)
        self.reference = reference
        self._at_once = ""
        self._placed_rows: Placed | None = None

    def read(self, name: str, part: str = "", heading: int | None = None) -> Table:
        """Read the file that lies in the folder as :data:`SOURCE`; forget what was made of another.

        Raises
        ------
        BroughtFileError
            The file cannot be read.
        """
        self._forget_reading()
        return read_apart(self.folder / SOURCE, name, self.folder, part, heading)

    def take_in(self, part: str = "", heading: int | None = None) -> None:
        """Read the file as :meth:`read` does, and keep its :attr:`summary` instead of its table.

        Raises
        ------
        BroughtFileError
            The file cannot be read.
        """
        self._forget_reading()
        communes, finer = self._places()
        asked = "" if heading is None else str(heading)
        arguments = [self.title, part, asked, str(self.folder), communes, finer]
        run_apart("take in", self.title, arguments, room=self.folder)

    @cached_property
    def table(self) -> Table:
        """What the file holds."""
        return load_table(self.folder)

    def guess(self) -> dict[str, Guess]:
        """Guess the role of each column."""
        return self._summarised.guesses

    def guess_choice(self) -> Choice:
        """Guess what is to be made of the file."""
        return self._summarised.choice

    @cached_property
    def _summarised(self) -> Summary:
        try:
            return self.summary
        except BroughtFileError:
            return summarise(self.table, self.reference)

    def choose(self, choice: Choice, layer_id: str = "") -> Progress:
        """Keep a choice, and what has to be geocoded under it.

        Parameters
        ----------
        layer_id
            Of the layer that :meth:`make` is going to make: where nothing has to be geocoded it is
            made at once, in the same process.

        Raises
        ------
        layers.brought.problems.BroughtError
            The choice says no position.
        BroughtFileError
            The geometries are of no kind that is shown, or cost too much.
        """
        self.keep_choice(choice)
        self._at_once = layer_id
        return self.place()

    def keep_choice(self, choice: Choice) -> None:
        """Keep a choice, to be placed; raises BroughtError where it says no position."""
        choice.check(placed=self._placed)
        self.forget_progress()
        self._placed_rows = None
        write_whole(self.folder / CHOICE, json.dumps(choice.to_record(), ensure_ascii=False))

    def place(self) -> Progress:
        """Keep what has to be geocoded under the choice that was kept, as :meth:`choose` does."""
        arguments = [*self._open_again(), self._at_once]
        run_apart("place", self.title, arguments, room=self.folder)
        return self.progress()

    def geocode(self, service: Service, wanted: Callable[[], bool]) -> Progress:
        """Place the rows, then geocode for as long as a turn lasts, in another process.

        What is placed and geocoded already stays; :meth:`progress` tells what is left.

        Parameters
        ----------
        wanted
            Asked again and again: whether somebody still wants it.

        Raises
        ------
        layers.brought.problems.BroughtError, BroughtFileError
            As for :meth:`choose`, or nobody wants it any more.
        """
        arguments = [*self._open_again(), str(service.data), service.ban, str(service.cache)]
        run_apart("geocode", self.title, arguments, bounds=GEOCODE, room=self.folder, wanted=wanted)
        return self.progress()

    def place_here(self, settle: Settle, layer_id: str = "") -> None:
        """Keep what has to be geocoded under the choice, in this process.

        Where that is nothing and the layer has its identifier, it is made too.
        """
        if self._chosen.level:
            self.geocoded.ask(pd.Series(dtype=object))
        else:
            self._placed_rows = self._place(settle)
            asked = self._placed_rows.asked
            self.geocoded.ask(asked if self._placed_rows.kind == "point" else asked[:0])
        if layer_id and self.progress().over:
            self.make_here(layer_id, settle)

    def advance(self, geocoder: GeocodesMany, seconds: float = float("inf")) -> Iterator[Progress]:
        """Geocode rows, as :meth:`app.imports.geocoded_rows.GeocodedRows.advance` does."""
        return self.geocoded.advance(geocoder, seconds)

    def make(self, layer_id: str) -> Made:
        """Make the layer, once every row is geocoded.

        Raises
        ------
        BroughtFileError
            No row has a place, or making the layer costs too much.
        """
        if self.choice is None or not self.progress().over:
            raise BroughtFileError(NOT_MADE)
        if not (self._at_once == layer_id and (self.folder / MADE_ACCOUNT).exists()):
            run_apart("make", self.title, [*self._open_again(), layer_id], room=self.folder)
        return load_made(self.folder)

    def make_own(self, layer_id: str, store: Path) -> None:
        """Make the layer and put it into a visitor's store; raises as :meth:`make` does."""
        arguments = [*self._open_again(), layer_id, str(store)]
        run_apart("make own", self.title, arguments, room=self.folder)

    def make_here(self, layer_id: str, settle: Settle) -> None:
        """Make the layer in this process, and keep it in the folder."""
        make = self._make_joined if self._chosen.level else self._make_placed
        keep_made(make(layer_id, settle), self.folder)

    def _make_placed(self, layer_id: str, settle: Settle) -> Made:
        """Make a layer of rows that are places."""
        table, choice = self.table, self._chosen
        placed = self._placed_rows or self._place(settle)
        totals = find_totals(table.frame, choice)
        shapes = None if table.geometry is None else table.geometry.to_wkb().tolist()
        placed.problems += [
            *table.problems,
            *totals.problems,
            *tell_repeated(table.frame, shapes),
        ]
        return make_layer(
            table.frame,
            placed.without(totals.proved),
            self.geocoded.found(),
            choice,
            self.reference,
            layer_id=layer_id,
            name=table.name,
        )

    def _make_joined(self, layer_id: str, _settle: Settle) -> Made:
        """Make a layer of rows that are perimeters."""
        table, choice = self.table, self._chosen
        totals = find_totals(table.frame, choice)
        frame, completed = with_whole_codes(table.frame, choice.roles)
        joined = join_rows(frame, choice, self.reference, totals.proved)
        told = (*table.problems, *completed, *totals.problems, *joined.problems)
        return make_joined(
            table.frame,
            replace(joined, problems=told),
            choice,
            self.reference,
            layer_id=layer_id,
            name=table.name,
        )

    @property
    def _placed(self) -> bool:
        try:
            return self.summary.placed
        except BroughtFileError:
            return self.table.geometry is not None

    @property
    def _chosen(self) -> Choice:
        if (choice := self.choice) is None:
            raise BroughtFileError(NOT_CHOSEN)
        return choice

    def _place(self, settle: Settle) -> Placed:
        table, ground = self.table, Ground(self.reference)
        choice = self._chosen
        frame, told = with_whole_codes(table.frame, choice.roles)
        placed = place_rows(frame, table.geometry, choice, self.reference, ground, settle=settle)
        placed.problems += told
        return placed

    def _open_again(self) -> list[str]:
        """Return what another process needs to open this import: folders, not what they hold."""
        return [str(self.folder), *self._places()]

    def _places(self) -> tuple[str, str]:
        """Return the folders of the places, and of their finer outlines, empty for none."""
        coverage = self.reference.coverage
        finer = str(coverage.folder.parent) if coverage.origin else ""
        return str(coverage.embedded.folder), finer

    def _forget_reading(self) -> None:
        self.forget_progress()
        for name in (CHOICE, SUMMARY):
            (self.folder / name).unlink(missing_ok=True)
        for name in ("table", "_summarised"):
            self.__dict__.pop(name, None)
