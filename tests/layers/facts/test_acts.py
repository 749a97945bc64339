"""Acts are cited by the register; a document that it does not hold is named, never dated."""

from app.settings import EMBEDDED_DATA
from layers.facts.acts import cite_documents


def test_a_document_that_the_register_lacks_is_cited_without_a_date():
    known, lost = cite_documents(EMBEDDED_DATA, ["cd62-2023-534", "cd62-2099-1"])
    assert known.vintage == "4 décembre 2023"
    assert (lost.title, lost.vintage) == ("Document « cd62-2099-1 »", "date inconnue")
    assert lost.address == "cd62-2099-1"
