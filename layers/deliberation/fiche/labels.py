"""Give each amount of a plan its label, over one line or several, and its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layers.deliberation.fiche.cells import Cell, Side, cut_cells, lean
from layers.deliberation.text.bullets import part_bullet
from layers.deliberation.text.hyphens import Vocabulary
from layers.deliberation.text.source import Line
from layers.documents.funders import names_funder

_OPEN_END = re.compile(r"(?:[-/(,&]|\b(?:de|du|des|d’|l’|la|le|les|et|à|au|aux|en|pour|sur|par))$")
_RECEIPT_WORDS = re.compile(
    r"(?<=\S )(?:D[ée]partement|[EÉ]tat|ETAT|R[ée]gion|Agence|Europe|FEDER|Fonds|Reste à charge"
    r"|Autofinancement|Commune|Communauté|CAF|ADEME|TOTAL|Total)\b"
)
_OF_WHICH = re.compile(r"^dont\b", re.IGNORECASE)


@dataclass(slots=True)
class _Fragment:
    """Words without an amount, which belong to a label above or below."""

    text: str
    indent: int = 0
    of_receipt: bool = False


@dataclass(slots=True)
class CellReader:
    """Reads the lines of one table from top to bottom.

    Parameters
    ----------
    vocabulary
        Joins labels that run over several lines.
    side
        The only column of the table; None when both stand side by side.
    twice
        Whether each amount is printed before and after tax: the second is left out.
    """

    vocabulary: Vocabulary
    side: Side | None = None
    twice: bool = False
    cells: list[Cell] = field(default_factory=list)
    pending: list[_Fragment] = field(default_factory=list)
    group: str = ""
    marked: bool = False

    def read(self, lines: Sequence[Line]) -> list[Cell]:
        """Read lines; words left at the end belong to no amount."""
        rows = [(line, *cut_cells(line, twice=self.twice)) for line in lines if line.text]
        position = 0
        while position < len(rows):
            line, here, tail = rows[position]
            if not here:
                self.pending.append(_Fragment(line.text, line.indent))
            elif self.pending and (run := list(_run_of_amounts(rows[position:]))):
                self._spread(run)
                position += len(run) - 1
            else:
                self._meet(line, here, tail)
            position += 1
        return self.cells

    def _meet(self, line: Line, here: list[Cell], tail: str) -> None:
        self._give_back(here[0].label)
        self._open_group()
        if self.pending:
            target = self._choose(here)
            words = [fragment.text for fragment in self.pending]
            target.label = self.vocabulary.join_texts([*words, target.label]).strip()
            _share_label(here)
            if self.pending[-1].of_receipt and len(here) == 1:
                target.side = Side.RECEIPT
            self.pending = []
        if tail and (tail[0] == "(" or tail[0].islower()):
            here[-1].label = f"{here[-1].label} {tail}"
        elif tail:
            self.pending = [_Fragment(tail, of_receipt=True)]
        self._keep(line, here)

    def _give_back(self, label: str) -> None:
        """Give words in lower case to the label above, unless the label below goes on with them."""
        while self.pending and self.cells and self.pending[0].text[:1].islower():
            if label[:1].islower():
                return
            last = self.cells[-2:] if len(self.cells) > 1 else self.cells
            same_line = [c for c in last if c.line.number == self.cells[-1].line.number]
            open_ended = [c for c in same_line if _OPEN_END.search(c.label)]
            target = (open_ended or same_line)[0]
            target.label = self.vocabulary.join_texts([target.label, self.pending.pop(0).text])

    def _open_group(self) -> None:
        """Take words that end with a colon for the title of the lines below."""
        if self.pending and self.pending[-1].text.endswith(":"):
            words = [fragment.text for fragment in self.pending]
            self.group = self.vocabulary.join_texts(words).rstrip(" :")
            self.pending = []

    def _choose(self, here: list[Cell]) -> Cell:
        """Choose the cell whose label begins with the words above."""
        if len(here) == 1:
            return here[0]
        unnamed = [cell for cell in here if not cell.label]
        if unnamed:
            return unnamed[0]
        goes_on = [cell for cell in here if cell.label[0].islower() or cell.label[0] == "("]
        fragment = self.pending[0]
        of_receipt = fragment.of_receipt or fragment.indent > 1 or names_funder(fragment.text) > 1
        if (of_receipt and here[1] in goes_on) or self.pending[-1].of_receipt:
            return here[1]
        return goes_on[0] if goes_on else here[0]

    def _spread(self, run: list[tuple[Line, Cell]]) -> None:
        """Give a column of labels to the column of amounts that follows it."""
        words = [fragment.text for fragment in self.pending]
        while len(words) > len(run):
            later = [i for i in range(1, len(words)) if words[i][0].islower() or words[i][0] == "("]
            place = later[0] if later else 1
            words[place - 1 : place + 1] = [
                self.vocabulary.join_texts(words[place - 1 : place + 1])
            ]
        self.pending = []
        for index, (line, cell) in enumerate(run):
            cell.label = words[index] if index < len(words) else ""
            self._keep(line, [cell])

    def _keep(self, line: Line, here: list[Cell]) -> None:
        for position, cell in enumerate(here):
            mark, label = part_bullet(cell.label)
            if position == 0:
                self._close_group(marked=bool(mark))
            of_which = bool(_OF_WHICH.match(label))
            cell.detail = bool(self.cells) and (of_which or (mark != "" and not self.group))
            cell.label, cell.group = label.strip(" :;"), "" if of_which else self.group
            if self.side:
                cell.side = self.side
            elif len(here) > 1 and position < len(Side):
                cell.side = (Side.EXPENSE, Side.RECEIPT)[position]
            elif cell.side is None:
                cell.leaning = lean(cell.label, line)
            self.cells.append(cell)

    def _close_group(self, *, marked: bool) -> None:
        """End a title whose lines bear a mark at the first line that bears none."""
        if self.group and self.marked and not marked:
            self.group = ""
        self.marked = marked


def _share_label(here: Sequence[Cell]) -> None:
    """Part words that name an expense and a receipt, when the amounts stand below both."""
    if len(here) != len(Side) or (here[0].label and here[1].label):
        return
    label = here[0].label or here[1].label
    place = _RECEIPT_WORDS.search(label)
    if place:
        here[0].label, here[1].label = label[: place.start()].strip(), label[place.start() :]


def _run_of_amounts(rows: Sequence[tuple[Line, list[Cell], str]]) -> Iterator[tuple[Line, Cell]]:
    for line, here, tail in rows:
        if len(here) != 1 or here[0].label or tail:
            return
        yield line, here[0]
