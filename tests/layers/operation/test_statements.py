"""What adopted deliberations add to the sheets: words with their lines, nothing where none is."""

from shutil import copytree

import pytest

from layers.catalogue.layers import Catalogue
from layers.deliberation.adoption.transaction import FOLDER
from layers.deliberation.draft.files import as_record, to_yaml
from layers.deliberation.draft.model import Act, Contract, Draft, Operation, Origin
from layers.documents.register import DOCUMENTS
from layers.operation.sheet import operation_sheet
from layers.operation.statements import ContractWords, OperationWords, adopted

VOTE = "cd62-2023-534"
BEUVRY = "2023-534-bethune-bruay-2"


@pytest.fixture
def folder(data, tmp_path):
    """A copy of the data without adopted deliberations."""
    copy = copytree(data, tmp_path / "data")
    for path in (copy / FOLDER).glob("*.yaml"):
        path.unlink()
    return copy


@pytest.fixture
def draft(data):
    digests = DOCUMENTS.read(data).set_index("id")["sha256"]
    return Draft(
        document=Origin(fichier="vote.txt", sha256=digests["cd62-2023-534"], lignes=10_191),
        deliberation=Act(numero="2023-534", date="2023-12-04", objet="Contrats de territoire"),
        contrats=[
            Contract(
                partenaire="Communauté de communes du TERNOIS",
                interlocuteurs_departement=["Direction de l’éducation et des collèges"],
                realisations=["Création d’une zone d’activités légères à Pernes"],
                sources={"realisations.0": {"ligne": 7200, "confiance": 1}},
            )
        ],
        operations=[
            Operation(
                contrat="CA de Béthune-Bruay",
                numero_fiche=2,
                titre="Requalification du parc du Quinty – Beuvry",
                montant_fit="75000.00",
                engagements=["Développement durable", "<b>Insertion</b>"],
                sources={
                    "numero_fiche": {"ligne": 3730, "confiance": 1},
                    "engagements.1": {"ligne": 3960, "confiance": 0.9},
                },
            )
        ],
    )


@pytest.fixture
def adopting(reference, folder, draft):
    (folder / FOLDER / "2023-534.yaml").write_text(to_yaml(as_record(draft)), encoding="utf-8")
    return Catalogue(reference, folder)


def test_an_adopted_fiche_is_found_by_its_identifier(adopting):
    words = adopted(adopting).operation(BEUVRY, VOTE)
    assert [each.text for each in words.commitments] == [
        "Développement durable",
        "<b>Insertion</b>",
    ]
    assert words.commitments[1].source.line == 3960
    assert words.commitments[1].source.document == VOTE


def test_an_operation_of_another_act_has_no_words_of_it(adopting):
    assert adopted(adopting).operation(BEUVRY, "cd62-2024-1") == OperationWords()


def test_an_operation_that_its_adopted_act_does_not_know_is_told(adopting):
    words = adopted(adopting).operation("2023-534-bethune-bruay-1", VOTE)
    assert words.statements == ()
    assert "2023-534-bethune-bruay-1" in words.problem
    contract = adopted(adopting).contract("ct-fauquembergues", VOTE)
    assert contract.statements == ()
    assert "ct-fauquembergues" in contract.problem


def test_an_adopted_booklet_is_found_in_any_spelling_of_its_partner(adopting):
    words = adopted(adopting).contract("ct-ternois", VOTE)
    assert [each.source.line for each in words.achievements] == [7200]
    assert words.partner_services == ()
    assert adopted(adopting).contract("ct-arras", "cd62-2024-1") == ContractWords()


def test_the_sheet_of_the_operation_says_its_commitments(adopting):
    sheet = operation_sheet(adopting, BEUVRY)
    assert len(sheet.words.commitments) == 2
    assert 3960 in {source.line for source in sheet.sources}


def test_without_adopted_deliberations_the_sheet_stands(reference, folder):
    assert operation_sheet(Catalogue(reference, folder), BEUVRY).words == OperationWords()


def test_a_damaged_file_is_told_of_and_stops_nothing(adopting):
    (adopting.data / FOLDER / "2023-534.yaml").write_text("[", encoding="utf-8")
    again = Catalogue(adopting.reference, adopting.data)
    assert "2023-534.yaml" in adopted(again).problem
    assert operation_sheet(again, BEUVRY).words == OperationWords()
