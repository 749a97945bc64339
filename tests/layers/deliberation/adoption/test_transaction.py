"""Drafts as files, and their adoption: all or nothing, once, with a journal."""

import csv
import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import yaml

from layers.deliberation.adoption.transaction import (
    FOLDER,
    JOURNAL,
    AdoptionError,
    ConflictError,
    adopt,
    list_adopted,
)
from layers.deliberation.draft.files import (
    DraftError,
    as_record,
    parse_draft,
    read_draft,
    to_yaml,
    write_draft,
)
from tests.layers.deliberation.corrections import Correction, CorrectionError, correct
from tests.layers.deliberation.family import Contract, Deliberation, Fiche, Paying, write

WHEN = datetime(2027, 3, 9, 8, 30, tzinfo=UTC)


def made_up():
    fiche = Fiche(
        1,
        "Construction d’un moulin",
        "Commune de Beaurainville",
        "12 rue des Essais",
        [Paying("Travaux", Decimal("100000.50"))],
        [Paying("Département / FIT", Decimal(40000)), Paying("Fonds propres", Decimal("60000.50"))],
        [("Début des travaux", "04/2027", "")],
        [("Solidarités territoriales", 2, "Agir en proximité")],
        ["Développement durable"],
    )
    contract = Contract("Commune de Beaurainville", ["Accueillir les rêveurs"], [fiche])
    return Deliberation("2025-12", "8 mars 2025", "ADOPTION D’UN CONTRAT", [contract])


@pytest.fixture(scope="module")
def draft(read):
    return read(write(made_up()))


@pytest.fixture
def drafted(draft, tmp_path):
    path, _, _ = write_draft(draft, "", tmp_path / "brouillon")
    return path


@pytest.fixture(scope="module")
def empty(data, tmp_path_factory):
    """A data folder that knows the places and no document."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    shutil.copytree(data / "communes", folder / "communes")
    return folder


@pytest.fixture
def folder(empty, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/communes").symlink_to(empty / "communes")
    return tmp_path / "data"


def test_a_draft_is_plain_yaml_and_the_same_json(draft, tmp_path):
    yaml_path, json_path, account = write_draft(draft, "compte rendu", tmp_path)
    assert read_draft(yaml_path) == read_draft(json_path) == draft
    assert account.read_text(encoding="utf-8") == "compte rendu"
    record = yaml.safe_load(yaml_path.read_text(encoding="utf-8"))
    operation = record["operations"][0]
    assert operation["montant_fit"] == "40000.00"
    assert operation["sources"]["montant_fit"]["ligne"] > 1
    assert set(record) >= {"deliberation", "contrats", "operations", "budget", "remarques"}
    assert set(operation) >= {
        "contrat", "numero_fiche", "titre", "maitre_ouvrage", "mandataire", "localisation",
        "montant_fit", "cout_total_ht", "depenses", "recettes", "totaux", "calendrier", "pactes",
        "axes", "engagements",
    }  # fmt: skip


def test_a_draft_that_a_person_edited_is_kept_when_the_document_is_read_again(draft, drafted):
    text = drafted.read_text(encoding="utf-8")
    drafted.write_text(text + "# ma note\n", encoding="utf-8")
    write_draft(draft, "", drafted.parent)
    assert drafted.read_text(encoding="utf-8") == text
    kept = drafted.with_name("deliberation.1.yaml")
    assert "# ma note" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("montant_fit: '40000.00'", "montant_fit: beaucoup", "montant « beaucoup »"),
        ("montant_fit: '40000.00'", "montant_fit: 40000.005", "operations.0.montant_fit"),
        ("\n  titre:", "\n  tittre:", "« operations.0.tittre » : nom inconnu"),
        ("document:", "documents:", "« document » : valeur absente"),
        ("niveau: avertissement", "niveau: bof", "hors de la liste"),
    ],
)
def test_a_value_that_is_not_what_is_expected_is_named(draft, old, new, words):
    text = to_yaml(as_record(draft.model_copy(update={"remarques": []})))
    if "niveau" in old:
        text = text.replace("remarques: []", "remarques:\n- {niveau: bof, regle: a, message: b}")
    with pytest.raises(DraftError, match=r"^essai\.yaml") as caught:
        parse_draft(text.replace(old, new, 1), "essai.yaml")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "pas du YAML lisible"),
        ("a: &b [x]\nc: *b", "renvois"),
        ("[" * 100_000, "l’un dans l’autre"),
        ("- " * 50_000 + "x", "l’un dans l’autre"),
        ("- 1", "attendu"),
        ("", "attendu"),
        ("!!python/object:os.system {}", "pas du YAML lisible"),
    ],
    ids=["open", "alias", "brackets", "dashes", "list", "empty", "program"],
)
def test_what_is_no_draft_is_refused_in_french(text, words):
    with pytest.raises(DraftError, match=rf"^essai\.yaml : .*{words}"):
        parse_draft(text, "essai.yaml")


def test_a_day_without_quotes_is_the_text_that_it_is():
    with pytest.raises(DraftError, match="trouvé « 2025-03-24 »"):
        parse_draft("inconnu: 2025-03-24\n", "essai.yaml")


def test_adopting_adds_the_deliberation_and_a_line_to_the_journal(draft, drafted, folder):
    adoption = adopt(drafted, folder, "=Une relectrice", WHEN)
    assert (adoption.name, adoption.changed) == ("2025-12", True)
    (held,) = list_adopted(folder)
    assert held.operations == draft.operations
    with (folder / FOLDER / JOURNAL).open(encoding="utf-8", newline="") as file:
        (entry,) = csv.DictReader(file)
    assert entry["date"] == "2027-03-09T08:30:00+00:00"
    assert entry["par"] == "'=Une relectrice"
    assert (entry["document"], entry["deliberation"]) == ("essai.txt", "2025-12")


def files_of(folder):
    """Every file but those of the places, with its bytes."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "communes" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def test_a_second_adoption_changes_nothing(drafted, folder):
    adopt(drafted, folder, "A", WHEN)
    before = files_of(folder)
    assert not adopt(drafted.with_name("deliberation.json"), folder, "B", WHEN).changed
    assert files_of(folder) == before


