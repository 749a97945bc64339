"""The columns of the timeline: each operation once a semester, surely or perhaps."""

import re

from app.explore.timeline import read_under_way
from layers.operation.calendar import read_spans


def test_an_operation_is_under_way_in_a_semester_surely_or_perhaps_never_both(catalogue):
    spans = catalogue.derive(read_spans)
    for semester, there in read_under_way(catalogue).items():
        days = semester.first_day, semester.last_day
        assert there.surely.isdisjoint(there.perhaps)
        assert there.surely == {key for key, span in spans.items() if span.surely_runs(*days)}
        running = {key for key, span in spans.items() if span.may_run(*days)}
        assert there.perhaps | there.surely == running
        assert there.count(frozenset(spans)) == (len(there.surely), len(running - there.surely))
        assert there.count(frozenset()) == (0, 0)


def test_the_column_of_a_semester_says_how_many_there_are(catalogue, client):
    spans = catalogue.derive(read_spans)
    page = client.get("/").text
    labels = dict(re.findall(r'id="semester-([^"]+)"[^>]*aria-label="([^"]+)"', page))
    for semester in read_under_way(catalogue):
        days = semester.first_day, semester.last_day
        surely = sum(span.surely_runs(*days) for span in spans.values())
        perhaps = sum(span.may_run(*days) for span in spans.values()) - surely
        numbers = labels[str(semester)].partition(":")[2]
        said = [int(number) for number in re.findall(r"\d+", numbers)]
        assert said == ([surely, perhaps] if perhaps else [surely])
