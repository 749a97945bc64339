"""Bars and timelines: lengths that conserve, and never less than can be seen."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.charts import GAP, SHORTEST, WIDTH, stack, timeline
from layers.documents.convention import Quotation
from layers.french.period import parse_period
from layers.operation.fiche import DatedStep

amounts = st.lists(st.decimals(min_value=1, max_value=10**8, places=2), min_size=1, max_size=12)


def step(text):
    return DatedStep("Étape", text, parse_period(text), "", Quotation("", 1))


@given(amounts)
def test_parts_fill_the_bar_and_do_not_overlap(values):
    bars = stack((("fit", value) for value in values), sum(values))
    ends = [bar.x + bar.width for bar in bars]
    assert len(bars) == len(values)
    assert all(bar.width > 0 for bar in bars)
    starts = [bar.x for bar in bars]
    assert starts == sorted(starts)
    assert WIDTH - GAP - 1 <= ends[-1] <= WIDTH + 1


@given(amounts, st.decimals(min_value=1, max_value=10**8, places=2))
def test_a_bar_never_leaves_its_frame(values, whole):
    bars = stack((("etat", value) for value in values), whole)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1 for bar in bars)


def test_a_part_of_nothing_is_not_drawn():
    bars = stack([("fit", Decimal(0)), ("etat", Decimal(5)), ("region", Decimal(-1))], Decimal(10))
    assert [(bar.kind, bar.x, bar.width) for bar in bars] == [("etat", 0.0, WIDTH / 2 - GAP)]


def test_a_date_is_as_long_as_its_doubt():
    line = timeline([step("2024"), step("2ème sem 2024"), step("03/2024")], date(2024, 1, 1))
    year, half, month = line.bars
    assert line.years == (2024,)
    assert (year.x, year.width) == (0, WIDTH)
    assert half.x == pytest.approx(WIDTH * 182 / 366, abs=0.01)
    assert half.x + half.width == pytest.approx(WIDTH, abs=0.01)
    assert month.width == pytest.approx(WIDTH * 31 / 366, abs=0.01)
    assert line.vote == 0


def test_a_day_can_still_be_seen_and_the_axis_holds_the_vote():
    line = timeline([step("12/03/2026")], date(2023, 12, 4))
    assert line.years == (2023, 2024, 2025, 2026)
    assert line.bars[0].width >= SHORTEST
    assert 0 < line.vote < WIDTH / 4


def test_a_date_that_cannot_be_read_has_no_bar():
    assert timeline([step("bientôt")], date(2023, 12, 4)).bars == (None,)
