"""The framework: rules and totals, each with its line; the convention beside a grant."""

from app.documents.contract import contract_page
from app.documents.framework import framework_page
from app.web import addresses as urls


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_framework_says_who_signs_and_how(read_page):
    text = plain(read_page(urls.FRAMEWORK).text)
    assert "Qui peut signer" in text
    assert "comité de pilotage" in text
    assert "avant le 31 mars 2024" in text
    assert "demandée six mois avant la fin du délai" in text


def test_a_line_is_cited_with_its_document_where_there_are_several(read_page):
    text = plain(read_page(urls.FRAMEWORK).text)
    assert "délibération n° 2022-317, l. 216" in text
    assert "rapport d’activité 2022, l. 6470" in text
    contract = plain(read_page(urls.contract_url("ct-bethune-bruay")).text)
    assert "délibération du 12 décembre 2023, l. 625" in contract
    assert "délibération n° 2023-534, l. 3501" in contract


def test_totals_are_the_sums_of_what_the_report_prints(catalogue):
    totals = framework_page(catalogue)["totals"]
    assert [one.topic for one in totals] == [
        "739 communes éligibles au FARDA",
        "171 bâtiments départementaux",
        "6\u202f201 km de routes départementales",
    ]
    assert "Arrageois 240 (l. 331)" in totals[0].text
    assert [one.source.text for one in totals] == [
        "240 communes éligibles au FARDA",
        "60 bâtiments départementaux",
        "1 450 kilomètres de voiries départementales",
    ]


def test_an_operation_has_the_rules_of_its_convention_and_its_deadline(read_page):
    text = plain(read_page(urls.operation_url("2023-534-bethune-bruay-1")).text)
    assert "reverse au plus tard dans le mois" in text
    assert "les travaux finissent au plus tard le" in text


def test_a_grant_at_the_silent_amount_has_no_comparison(read_page):
    text = plain(read_page(urls.operation_url("2023-534-grand-calais-1")).text)
    assert "les travaux finissent au plus tard" not in text


def test_a_contract_says_who_signs_and_where_the_two_texts_differ(read_page):
    text = plain(read_page(urls.contract_url("ct-bethune-bruay")).text)
    assert "Le président du Conseil départemental." in text
    assert "« jeunesses » ou « jeunes »" in text
    assert "huit jours après le Département" in text
    assert "24 collèges, 11 871 élèves" in text


def test_a_contract_says_what_its_axes_foresee_or_the_stakes_of_its_partner(read_page):
    ternois = plain(read_page(urls.contract_url("ct-ternois")).text)
    assert "Rénover la piscine de Frévent" in ternois
    # what is folded stands below what is read without a press
    order = [ternois.rindex(title) for title in ("Interlocuteurs", "Ce que les axes prévoient")]
    assert order == sorted(order)
    aire = plain(read_page(urls.contract_url("ct-aire-sur-la-lys")).text)
    assert "trois axes et ne les développe pas" in aire
    assert "Ingénierie mobilisable" in aire


def test_an_operation_says_who_answers_for_it_and_who_helps(read_page):
    text = plain(read_page(urls.operation_url("2023-534-7-vallees-1")).text)
    assert "Référents et ingénierie" in text
    assert "Direction des sports – Service partenariats et pratiques sportives" in text
    assert "SYMCEA (AMO)" in text
    assert "mis à disposition du Canoë-Kayak Club" in text


def test_a_contract_says_how_its_booklet_develops_the_axes(read_page):
    text = plain(read_page(urls.contract_url("ct-grand-calais")).text)
    assert "Vers une attractivité territoriale renforcée : «" in text
    assert text.count("Signataires") == 1


def test_a_vote_that_nobody_has_told_says_what_was_read_of_it(catalogue, read_page, monkeypatch):
    framework = plain(read_page(urls.FRAMEWORK).text)
    assert "Autres délibérations adoptées" in framework
    assert "délibération du 12 décembre 2023, l. 557" in framework
    monkeypatch.setattr("app.documents.contract.read_particulars", lambda *_: {})
    page = contract_page(catalogue, "ct-ternois")
    (signed, engineering) = page["read_words"]
    assert signed[0] == "Signataires"
    assert [one.text for one in signed[1]][1] == "Le Président"
    assert "Ingénierie 62" in engineering[1][0].text


def test_an_operation_says_its_context(read_page):
    text = plain(read_page(urls.operation_url("2023-534-ternois-1")).text)
    assert "Le Ternois ne dispose d’aucun organisme de formation." in text
