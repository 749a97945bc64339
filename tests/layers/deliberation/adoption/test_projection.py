"""The tables are what the adopted deliberations say; a new one is seen everywhere."""

import json
import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.exports.subventions import collect_grants
from geo.perimeter import Perimeter
from layers.catalogue.layers import Catalogue
from layers.deliberation.adoption.held_tables import (  # fmt: skip
    BUDGET,
    CALENDAR,
    COLUMNS,
    CONTRACTS,
    DOCUMENTS,
    FINANCING,
    OPERATIONS,
    PACTS,
    QUOTATIONS,
    RESTATEMENTS,
    read_rows,
)
from layers.deliberation.adoption.projection import ProjectionError, project
from layers.deliberation.adoption.transaction import adopt, list_adopted, name_draft
from layers.deliberation.draft.files import write_draft
from layers.deliberation.reader import read_file
from layers.operation.funding import operations
from layers.operation.sheet import operation_sheet
from layers.reconciliation.confrontation import Status
from layers.reconciliation.verification import verify
from layers.sheets.territory import profile
from tests.known_totals import FIT
from tests.layers.deliberation.family import write
from tests.layers.deliberation.made_up import TITLE, deliberation

WHEN = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)

REVIEWED = {
    (DOCUMENTS, "title"): "typed in lower case; the act prints capitals",
    (DOCUMENTS, "assembly"): "typed with the name of the assembly’s territory",
    (DOCUMENTS, "lines"): "counts line feeds; the reader counts the last line, which has none",
    (CONTRACTS, "axes_line"): "the sentence that announces the axes; the reader keeps the first",
    (CONTRACTS, "remark"): "typed by hand: no draft holds it",
    (OPERATIONS, "remark"): "typed by hand: no draft holds it",
}
"""Where a table and the adopted deliberations differ, and why."""


@pytest.fixture(scope="module")
def projections(data, reference):
    return [project(draft, name_draft(draft), reference, data) for draft in list_adopted(data)]


def test_the_tables_are_what_the_adopted_deliberations_say(data, projections):
    different = set()
    for file in (
        CONTRACTS, OPERATIONS, FINANCING, CALENDAR, PACTS, BUDGET, RESTATEMENTS,
    ):  # fmt: skip
        held = read_rows(data, file)
        made = [row for tables in projections for row in tables.get(file, [])]
        assert len(made) == len(held)
        for row, other in zip(held, sorted_as(made, held), strict=True):
            different |= {(file, name) for name in row if row[name] != other.get(name, "")}
    documents = {row["id"]: row for row in read_rows(data, DOCUMENTS)}
    for tables in projections:
        (made,) = tables[DOCUMENTS]
        held = documents[made["id"]]
        different |= {(DOCUMENTS, name) for name in held if held[name] != made[name]}
    assert different == set(REVIEWED)


def sorted_as(rows, held):
    """Put rows in the order of the table where identifiers say it."""
    if "id" not in held[0]:
        return rows
    order = [row["id"] for row in held]
    return sorted(rows, key=lambda row: order.index(row["id"]))


def test_every_table_has_the_columns_that_a_new_one_would_have(data):
    for file, columns in COLUMNS.items():
        assert tuple(read_rows(data, file)[0]) == columns


@pytest.fixture(scope="module")
def copy(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("build", "gazetteer"))
    return folder


@pytest.fixture(scope="module")
def draft_of(tmp_path_factory):
    """Return a function that writes the draft of a deliberation that is made up."""

    def draft(made_up):
        folder = tmp_path_factory.mktemp("draft")
        (folder / "essai.txt").write_text(write(made_up), encoding="utf-8")
        path, _, _ = write_draft(read_file(folder / "essai.txt"), "", folder)
        return path

    return draft


@pytest.fixture(scope="module")
def adopted(copy, draft_of, reference):
    adopt(draft_of(deliberation()), copy, "Essai", WHEN)
    return Catalogue(reference, copy)


def test_a_new_operation_is_on_the_map_with_its_fit(adopted, catalogue):
    rows = adopted.load("operations").set_index("id")
    assert len(rows) == len(catalogue.load("operations")) + 2
    new = rows.loc["2025-12-bethune-bruay-1"]
    assert (new["title"], new["commune"], new["fit"]) == (TITLE, "Beuvry", Decimal("40000.00"))
    assert (new["contract"], new["document"]) == ("ct-bethune-bruay", "cd62-2025-12")
    assert rows.loc["2025-12-bethune-bruay-2", "commune"] == "Béthune"
    assert len(adopted.load("contrats")) == len(catalogue.load("contrats"))
    assert sum(rows["fit"]) == FIT + 60_000
    assert all(state.ok and not state.message for state in adopted.states())


def test_its_epci_counts_it(adopted, catalogue):
    epci = Perimeter.parse("epci:200072460")
    before, after = (
        {row["id"] for row in profile(each, epci).operations} for each in (catalogue, adopted)
    )
    assert after - before == {"2025-12-bethune-bruay-1", "2025-12-bethune-bruay-2"}
    assert len(operations(adopted)) == 9


