"""After a second deliberation, made up: each operation keeps its own vote, totals cite both."""

import csv
import io
import json
import re
import shutil
import sqlite3
from datetime import UTC, date, datetime

import openpyxl
import pypdf
import pytest

from app.documents.funding import funding_csv
from app.exports.booklet.page import draw_page
from app.exports.booklet.scene.request import PageRequest
from app.exports.formats import WRITERS
from app.exports.offline.contents import OfflineChoice
from app.exports.offline.page import offline_map
from app.exports.subventions import collect_grants
from app.server import create_app
from app.settings import EMBEDDED_DATA, Settings
from geo.perimeter import DEPARTEMENT, Perimeter
from layers.catalogue.layers import Catalogue
from layers.catalogue.selection import select
from layers.contracts import CONTRACTS
from layers.deliberation.adoption.transaction import adopt
from layers.deliberation.draft.files import write_draft
from layers.deliberation.reader import read_file
from layers.indicators.every import list_indicators
from layers.operation.sheet import operation_sheet
from layers.reconciliation.confrontation import Status
from layers.reconciliation.verification import verify
from layers.sheets.territory import profile
from tests.layers.deliberation.family import write
from tests.layers.deliberation.made_up import deliberation

OLD, NEW = "2023-534-bethune-bruay-1", "2025-12-bethune-bruay-1"
BETHUNE, TERNOIS = Perimeter.parse("epci:200072460"), Perimeter.parse("epci:200069672")
MONEY = (
    "fit", "fit_par_habitant", "cout_total", "operations", "cout_par_habitant", "part_fit",
    "cout_par_euro",
)  # fmt: skip
CONVENTION = "convention type de 2023"


