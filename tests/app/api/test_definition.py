"""Whatever the definition allows is answered as it says: at random, but the same each time."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ADDRESSES = (
    "/", "/conformance", "/collections", "/collections/{collectionId}",
    "/collections/{collectionId}/items/{featureId}", "/collections/operations/items",
    "/collections/qpv/items", "/collections/table.budget/items",
)  # fmt: skip
"""Of each kind one or a few: the others are made by the same lines."""


@pytest.fixture(scope="module")
def definition(application):
    return schemathesis.openapi.from_wsgi("/api/definition", application.server)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_definition_allows_is_answered_as_it_says(definition, address):
    @settings(
        max_examples=12, derandomize=True, deadline=None, phases=[Phase.generate], database=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(case=definition[address]["GET"].as_strategy())
    def ask(case):
        # asked without a network, it would be left packed
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