def test_its_sheet_quotes_its_document(adopted):
    sheet = operation_sheet(adopted, "2025-12-bethune-bruay-1")
    assert (sheet.deliberation, sheet.vote.isoformat()) == ("2025-12", "2025-03-08")
    assert sheet.budget.code == "C05-999Z01"
    assert "12 rue de Lens à Beuvry" in sheet.place.source.text
    assert sheet.place.source.document == "cd62-2025-12"
    assert "40 000,00 €" in sheet.fit_source.text
    assert [each.text for each in sheet.words.commitments] == ["Développement durable"]


def test_nothing_that_was_adopted_is_found_wrong(adopted):
    verification = verify(adopted.reference, adopted.data)
    assert [finding.id for finding in verification.with_status(Status.NEW)] == []
    read = [f.id for f in verification.findings if "2025-12" in f.id]
    assert len(read) > 40


def test_its_grant_refers_to_its_own_decision(adopted):
    grants = collect_grants(adopted, {})
    assert {each.operation for each in grants.kept_out} >= {"2025-12-bethune-bruay-1"}
    documents = adopted.load("operations").groupby("document")["id"].count()
    assert documents.to_dict() == {"cd62-2023-534": 7, "cd62-2025-12": 2}


def test_what_was_there_keeps_every_byte(adopted, data):
    for file in COLUMNS:
        assert (adopted.data / file).read_bytes().startswith((data / file).read_bytes())


def test_a_row_that_is_changed_or_lost_is_found(adopted, tmp_path):
    spoilt = tmp_path / "data"
    shutil.copytree(adopted.data, spoilt)
    path = spoilt / OPERATIONS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines).replace(",62126,12 rue", ",62119,12 rue"), encoding="utf-8")
    path = spoilt / PACTS
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), "utf-8"
    )
    new = {f.id: f for f in verify(adopted.reference, spoilt).with_status(Status.NEW)}
    assert set(new) == {"tables.2025-12.operations", "tables.2025-12.pacts"}
    note = new["tables.2025-12.operations"].confrontation.note
    assert "communes : tenu « 62119 », nouveau « 62126 »" in note


@pytest.fixture
def fresh(data, tmp_path):
    for name in ("communes", "contracts"):
        shutil.copytree(data / name, tmp_path / "data" / name)
    for file in (DOCUMENTS, QUOTATIONS):
        shutil.copy(data / file, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    "place", ["rue de Béthune", "entre Beuvry et Béthune", "Calais", "au bord du canal"]
)
def test_a_place_in_doubt_is_asked_for_and_then_taken(fresh, draft_of, place):
    path = draft_of(deliberation("2025-14", second=place))
    before = {each: each.read_bytes() for each in fresh.rglob("*.csv")}
    with pytest.raises(ProjectionError, match=r"operations\.1\.communes") as caught:
        adopt(path, fresh, "Essai", WHEN)
    assert place in str(caught.value)
    assert {each: each.read_bytes() for each in fresh.rglob("*.csv")} == before
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    record["operations"][1]["communes"] = ["Nœux les Mines"]
    path.with_suffix(".json").write_text(json.dumps(record), encoding="utf-8")
    adopt(path.with_suffix(".json"), fresh, "Essai", WHEN)
    assert read_rows(fresh, OPERATIONS)[-1]["communes"] == "62617"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r["operations"][0].update(communes=["Lille"]), "operations.0.communes"),
        (lambda r: r["operations"][1].update(numero_fiche=1), "deux fiches 1"),
        (lambda r: r["operations"][0].update(localisation=None), "operations.0.localisation"),
        (lambda r: r["operations"][0].update(contrat="Syndicat des rêves"), "operations.0.contrat"),
        (lambda r: r["contrats"][0].update(partenaire="Ville de Lille"), "contrats.0.partenaire"),
        (lambda r: r["budget"][0].update(solde=None), "budget.0.solde"),
        (lambda r: r.update(budget=[]), "operations.0.code_budgetaire"),
        (lambda r: r["deliberation"].update(articles=[]), "n’attribue 40"),
    ],
)
def test_what_the_map_needs_is_asked_for_by_name(fresh, draft_of, change, words):
    path = draft_of(deliberation("2025-15")).with_suffix(".json")
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ProjectionError, match="La carte demande") as caught:
        adopt(path, fresh, "Essai", WHEN)
    assert words in str(caught.value)
    assert not (fresh / "contracts/deliberations/2025-15.yaml").exists()


def test_a_table_that_cannot_be_put_in_place_undoes_the_others(fresh, draft_of, monkeypatch):
    path = draft_of(deliberation("2025-16"))
    before = {each: each.read_bytes() for each in fresh.rglob("*") if each.is_file()}
    put = type(path).replace

    def full_disk(self, target):
        if target.name == "journal.csv":
            raise OSError(28, "No space left on device")
        return put(self, target)

    monkeypatch.setattr(type(path), "replace", full_disk)
    with pytest.raises(Exception, match="écriture impossible"):
        adopt(path, fresh, "Essai", WHEN)
    assert {each: each.read_bytes() for each in fresh.rglob("*") if each.is_file()} == before
