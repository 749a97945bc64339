"""What the documents print adds up, but for what is known; and no changed amount goes unseen."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from layers.model.schema import LayerError
from layers.reconciliation.acceptance import FIGURES
from layers.reconciliation.checks import CHECKS
from layers.reconciliation.confrontation import Status
from layers.reconciliation.verification import verify
from tests.known_totals import COMMUNES_OF_2024, FIT, ROWS

ON_CONTRACTS = tuple(check for check in CHECKS if check.id != FIGURES)
AMOUNTS = [
    *(("contracts/operations.csv", column) for column in ("fit", "total_cost", "total_receipts")),
    ("contracts/financing.csv", "amount"),
    ("contracts/budget.csv", "programme_authorisation"),
    *(("contracts/budget.csv", column) for column in ("available", "proposed", "balance")),
    ("contracts/restatements.csv", "value"),
]


@pytest.fixture(scope="module")
def verification(reference, data):
    return verify(reference, data)


def found(verification, check):
    return {
        finding.confrontation.key: finding.confrontation
        for finding in verification.findings
        if finding.check.id == check
    }


def test_nothing_new_is_wrong(verification):
    assert verification.with_status(Status.NEW) == ()
    assert verification.ok
    identifiers = Counter(finding.id for finding in verification.findings)
    assert identifiers.most_common(1)[0][1] == 1


def test_the_fit_is_printed_the_same_in_every_place(verification):
    for check in ("fit-total", "fit-articles", "fit-tableau"):
        (total,) = found(verification, check).values()
        assert (total.printed, total.computed) == (FIT, FIT)
        assert total.source.text == f"TOTAL {FIT:,} €".replace(",", " ").replace(".", ",")
    budget = found(verification, "budget")
    assert {code: line.computed for code, line in budget.items()} == {
        "cd62-2023-534.C05-300J01": Decimal("762860.00"),
        "cd62-2023-534.C05-501A01": Decimal("1115836.00"),
    }
    assert len(found(verification, "fit-reprises")) == 3 * 7


def test_plans_add_up_but_for_twenty_cents(verification):
    gaps = {
        finding.id: finding.confrontation.difference
        for finding in verification.findings
        if finding.check.id in {"depenses", "recettes", "equilibre", "details"}
        and not finding.confrontation.agrees
    }
    assert gaps == {"recettes.2023-534-fauquembergues-1": Decimal("0.20")}


def test_public_aid_is_within_the_ceiling_but_for_one_plan(verification):
    ceilings = found(verification, "plafond")
    excess = {key: line.difference for key, line in ceilings.items() if line.difference}
    assert excess == {"2023-534-ternois-1": Decimal("93.22")}
    calais = ceilings["2023-534-grand-calais-1"]
    assert (calais.printed, calais.computed) == (Decimal(8_000_000), Decimal(8_000_000))


def test_counts_of_places_are_the_printed_ones(verification):
    communes = {key: int(line.computed) for key, line in found(verification, "communes").items()}
    assert communes == {
        "arrageois": 255,
        "artois": 104,
        "audomarois": 89,
        "boulonnais": 74,
        "calaisis": 52,
        "lens-henin": 50,
        "montreuillois-ternois": 266,
    }
    colleges = {key: int(line.printed) for key, line in found(verification, "colleges").items()}
    assert sum(colleges.values()) == 125
    totals = {key: int(line.computed) for key, line in found(verification, "totaux").items()}
    known = {name: ROWS[name] for name in ("communes", "epcis", "qpv", "colleges")}
    known["communes-2024"] = COMMUNES_OF_2024
    assert known.items() <= totals.items()


def test_starts_before_the_vote_are_found_with_their_days(verification):
    starts = found(verification, "debut-vote")
    early = {key: start.difference for key, start in starts.items() if start.difference}
    assert early["2023-534-grand-calais-1.2010"] == -613
    assert early["2023-534-aire-sur-la-lys-1.8444"] == -4
    assert len(early) == 7
    unsure = starts["2023-534-bethune-bruay-1.3696"]
    assert unsure.agrees
    assert unsure.note


def test_every_discrepancy_can_be_walked_back_to_its_words(verification, read):
    lines = {row["id"]: int(row["lines"]) for row in read("documents.csv")}
    for finding in verification.with_status(Status.KNOWN):
        source = finding.confrontation.source
        assert 0 < source.line <= lines[source.document]
        assert 0 < len(source.text.split()) <= 25
        assert finding.reason


def test_twice_the_same(reference, data, verification):
    assert verify(reference, data) == verification


@st.composite
def spoilt_amount(draw, rows, column, others):
    number = draw(
        st.sampled_from([i for i, r in enumerate(rows) if r.get("measure") != "territoire"])
    )
    before = Decimal(rows[number][column])
    after = draw(
        st.sampled_from(others) | st.decimals(-(10**7), 10**8, places=2).map(lambda d: before + d)
    )
    assume(after != before)
    return number, str(after)


@pytest.mark.parametrize("amount", AMOUNTS, ids=" ".join)
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an amount needs no shrinking
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=st.data())
def test_a_changed_amount_is_always_seen(reference, respelt, read, amount, drawn):
    name, column = amount
    others = [Decimal(row["amount"]) for row in read("contracts/financing.csv")]
    number, value = drawn.draw(spoilt_amount(read(name), column, others))
    with respelt(name, column, value, number) as folder:
        assert not verify(reference, folder, ON_CONTRACTS).ok


@pytest.mark.parametrize(
    ("cell", "value", "check"),
    [
        (("contracts/calendar.csv", "date"), "03/2023", "lecture-dates"),
        (("contracts/calendar.csv", "date"), "13/2022", "dates"),
        (("contracts/restatements.csv", "value"), "500000.01", "fit-reprises"),
        (("contracts/operations.csv", "communes"), "62041", "territoires"),
        (("contracts/operations.csv", "budget_code"), "C05-501A01", "budget"),
        (("colleges/colleges.csv", "sector"), "private", "colleges"),
        (("districts/priority_districts.csv", "code"), "QN06202M", "totaux"),
        (("contracts/contracts.csv", "kind"), "ville", "tables"),
        (("quotations.csv", "quotation"), "illisible", "lecture-operations"),
    ],
)
def test_other_changes_are_seen_by_their_check(reference, respelt, cell, value, check):
    with respelt(*cell, value) as folder:
        new = verify(reference, folder, ON_CONTRACTS).with_status(Status.NEW)
    assert check in {finding.check.id for finding in new}


def test_a_works_end_before_its_start_is_seen(reference, respelt):
    with respelt("contracts/calendar.csv", "date", "2ème sem 2019", 3) as folder:
        findings = verify(reference, folder, ON_CONTRACTS).findings
    order = {f.confrontation.key: f for f in findings if f.check.id == "ordre-dates"}
    wrong = order["2023-534-grand-calais-1.2014"]
    assert wrong.status == Status.NEW
    assert wrong.confrontation.difference < 0


def test_a_changed_figure_is_seen(reference, spoiled):
    def one_more(rows):
        (row,) = [
            r for r in rows if (r["figure"], r["perimeter"]) == ("communes", "territoire:calaisis")
        ]
        row.update(printed="53", value="53")
        return rows

    with spoiled("figures/territories.csv", one_more) as folder:
        new = {finding.id for finding in verify(reference, folder).with_status(Status.NEW)}
    assert {"communes.calaisis", "chiffres.communes.communes.territoire:calaisis"} <= new


def test_a_figure_that_is_not_what_is_printed_is_refused(reference, respelt):
    with (
        respelt("figures/territories.csv", "value", "211426") as folder,
        pytest.raises(LayerError, match="attendu : la valeur imprimée"),
    ):
        verify(reference, folder)


def test_a_check_with_nothing_to_check_is_new(reference, spoiled):
    with spoiled("contracts/budget.csv", lambda _: []) as folder:
        new = {f.id for f in verify(reference, folder, ON_CONTRACTS).with_status(Status.NEW)}
    assert {"budget.vide", "budget-solde.vide", "budget-article.vide"} <= new
