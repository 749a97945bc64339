"""The money of the operations: groups that conserve it, and what is unknown kept apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.perimeter import Level
from layers.indicators.counted import indicator
from layers.indicators.states import State
from layers.operation import funding
from layers.operation.funding import BREAKDOWNS, Funding, Operation, group_by
from layers.operation.payers import payers
from tests.known_totals import FIT

COST = Decimal("15595862.61")
PACTS = ("réussites citoyennes", "solidarités humaines", "solidarités territoriales")

amounts = st.decimals(min_value=1, max_value=10**8, places=2)
drawn_operations = st.lists(
    st.builds(
        Operation,
        id=st.uuids().map(str),
        title=st.just(""),
        contract=st.sampled_from(("a", "b", "c")),
        commune=st.just("62193"),
        pacts=st.lists(st.sampled_from(PACTS), min_size=1, unique=True).map(tuple),
        vote_year=st.sampled_from(("2023", "2024")),
        works_year=st.just("2024"),
        fit=amounts,
        cost=amounts,
    )
).map(tuple)


def known(breakdown):
    return {group.key: group.funding for group in breakdown.groups if group.funding}


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_each_breakdown_totals_the_seven_operations_once(catalogue, name):
    total = BREAKDOWNS[name](catalogue).total
    assert (total.operations, total.fit, total.cost) == (7, FIT, COST)


@pytest.mark.parametrize("name", [name for name in BREAKDOWNS if name != "pactes"])
def test_groups_that_share_nothing_add_up_to_the_total(catalogue, name):
    breakdown = BREAKDOWNS[name](catalogue)
    groups = known(breakdown).values()
    assert breakdown.repeated == 0
    assert sum(group.fit for group in groups) == FIT
    assert sum(group.cost for group in groups) == COST


def test_an_operation_of_several_pacts_counts_in_each_and_once_in_the_total(catalogue):
    breakdown = funding.by_pact(catalogue)
    assert {name: group.operations for name, group in known(breakdown).items()} == {
        "réussites citoyennes": 5,
        "solidarités humaines": 3,
        "solidarités territoriales": 7,
    }
    assert breakdown.repeated == 8
    assert breakdown.total.fit == FIT < sum(group.fit for group in known(breakdown).values())


@given(drawn_operations)
def test_a_partition_conserves_every_cent(found):
    breakdown = group_by(found, lambda operation: (operation.contract,))
    groups = [group.funding for group in breakdown.groups]
    assert breakdown.repeated == 0
    assert sum(group.fit for group in groups) == breakdown.total.fit
    assert sum(group.cost for group in groups) == breakdown.total.cost


@given(drawn_operations)
def test_groups_that_overlap_exceed_the_total_by_what_they_share(found):
    breakdown = group_by(found, lambda operation: operation.pacts)
    shared = sum(operation.fit * (len(operation.pacts) - 1) for operation in found)
    assert sum(group.funding.fit for group in breakdown.groups) - breakdown.total.fit == shared
    assert breakdown.repeated == sum(len(operation.pacts) - 1 for operation in found)


@pytest.mark.parametrize("level", [Level.EPCI, Level.TERRITORY])
def test_places_say_what_the_map_says(catalogue, level):
    fit, rate = indicator("fit"), indicator("fit_par_habitant")
    for group in funding.by_place(catalogue, level).groups:
        money = group.funding
        said, each = (one.reading(catalogue, group.perimeter) for one in (fit, rate))
        assert said.known == (money.fit if money else None)
        assert each.known == (money.per_inhabitant if money else None)
        assert (said.state is State.PARTIAL) == bool(money and money.partial)


def test_where_no_contract_was_read_the_money_is_unknown_and_not_zero(catalogue):
    breakdown = funding.by_place(catalogue, Level.EPCI)
    unknown = [group for group in breakdown.groups if group.funding is None]
    assert len(breakdown.groups) == 20
    assert len(unknown) == 15


def test_a_contract_is_told_per_inhabitant_of_its_partner(catalogue):
    calais = known(funding.by_contract(catalogue))["ct-grand-calais"]
    assert calais.population == 98_895
    assert (calais.share, calais.leverage) == (Decimal("0.05"), 20)
    assert round(calais.per_inhabitant, 2) == Decimal("5.06")


def test_the_total_is_told_per_inhabitant_of_the_places_that_are_known(catalogue):
    total = funding.total(catalogue)
    contracts = funding.by_contract(catalogue)
    assert total.population == sum(group.funding.population for group in contracts.groups)
    assert round(total.per_inhabitant, 2) == Decimal("4.17")
    assert total.partial.startswith("territoires dont le contrat est connu : 6 sur 22")
    assert contracts.total == total


def test_nothing_is_divided_by_zero():
    nothing = Funding(0, Decimal(0), Decimal(0))
    assert (nothing.share, nothing.leverage, nothing.per_inhabitant) == (None, None, None)


def test_years_are_those_of_the_vote_and_of_the_works(catalogue):
    votes = known(funding.by_vote_year(catalogue))
    works = known(funding.by_works_year(catalogue))
    assert {year: group.operations for year, group in votes.items()} == {"2023": 7}
    assert {year: group.operations for year, group in works.items()} == {"2023": 3, "2024": 4}


def test_who_pays_is_told_to_the_cent(catalogue):
    paid = {(payer.funder.value, payer.is_fit): payer.amount for payer in payers(catalogue)}
    assert paid == {
        ("Département", True): FIT,
        ("Département", False): Decimal("1080000.00"),
        ("État", False): Decimal("7392158.00"),
        ("Région", False): Decimal("459948.75"),
        ("Maître d’ouvrage", False): Decimal("4785059.66"),
    }
    printed = catalogue.load("operations")["total_receipts"].sum()
    assert printed - sum(paid.values()) == Decimal("0.20")