def plain(text):
    """Write spaces and hyphens of all kinds as the plain ones, and leave the markup out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).replace("\u2011", "-")


def votes(text):
    """Tell which of the two votes a text names: its day, its number."""
    text = plain(text)
    return {
        year
        for year, marks in (
            ("2023", ("4 décembre 2023", "2023-534")),
            ("2025", ("8 mars 2025", "2025-12,", "2025-12 ", "2025-12.", "cd62-2025-12")),
        )
        if any(mark in text for mark in marks)
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory, reference):
    """The catalogue of the data to which a deliberation of 2025 was added."""
    room = tmp_path_factory.mktemp("votes")
    shutil.copytree(EMBEDDED_DATA, room / "data", ignore=shutil.ignore_patterns("build"))
    (room / "essai.txt").write_text(write(deliberation()), encoding="utf-8")
    path, _, _ = write_draft(read_file(room / "essai.txt"), "", room)
    adopt(path, room / "data", "Essai", datetime(2026, 1, 5, tzinfo=UTC))
    return Catalogue(reference, room / "data")


@pytest.fixture(scope="module")
def read(both):
    client = create_app(Settings(data=both.data), both).server.test_client()

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.text

    return get


@pytest.mark.parametrize("name", MONEY)
def test_an_indicator_of_money_cites_both_votes(both, name):
    one = both.derive(list_indicators)[name]
    assert "votes du 4 décembre 2023 et du 8 mars 2025" in one.vintage
    assert {source.address for source in one.sources} >= {"cd62-2023-534", "cd62-2025-12"}
    assert votes(" ".join(source.title for source in one.sources)) == {"2023", "2025"}


def test_with_one_vote_an_indicator_cites_it_alone(catalogue):
    for name in MONEY:
        one = catalogue.derive(list_indicators)[name]
        assert one.vintage.startswith("vote du 4 décembre 2023")
        assert votes(" ".join(source.address for source in one.sources)) == {"2023"}


def test_an_older_vote_comes_first_and_none_is_said_where_none_is_read(both, tmp_path):
    shutil.copytree(both.data, tmp_path / "data")
    register = tmp_path / "data/documents.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("2025-03-08", "2022-03-08"), encoding="utf-8")
    one = Catalogue(both.reference, tmp_path / "data").derive(list_indicators)["fit"]
    assert one.vintage == "votes du 8 mars 2022 et du 4 décembre 2023"
    (tmp_path / "data/contracts/operations.csv").write_text("abîmé", encoding="utf-8")
    one = Catalogue(both.reference, tmp_path / "data").derive(list_indicators)["fit"]
    assert not re.search(r"20\d\d", one.vintage + str(one.sources))


@pytest.mark.parametrize("name", MONEY)
def test_the_legend_cites_both_votes(read, name):
    assert votes(read(f"/choix/theme?indicateur={name}")) == {"2023", "2025"}


@pytest.mark.parametrize("place", ["departement", BETHUNE, "contrat:ct-bethune-bruay"])
def test_a_sheet_gives_each_operation_its_vote(read, place):
    text = plain(read(f"/choix/fiche?lieu={place}"))
    assert "Vote du 8 mars 2025, délibération n° 2025-12" in text
    assert "Vote du 4 décembre 2023, délibération n° 2023-534" in text


def test_the_sources_of_a_sheet_are_both_votes(both):
    for place in (DEPARTEMENT, BETHUNE):
        titles = " ".join(source.title for source in profile(both, place).sources)
        assert votes(titles) == {"2023", "2025"}


def test_the_page_of_an_operation_has_its_vote_and_its_convention(read, both):
    old, new = plain(read(f"/operation/{OLD}")), plain(read(f"/operation/{NEW}"))
    assert CONVENTION in old
    assert "Convention non connue" not in old
    assert votes(new) == {"2025"}
    assert CONVENTION not in new
    assert "Convention non connue" in new
    assert "Premier acompte" in old
    assert "Premier acompte" not in new
    assert "plafond 80 %" not in new.replace("\u202f", " ")
    assert {source.document for source in operation_sheet(both, NEW).sources} == {"cd62-2025-12"}


def test_the_remark_on_contracts_names_the_days_of_their_own_votes(both, tmp_path):
    shutil.copytree(both.data, tmp_path / "data")
    path = tmp_path / "data" / CONTRACTS.file
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["id"] == "ct-bethune-bruay":
            row.update(vote_date="2025-03-08", deliberation="2025-12", document="cd62-2025-12")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    changed = Catalogue(both.reference, tmp_path / "data")
    said = {place: " ".join(profile(changed, place).remarks) for place in (BETHUNE, DEPARTEMENT)}
    assert "le 8 mars 2025, et" in said[BETHUNE]
    assert "le 4 décembre 2023 et le 8 mars 2025, et" in said[DEPARTEMENT]


def test_each_row_of_a_csv_file_cites_its_own_act(both):
    layer, rows = both.layer("operations"), both.load("operations")
    for content in (WRITERS["csv"](layer, rows), funding_csv(both, "operations")):
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        found = {row["Identifiant"]: row for row in table}
        assert votes(found[OLD]["Sources"]) == {"2023"}
        assert votes(found[NEW]["Sources"]) == {"2025"}
        assert (found[NEW]["Vote"], found[NEW]["Délibération"]) == ("2025-03-08", "2025-12")
        assert (found[OLD]["Vote"], found[OLD]["Délibération"]) == ("2023-12-04", "2023-534")


@pytest.mark.parametrize("name", ["contrats", "epci", "votes", "financeurs"])
def test_the_totals_of_the_money_cite_both_votes(both, name):
    table = csv.DictReader(io.StringIO(funding_csv(both, name).decode("utf-8-sig")), delimiter=";")
    assert all(votes(row["Sources"]) == {"2023", "2025"} for row in table)


def test_the_other_files_give_each_row_its_vote_and_cite_both(both, tmp_path):
    layer, rows = both.layer("operations"), both.load("operations")
    collection = json.loads(WRITERS["geojson"](layer, rows))
    new = next(one for one in collection["features"] if one["id"] == NEW)["properties"]
    assert (new["vote_date"], new["deliberation"]) == ("2025-03-08", "2025-12")
    assert votes(json.dumps(collection["sources"], ensure_ascii=False)) == {"2023", "2025"}
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](layer, rows)))
    cells = " ".join(
        str(cell) for row in book["Sources"].iter_rows(values_only=True) for cell in row
    )
    assert votes(cells) == {"2023", "2025"}
    (tmp_path / "a.gpkg").write_bytes(WRITERS["gpkg"](layer, rows))
    with sqlite3.connect(tmp_path / "a.gpkg") as base:
        (told,) = base.execute(
            "SELECT description FROM gpkg_contents WHERE table_name = 'operations'"
        ).fetchone()
    assert votes(told) == {"2023", "2025"}


def test_a_file_of_a_place_cites_the_acts_of_its_rows_alone(both):
    rows = both.load("operations")
    chosen, kept = select(both.layer("operations"), rows, TERNOIS, both.reference)
    assert len(kept) == 1
    assert votes(" ".join(source.title for source in chosen.sources)) == {"2023"}


def test_the_offline_map_cites_both_and_gives_each_its_vote(both):
    text = plain(offline_map(both, OfflineChoice(BETHUNE)).decode().replace("\\u003c", "<"))
    assert "8 mars 2025" in text
    assert "4 décembre 2023 et du 8 mars 2025" in text


@pytest.mark.parametrize(("place", "cited"), [(BETHUNE, {"2023", "2025"}), (TERNOIS, {"2023"})])
def test_a_page_of_a_booklet_cites_the_votes_that_it_shows(both, place, cited):
    page = draw_page(both, PageRequest(place, date=date(2026, 1, 15)))
    assert votes(_read_pdf(page.to_pdf())) == cited


def test_a_page_of_a_booklet_painted_with_a_total_cites_both_votes(both):
    request = PageRequest(TERNOIS, date=date(2026, 1, 15), indicator="fit_par_habitant")
    text = _read_pdf(draw_page(both, request).to_pdf())
    assert votes(text) == {"2023", "2025"}
    assert "otes du 4 décembre 2023 et du 8 mars 2025" in plain(text)


def test_the_open_data_of_the_new_grant_refers_to_its_decision_and_asks_how_it_is_paid(both):
    lacks = {one.operation: {lack.column for lack in one.lacks} for one in _kept_out(both)}
    assert "conditionsVersement" in lacks[NEW]
    assert "conditionsVersement" not in lacks[OLD]
    told = {
        "dateConvention": "2025-06-01", "idBeneficiaire": "20007246000013",
        "datesPeriodeVersement": "2025-07-01", "notificationUE": "non",
        "conditionsVersement": "unique",
    }  # fmt: skip
    kept_out = _kept_out(both, {NEW: told})
    assert {lack.column for one in kept_out if one.operation == NEW for lack in one.lacks} <= {
        "idBeneficiaire"
    }


def _read_pdf(content):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _kept_out(catalogue, complements=None):
    return collect_grants(catalogue, complements or {}).kept_out


@pytest.mark.parametrize("address", ["/confiance", "/aide", "/donnees", "/financements"])
def test_the_pages_that_name_sources_name_both(read, address):
    text = read(address)
    if address == "/financements":
        assert "2025" in text
    else:
        assert votes(text) == {"2023", "2025"}


def test_nothing_is_found_wrong(both):
    verification = verify(both.reference, both.data)
    assert [finding.id for finding in verification.with_status(Status.NEW)] == []
    ceiling = next(f for f in verification.findings if f.id == f"plafond.{NEW}")
    assert "autre convention" in ceiling.confrontation.note
