"""The lines of the documents that tests read are the documents' own, and name no person."""

import re

from tests.documents import FOLDER, read_kept

PERSON = re.compile(
    r"\b(?:M|Mme|MM|Mmes|Mr)\.? [A-ZÉÈ]|Monsieur(?! le [A-Z])|Madame(?! la [A-Z])"
    r"|PR[EÉ]SIDENCE DE|[Ss]ecrétaire :|@"
    r"|\b[A-Z][a-zéèêëïôç]{2,}(?:-[A-Z][a-zéèêëïôç]+)? [A-ZÉÈÊË]{4,}\b|\b0[1-9](?:[ .]\d\d){4}"
)


def test_every_registered_document_has_lines(lines):
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(lines)


def test_no_line_names_a_person(lines):
    named = [
        (name, number, line)
        for name in lines
        for number, line in read_kept(name).items()
        if PERSON.search(line)
    ]
    assert named == []


def test_every_line_is_that_of_the_whole_document(lines, originals):
    for name in lines:
        whole = originals[name].read_text(encoding="utf-8").replace("\f", "").split("\n")
        for number, line in read_kept(name).items():
            assert line == whole[number - 1], (name, number)
