"""The SCDL file against its schema; the complements here are invented and say so (NIC 99999)."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from frictionless import Resource, Schema, validate
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import luhn

from app.exports.complements import COLUMNS, FILE, read_complements
from app.exports.grant import Circumstances, Grant
from app.exports.subventions import collect_grants, to_scdl
from app.settings import EMBEDDED_DATA
from layers.model.schema import LayerError
from tests.known_totals import FIT

SCHEMA = json.loads((EMBEDDED_DATA / "schemas/subventions-2.1.1.json").read_text(encoding="utf-8"))
MISSING = ("dateConvention", "idBeneficiaire", "datesPeriodeVersement", "notificationUE")


def invented_siret(siren: str) -> str:
    """Return a number that no register holds: the establishment is 9999, then the right key."""
    return siren + "9999" + luhn.calc_check_digit(siren + "9999")


EPCIS = {
    "2023-534-grand-calais-1": "200090751",
    "2023-534-bethune-bruay-1": "200072460",
    "2023-534-bethune-bruay-2": "200072460",
    "2023-534-7-vallees-1": "200044030",
    "2023-534-ternois-1": "200069672",
}
COMMUNES = ("2023-534-aire-sur-la-lys-1", "2023-534-fauquembergues-1")
INVENTED = {
    operation: {
        "dateConvention": "2024-02-29",
        "idBeneficiaire": invented_siret(EPCIS.get(operation, "999999998")),
        "datesPeriodeVersement": "2024-03-01/2026-02-28",
        "notificationUE": "non",
    }
    for operation in (*EPCIS, *COMMUNES)
}


def is_valid(content: bytes) -> bool:
    resource = Resource(data=content, format="csv", schema=Schema.from_descriptor(SCHEMA))
    return validate(resource).valid


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_columns_are_those_of_the_schema():
    assert Grant.columns() == tuple(field["name"] for field in SCHEMA["fields"])
    required = {f["name"] for f in SCHEMA["fields"] if f["constraints"].get("required")}
    ours = {field.alias for field in Grant.model_fields.values() if field.is_required()}
    given_or_fixed = {"nomAttribuant", "idAttribuant", "nature", "pourcentageSubvention"}
    assert required <= ours | given_or_fixed
    assert set(COLUMNS) <= set(Grant.columns())


def test_today_no_grant_is_complete_and_each_says_what_it_lacks(catalogue):
    complements = read_complements(EMBEDDED_DATA / FILE, frozenset(INVENTED))
    grants = collect_grants(catalogue, complements)
    assert grants.complete == ()
    assert {kept_out.operation for kept_out in grants.kept_out} == set(INVENTED)
    assert sum(kept_out.amount for kept_out in grants.kept_out) == FIT
    for kept_out in grants.kept_out:
        assert [(lack.column, lack.found) for lack in kept_out.lacks] == [(c, "") for c in MISSING]


def test_a_file_without_grants_is_a_valid_header():
    content = to_scdl(())
    assert content.decode() == ",".join(Grant.columns()) + "\r\n"
    assert is_valid(content)


def test_complemented_grants_make_a_valid_file(catalogue):
    grants = collect_grants(catalogue, INVENTED)
    content = to_scdl(grants.complete)
    rows = read(content)
    assert (len(rows), grants.kept_out) == (7, ())
    assert is_valid(content)
    assert sum(Decimal(row["montant"]) for row in rows) == FIT
    assert {row["idAttribuant"] for row in rows} == {"22620001200012"}
    assert {row["referenceDecision"] for row in rows} == {"2023-534"}
    assert {row["conditionsVersement"] for row in rows} == {"échelonné"}
    assert {row["pourcentageSubvention"] for row in rows} == {"1.00"}
    calais = rows[0]
    assert calais["nomBeneficiaire"] == "Communauté d’agglomération Grand Calais Terres et Mers"
    assert calais["objet"] == "Construction d’une nouvelle piscine intercommunale à Calais"
    assert calais["montant"] == "500000.00"


def test_the_mandataire_is_the_beneficiary(catalogue):
    rows = read(to_scdl(collect_grants(catalogue, INVENTED).complete))
    names = {row["objet"]: row["nomBeneficiaire"] for row in rows}
    assert names["Reconversion d’un bâtiment en hôtel de la formation"] == (
        "Communauté de communes du Ternois"
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("dateConvention", "2024-02-30"),
        ("dateConvention", "20240229"),
        ("dateConvention", "29/02/2024"),
        ("dateConvention", "2023-12-03"),  # the day before the vote
        ("idBeneficiaire", "200090751"),
        ("idBeneficiaire", "20009075100000"),  # wrong key
        ("idBeneficiaire", invented_siret("200072460")),  # another EPCI
        ("datesPeriodeVersement", "2026-02-28/2024-03-01"),
        ("datesPeriodeVersement", "2024-03"),
        ("datesPeriodeVersement", "2024-02-28"),  # before the convention
        ("notificationUE", "oui."),
        ("dispositifAide", "x" * 257),
    ],
)
def test_a_wrong_complement_keeps_its_grant_out_and_is_quoted(catalogue, column, value):
    operation = "2023-534-grand-calais-1"
    wrong = {**INVENTED, operation: {**INVENTED[operation], column: value}}
    grants = collect_grants(catalogue, wrong)
    assert len(grants.complete) == 6
    (kept_out,) = grants.kept_out
    (lack,) = kept_out.lacks
    assert (kept_out.operation, lack.column) == (operation, column)
    assert value.startswith(lack.found.rstrip("…"))
    assert lack.expected
    assert ("200090751" in lack.expected) == (column == "idBeneficiaire")


FREE_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@\t\n\";,'"), min_size=1
)
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
"""Begins with a sign and is no formula: a spreadsheet reads a number."""


@settings(max_examples=20)
@given(st.lists(st.tuples(FREE_TEXT, FREE_TEXT), min_size=1, max_size=20))
@example([("=1+1", "-0"), ("-1,5", "@x")])
def test_any_text_gives_a_valid_file_that_no_spreadsheet_runs(texts):
    # as many texts as ever in fewer files: to validate one takes a tenth of a second
    known = {
        "referenceDecision": "2023-534",
        "montant": Decimal("0.01"),
        "conditionsVersement": "échelonné",
        **INVENTED["2023-534-aire-sur-la-lys-1"],
    }
    context = Circumstances(voted=date(2023, 12, 4), siren="")
    grants = tuple(
        Grant.model_validate({**known, "objet": title, "nomBeneficiaire": name}, context=context)
        for title, name in texts
    )
    content = to_scdl(grants)
    assert is_valid(content)
    for row, (title, _) in zip(read(content), texts, strict=True):
        assert row["objet"].removeprefix("'") in {title, title.removeprefix("'")}
        for cell in row.values():
            assert NUMBER.fullmatch(cell) or not cell.startswith(tuple("=+-@\t\r\n"))


def complements(folder, text):
    path = folder / "complements.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_cell_is_not_known(tmp_path):
    path = complements(tmp_path, "operation,dateConvention,notificationUE\na,2024-01-02,\n")
    assert read_complements(path, frozenset("a")) == {"a": {"dateConvention": "2024-01-02"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("operation,montant\na,1\n", "colonne « montant » inconnue"),
        ("operation,dateConvention\nb,\n", "ligne 2, opération « b » inconnue"),
        ("operation,dateConvention\na,\na,\n", "attendu : une valeur unique"),
        ("dateConvention\n2024-01-02\n", "colonne « operation » absente"),
    ],
)
def test_complements_that_cannot_be_right_are_refused(tmp_path, text, said):
    with pytest.raises(LayerError, match=said):
        read_complements(complements(tmp_path, text), frozenset("a"))
