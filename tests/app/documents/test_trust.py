"""The page of trust: every finding has its place, every state is told as it is."""

import csv
import io
from shutil import copytree

import pytest

from app.documents.trust import FILTERS, summary, trust_page
from app.web.addresses import FINDINGS_TABLE, GEOCODER, POSITIONS, TRUST, anchor
from layers.catalogue.layers import Catalogue
from layers.deliberation.adoption.transaction import FOLDER
from layers.french.wording import format_percent
from layers.proofs.geocoder_accuracy import read_accuracy, read_reliability
from layers.reconciliation.confrontation import Status
from layers.reconciliation.memory import verify_catalogue
from layers.reconciliation.sentences import write_difference
from layers.reconciliation.verification import Verification
from tests.app.documents.html_text import serve
from tests.known_totals import ROWS


@pytest.fixture(scope="module")
def findings(catalogue):
    return verify_catalogue(catalogue).findings


def test_the_summary_counts_everything_and_hides_nothing(catalogue, findings, read_page):
    verification = verify_catalogue(catalogue)
    counts = {status: len(verification.with_status(status)) for status in Status}
    said = summary(verification).replace("\u00a0", " ").replace("\u202f", " ")
    assert said == (
        f"{len(findings)} vérifications : {counts[Status.OK]} exactes, "
        f"{counts[Status.KNOWN]} écarts connus, {counts[Status.NEW]} nouveau."
    )
    assert summary(verification) in read_page(TRUST).text


def test_every_finding_has_its_anchor_once(findings, read_page):
    anchors = read_page(TRUST).anchors
    assert {anchor(finding.id) for finding in findings} <= set(anchors)
    assert len(anchors) == len(set(anchors))
    assert not any(character.isspace() for name in anchors for character in name)


@pytest.mark.parametrize(("name", "status"), FILTERS.items())
def test_a_filter_keeps_the_findings_of_one_status(findings, read_page, name, status):
    anchors = set(read_page(f"{TRUST}?statut={name}").anchors)
    for finding in findings:
        assert (anchor(finding.id) in anchors) == (finding.status == status)


def test_each_discrepancy_is_told_with_its_difference_its_words_and_its_reason(findings, read_page):
    text = plain(read_page(f"{TRUST}?statut=connu").text)
    wrong = [finding for finding in findings if finding.status == Status.KNOWN]
    assert len(wrong) > 50
    for finding in wrong:
        assert plain(write_difference(finding.confrontation)) in text
        assert plain(finding.confrontation.source.text) in text
        assert plain(finding.reason) in text


def plain(text):
    return " ".join(text.replace("\u202f", " ").split())


@pytest.mark.parametrize("status", ["", "tout", "<script>", "é" * 5000])
def test_an_unknown_filter_shows_everything(findings, documents, status):
    answer = documents.get(TRUST, query_string={"statut": status})
    assert answer.status_code == 200
    assert answer.text.count('class="finding ') == sum(f.status != Status.OK for f in findings)
    assert "<script>" not in answer.text


def test_layers_tell_their_rows_and_what_is_missing(catalogue, read_page):
    text = plain(read_page(TRUST).text)
    for layer in catalogue.layers.values():
        assert layer.title in text
        assert plain(layer.remark) in text
        assert all(source.vintage in text and source.licence in text for source in layer.sources)
    incomplete = trust_page(catalogue, None)["incomplete"]
    assert [view.layer.id for view in incomplete] == [
        "contrats",
        "contrats_ville",
        "operations",
        "projets_aides",
        "sites_departementaux",
    ]


def test_points_tell_how_exactly_they_are_known(catalogue):
    views = {view.layer.id: view for view in trust_page(catalogue, None)["positions"]}
    assert dict(views["gares"].precisions) == {"site": ROWS["gares"]}
    assert all(sum(view.precisions.values()) == view.state.rows for view in views.values())


def test_areas_are_told_printed_and_computed(catalogue):
    areas = {area.name: area for area in trust_page(catalogue, None)["areas"]}
    assert len(areas) == 7
    assert (areas["Calaisis"].printed, float(areas["Calaisis"].computed)) == ("401 km²", 602.1)
    assert areas["Artois"].printed == "plus de 700 km²"
    assert areas["Artois"].difference is None
    assert areas["Calaisis"].finding in {f.id for f in verify_catalogue(catalogue).findings}


def test_an_adopted_deliberation_that_cannot_be_read_is_told(catalogue, tmp_path):
    data = copytree(catalogue.data, tmp_path / "data")
    (data / FOLDER / "2023-534.yaml").write_text("[", encoding="utf-8")
    page = serve(Catalogue(catalogue.reference, data)).get(TRUST).text
    assert "Une délibération adoptée n’a pas pu être lue" in page
    assert "2023-534.yaml" in page


def test_all_findings_can_be_downloaded(findings, documents):
    answer = documents.get(FINDINGS_TABLE)
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["Identifiant"] for row in rows] == [finding.id for finding in findings]
    assert {row["Écart"][:1] for row in rows} >= {"0"}


def test_a_verification_of_nothing_says_so():
    assert summary(Verification(())).startswith("0\u00a0vérification\u00a0:")


def test_the_geocoder_s_accuracy_is_that_of_its_table(catalogue, read_page):
    page = read_page(TRUST)
    for one in read_accuracy(catalogue.data):
        assert one.kind in page.text
        assert format_percent(one.share) in page.text
    assert "homonyme d’ailleurs" in page.text
    assert max(tenth.error for tenth in read_reliability(catalogue.data)) <= 0.03
    assert {POSITIONS, GEOCODER} <= set(page.links)


def test_published_accessibility_is_told_beside_ours(read_page):
    page = read_page(TRUST)
    assert "7,2864" in page.text
    assert page.text.count("nul à 10") == 4
    assert "PySAL access" in page.text