def test_a_conflicting_adoption_is_refused_with_its_differences(drafted, folder):
    adopt(drafted, folder, "A", WHEN)
    before = files_of(folder)
    text = drafted.read_text(encoding="utf-8")
    drafted.write_text(text.replace("40000.00", "41000.00"), encoding="utf-8")
    with pytest.raises(ConflictError, match="déjà adoptée") as caught:
        adopt(drafted, folder, "B", WHEN)
    told = str(caught.value).replace("\u00a0", " ")
    assert (
        "déjà adoptée : rien n’est changé. 8 valeurs du brouillon ne sont pas ce qui est tenu"
        in told
    )
    assert "operations.0.montant_fit : adopté « 40000.00 », nouveau « 41000.00 »" in told
    assert files_of(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("numero: 2025-12", "numero: null", "numero"),
        ("numero: 2025-12", "numero: ../../x", "est attendu"),
        ("montant_fit: '40000.00'", "montant_fit: null", "operations.0.montant_fit"),
        ("montant: '100000.50'", "montant: null", "operations.0.depenses.0.montant"),
        ("nature: délibération", "nature: autre document", "pas celui d’une délibération"),
    ],
)
def test_a_draft_without_its_essentials_is_refused(drafted, folder, old, new, words):
    text = drafted.read_text(encoding="utf-8")
    assert old in text
    drafted.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AdoptionError, match=words):
        adopt(drafted, folder, "A", WHEN)
    assert [path.name for path in folder.iterdir()] == ["communes"]


def test_the_checks_are_made_again_on_edited_values(drafted, folder):
    text = drafted.read_text(encoding="utf-8")
    edited = text.replace("montant: '60000.50'", "montant: '60000.70'", 1)
    drafted.write_text(edited, encoding="utf-8")
    adoption = adopt(drafted, folder, "A", WHEN)
    assert "somme-recettes" in {remark.regle for remark in adoption.remarks}


def test_a_document_is_not_adopted_under_a_second_number(drafted, folder):
    adopt(drafted, folder, "A", WHEN)
    before = files_of(folder)
    text = drafted.read_text(encoding="utf-8").replace("2025-12", "2025-13")
    drafted.write_text(text, encoding="utf-8")
    held = r"déjà dans les tables(.|\n)*number : tenu « 2025-12 », nouveau « 2025-13 »"
    with pytest.raises(ConflictError, match=held):
        adopt(drafted, folder, "B", WHEN)
    assert files_of(folder) == before


def test_nothing_is_left_when_the_journal_cannot_be_written(drafted, folder):
    adopt(drafted, folder, "A", WHEN)
    text = drafted.read_text(encoding="utf-8").replace("2025-12", "2025-13")
    drafted.write_text(text.replace("0" * 64, "1" * 64), encoding="utf-8")
    journal = folder / FOLDER / JOURNAL
    journal.unlink()
    journal.mkdir()
    before = files_of(folder)
    with pytest.raises(AdoptionError, match="écriture impossible"):
        adopt(drafted, folder, "B", WHEN)
    assert files_of(folder) == before


def test_corrections_apply_to_what_they_were_made_for(draft):
    fix = Correction(
        deliberation="2025-12",
        champ="operations.0.localisation",
        lu="12 rue des Essais",
        corrige="14 rue des Essais",
        motif="numéro illisible",
    )
    assert correct(draft, "2025-12", [fix]).operations[0].localisation == "14 rue des Essais"
    assert correct(draft, "2025-13", [fix]) == draft
    with pytest.raises(CorrectionError, match="trouvé « 12 rue"):
        correct(draft, "2025-12", [fix.model_copy(update={"lu": "13 rue"})])
    with pytest.raises(CorrectionError, match="n’existe pas"):
        correct(draft, "2025-12", [fix.model_copy(update={"champ": "operations.9.titre"})])
