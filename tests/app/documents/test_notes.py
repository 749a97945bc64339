"""The sources of a page: each line once, under the document that it stands in."""

from app.documents.notes import collect_notes, read_register
from layers.documents.convention import Quotation


def test_documents_are_called_by_their_number_and_day(catalogue):
    labels = {name: one.label for name, one in read_register(catalogue.data).items()}
    assert labels["cd62-2023-534"] == "Délibération n°\u00a02023-534 du 4 décembre 2023"
    assert labels["cabbalr-2023-12-12"] == "Délibération du 12 décembre 2023"
    assert labels["cd62-rapport-2022"].startswith("Rapport d’activité 2022")


def test_a_line_is_quoted_once_in_its_longest_words(catalogue):
    sources = [
        Quotation("mots", 9578, "cd62-2023-534"),
        Quotation("les mots de la ligne", 9578, "cd62-2023-534"),
        Quotation("", 9578, "cd62-2023-534"),
        Quotation("", 0, "cd62-2023-534"),
        Quotation("avant", 12, "cd62-2023-534"),
    ]
    (notes,) = collect_notes(sources, read_register(catalogue.data))
    assert [(each.line, each.text) for each in notes.quotations] == [
        (12, "avant"),
        (9578, "les mots de la ligne"),
    ]


def test_documents_stand_in_the_order_of_the_register_and_strangers_last(catalogue):
    names = ("ailleurs.txt", "cd62-2024-90", "cd62-2023-534")
    notes = collect_notes(
        (Quotation("x", 1, name) for name in names), read_register(catalogue.data)
    )
    assert [each.document.id for each in notes] == [names[2], names[1], names[0]]
    assert notes[-1].document.label == "ailleurs.txt"
