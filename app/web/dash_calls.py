"""Calls of Dash's callbacks, checked before Dash reads them: they come from outside.

Dash trusts what its own script sends, and fails in the middle of itself on anything else. Here a
call is held against the callback that it names, and each value against the type of the parameter
that it will be; a forged one is refused with one line in the log.
"""

import json
from collections.abc import Mapping, Sequence
from inspect import signature, unwrap
from typing import Annotated, Any, Final, get_type_hints

import structlog
from dash import Dash
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

CALLS: Final = "/_dash-update-component"
LARGEST_CALL: Final = 64_000
"""Bytes; those of the pages have under 4 000, but for the longest address of a browser."""
ARGUMENTS: Final = frozenset({"endId"})
"""Of the address, that Dash's script sends: which page it runs in. Those of long callbacks, of
which there are none here, would name a job."""
REFUSAL: Final = "Demande refusée : la page ne demande rien de tel. Rechargez-la."

Text = Annotated[str, Field(max_length=20_000)]
"""An address as the browser has it: one that is too long is told as such by whoever reads it."""
Scalar = Text | int | float | bool | None
Choices = dict[str, Scalar]
"""A store of what was chosen: names of parts and their texts."""

log = structlog.get_logger("app.web.dash_calls")


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class _Part(_Strict):
    id: Text
    property: Text
    value: Any = None


class _Target(_Strict):
    id: Text
    property: Text


class _Call(_Strict):
    output: Text
    outputs: _Target | list[_Target]
    inputs: list[_Part]
    state: list[_Part] = Field(default=[])
    changed: list[Text] = Field(default=[], alias="changedPropIds")


class ForgedCallError(Exception):
    """A call is not one that the pages make; the message is for the log, in a few words."""


def check_call(callbacks: Mapping[str, Mapping[str, Any]], body: bytes) -> None:
    """Check a call against the callbacks that there are.

    Parameters
    ----------
    callbacks
        Dash's ``callback_map``: by output, the declared inputs and states and the function.
    body
        What was sent, so anything.

    Raises
    ------
    ForgedCallError
        It is no JSON, names no callback of the server, or has other inputs or other types.
    """
    try:
        call = _Call.model_validate(json.loads(body))
    except ValidationError as error:
        raise ForgedCallError(_where(error)) from error
    except (ValueError, RecursionError) as error:
        raise ForgedCallError("no JSON") from error
    declared = callbacks.get(call.output, {})
    if "callback" not in declared:
        raise ForgedCallError("no such callback")
    if _names(call.inputs) != _declared(declared["inputs"]):
        raise ForgedCallError("other inputs")
    if _names(call.state) != _declared(declared["state"]):
        raise ForgedCallError("other states")
    outputs = call.outputs if isinstance(call.outputs, list) else [call.outputs]
    if _written(outputs, several=isinstance(call.outputs, list)) != call.output:
        raise ForgedCallError("other outputs")
    if not set(call.changed) <= {f"{part.id}.{part.property}" for part in call.inputs}:
        raise ForgedCallError("other changes")
    _check_values(declared["callback"], [part.value for part in (*call.inputs, *call.state)])


def _names(parts: Sequence[_Part]) -> list[tuple[str, str]]:
    return [(part.id, part.property) for part in parts]


def _declared(parts: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(part["id"], part["property"]) for part in parts]


def _written(outputs: Sequence[_Target], *, several: bool) -> str:
    """Return the name that Dash gives to a callback of these outputs."""
    names = [f"{output.id}.{output.property}" for output in outputs]
    return f"..{'...'.join(names)}.." if several else "".join(names)


def _check_values(callback: Any, values: Sequence[Any]) -> None:  # noqa: ANN401 - Dash wraps it
    function = unwrap(callback)
    hints = get_type_hints(function, include_extras=True)
    for name, value in zip(signature(function).parameters, values, strict=True):
        try:
            TypeAdapter(hints[name]).validate_python(value, strict=True)
        except ValidationError as error:
            raise ForgedCallError(f"{name}: {_where(error)}") from error


def _where(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    return f"{'.'.join(map(str, first['loc'][:4]))} {first['type']}"[:200]


def refuse_forged_calls(app: Dash) -> None:
    """Answer calls that the pages do not make with 400 and one line in the log."""

    @app.server.before_request
    def refuse_forged() -> Response | None:
        if request.path != CALLS or request.method != "POST":
            return None
        try:
            if set(request.args) - ARGUMENTS or not request.is_json:
                raise ForgedCallError("no call of the pages")  # noqa: TRY301 - told in one place
            check_call(app.callback_map, request.get_data(cache=True))
        except ForgedCallError as error:
            log.warning("forged call refused", reason=str(error), bytes=request.content_length)
            return Response(REFUSAL, 400, content_type="text/plain; charset=utf-8")
        return None
