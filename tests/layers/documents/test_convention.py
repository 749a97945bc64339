from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.documents.convention import (
    CONTRADICTIONS,
    complete_by,
    list_obligations,
    schedule_payments,
)

grants = st.integers(1, 10**12).map(lambda n: Decimal(n).scaleb(-2))


def amounts(grant):
    return [str(payment.amount) for payment in schedule_payments(Decimal(grant))]


def test_above_100_000_euros_three_instalments_and_the_balance():
    assert amounts("460836.00") == ["138250.80", "138250.80", "92167.20", "92167.20"]


def test_at_100_000_euros_and_below_one_instalment_and_the_balance():
    assert amounts("100000.00") == ["50000.00", "50000.00"]
    assert amounts("75000.00") == ["37500.00", "37500.00"]
    assert len(amounts("100000.01")) == 4


@given(grants)
def test_payments_sum_to_the_grant_to_the_cent(grant):
    payments = schedule_payments(grant)
    assert sum(payment.amount for payment in payments) == grant
    assert all(payment.amount >= 0 for payment in payments)


@pytest.mark.parametrize("grant", ["0", "-1", "NaN"])
def test_no_payment_of_nothing(grant):
    with pytest.raises(ValueError, match="montant positif"):
        schedule_payments(Decimal(grant))


def test_deadline_of_two_or_three_years_and_silence_between():
    signed = date(2024, 2, 29)
    assert complete_by(signed, Decimal(200000)).deadline == date(2026, 2, 28)
    assert complete_by(signed, Decimal(500001)).deadline == date(2027, 2, 28)
    silent = complete_by(signed, Decimal("500000.00"))
    assert (silent.deadline, silent.years) == (None, None)
    assert "exactement 500 000 €" in silent.note
    assert "500 000" in silent.source.text


def test_the_plaque_depends_on_the_amount_and_on_a_building():
    large = " ".join(rule.text for rule in list_obligations(Decimal(100001), building=True))
    small = " ".join(rule.text for rule in list_obligations(Decimal(100000), building=True))
    outside = " ".join(rule.text for rule in list_obligations(Decimal(100001), building=False))
    assert "1 m²" in large
    assert "Ici, le Département investit" in small
    assert "plaque" not in outside


def quotations():
    yield from (payment.source for payment in schedule_payments(Decimal(200000)))
    yield from (payment.source for payment in schedule_payments(Decimal(20000)))
    yield complete_by(date(2024, 1, 1), Decimal(1)).source
    for grant in (Decimal(1), Decimal(200000)):
        yield from (rule.source for rule in list_obligations(grant, building=True))
    yield from (rule.source for rule in CONTRADICTIONS)


def test_quotations_are_short_and_stand_where_they_say(lines):
    text = lines["cd62-2023-534"]
    for quotation in quotations():
        assert len(quotation.text.split()) <= 25
        window = " ".join(" ".join(text[quotation.line - 1 : quotation.line + 2]).split())
        assert quotation.text in window
