"""Forged calls of Dash's callbacks: 400 and one line, whatever is sent; the real ones pass."""

import copy
import json

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CALLS = "/_dash-update-component"
CHOICE = {"indicator": "fit", "level": "epci", "drawing": None}


def part(name, value=None, prop="data"):
    return {"id": name, "property": prop, "value": value}


def real_calls(application):
    """Return a call as the page makes it, for each callback of the server."""
    values = {
        "place": "epci:200090751",
        "choice": CHOICE,
        "layers": ["qpv"],
        "operations": {"period": None, "ambitions": None},
        "table-kind": None,
        "address": "?lieu=commune:62193",
        "gap-asked": "?service=mairies",
        "gap-table-open": "?service=mairies",
        "table-view": {"kind": "territoires", "choice": CHOICE, "operations": None, "made": False},
    }
    calls = []
    for output, declared in application.callback_map.items():
        if "callback" in declared:
            names = output.strip(".").split("...") if output.startswith("..") else [output]
            outputs = [
                dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names
            ]
            inputs, state = (
                [part(given["id"], values[given["id"]]) for given in declared[kind]]
                for kind in ("inputs", "state")
            )
            calls.append(
                {
                    "output": output,
                    "outputs": outputs if output.startswith("..") else outputs[0],
                    "inputs": inputs,
                    "changedPropIds": [f"{inputs[0]['id']}.data"],
                    "state": state,
                    "parsedChangedPropsIds": [f"{inputs[0]['id']}.data"],
                }
            )
    return calls


@pytest.fixture(scope="session")
def calls(application):
    return real_calls(application)


@pytest.fixture
def post(client):
    def send(body, query=""):
        data = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(CALLS + query, data=data, content_type="application/json")

    return send


def test_what_the_pages_ask_is_answered(calls, post):
    assert len(calls) == 5
    for call in calls:
        assert post(call).status_code == 200, call["output"]
        assert post(call, "?endId=n1TQS~59ad").status_code == 200, call["output"]


def test_an_address_that_is_too_long_is_told_not_refused(calls, post):
    call = copy.deepcopy(next(call for call in calls if call["inputs"][0]["id"] == "address"))
    call["inputs"][0]["value"] = "?lieu=epci:200090751&couches=" + "x," * 5_000
    answer = post(call)
    assert answer.status_code == 200
    assert "Adresse trop longue" in answer.text


def test_stores_that_hold_nothing_yet_fail_nothing(calls, post):
    for call in calls:
        for where in (*call["inputs"], *call["state"]):
            empty = copy.deepcopy(call)
            for found in (*empty["inputs"], *empty["state"]):
                if found["id"] == where["id"]:
                    found["value"] = None
            answer = post(empty)
            assert answer.status_code in {200, 204, 400}, where["id"]
            assert "erreur est survenue" not in answer.text, where["id"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[1",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"output": "place.data", "inputs": []}',
        b'{"output": 3, "outputs": {}, "inputs": []}',
        b'{"output": "nulle.part", "outputs": {"id":"nulle","property":"part"}, "inputs": []}',
        b"[" * 50_000,
        b'{"a":' * 10_000,
    ],
)
def test_what_is_no_call_is_refused(post, body):
    refused(post(body))


def refused(answer):
    assert answer.status_code == 400
    assert answer.text == "Demande refusée : la page ne demande rien de tel. Rechargez-la."


def changed(call, **changes):
    return {**copy.deepcopy(call), **changes}


def test_other_parts_than_the_declared_ones_are_refused(calls, post):
    for call in calls:
        refused(post(changed(call, inputs=[])))
        refused(post(changed(call, inputs=[*call["inputs"], part("place", "x")])))
        refused(post(changed(call, inputs=[[one] for one in call["inputs"]])))
        refused(post(changed(call, inputs="place")))
        refused(post(changed(call, state=[part("place", "x"), part("place", "x")])))
        refused(post(changed(call, outputs=[])))
        refused(post(changed(call, outputs={"id": {"type": "x"}, "property": "data"})))
        refused(post(changed(call, changedPropIds=["autre.data"])))
        refused(post(changed(call, changedPropIds={"a": 1})))
        renamed = changed(call)
        renamed["inputs"][0]["id"] = {"type": "ALL"}
        refused(post(renamed))


@pytest.mark.parametrize(
    "value", [3, 1.5, True, ["x"], [[["x"]]], {"a": {"b": {"c": []}}}, "x" * 30_000]
)
def test_values_of_other_types_are_never_an_error_of_the_server(calls, post, value):
    for call in calls:
        for number in range(len(call["inputs"])):
            forged = changed(call)
            forged["inputs"][number]["value"] = value
            answer = post(forged)
            assert answer.status_code in {200, 400}
            assert "erreur est survenue" not in answer.text


def test_an_argument_in_the_address_is_refused(client, calls):
    answer = client.post(f"{CALLS}?cancelJob=1", json=calls[0])
    refused(answer)


def test_a_forged_call_costs_one_line_of_the_log(calls, post):
    with structlog.testing.capture_logs() as lines:
        post(changed(calls[0], inputs=["x" * 10_000]))
    (line,) = lines
    assert line["event"] == "forged call refused"
    assert "exc_info" not in line
    assert len(str(line)) < 600


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    which=st.integers(0, 4),
    value=JSON,
    key=st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds", 0, 1, 2, 3, 4]),
)
def test_whatever_is_forged_the_server_does_not_fail(calls, post, which, value, key):
    call = changed(calls[which])
    if isinstance(key, int):
        call["inputs"][key % len(call["inputs"])]["value"] = value
    else:
        call[key] = value
    answer = post(call)
    assert answer.status_code in {200, 204, 400}
    assert "Traceback" not in answer.text
    assert "erreur est survenue" not in answer.text
