"""What holds for all contracts: the line that is cited is the one where the sentence begins."""

import pytest

from layers.deliberation.act.provisions import read_provisions
from layers.deliberation.draft.model import Act
from layers.deliberation.text.reading import Reading
from layers.deliberation.text.source import open_document

BEFORE = "Le Département rappelle ses priorités de l’année, sans les détailler ici davantage."
SENTENCE = "Chaque contrat fait l’objet d’un suivi et sera\nsuivie d’un comité de pilotage annuel."


@pytest.mark.parametrize("lines_before", [0, 1, 7, 40])
def test_the_line_is_where_the_sentence_begins(tmp_path, lines_before):
    path = tmp_path / "acte.txt"
    path.write_text("\n".join([*[BEFORE] * lines_before, SENTENCE, BEFORE]), encoding="utf-8")
    act = Act()
    read_provisions(Reading.of(open_document(path)), act)
    (found,) = act.dispositions
    assert found.sujet == "Comité de pilotage"
    assert found.extrait.startswith("Chaque contrat fait l’objet")
    assert found.sources["extrait"].ligne == lines_before + 1
