"""How the running map is: ``/healthz`` for who watches it, measures and a log where asked for."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, Response, jsonify

from app.opening.data import open_sources
from app.opening.renewals import Renewal, find_renewals
from app.settings import Settings
from app.web.metrics import serve_metrics
from app.web.observed import Served, log_served, observe
from layers.catalogue.layers import Catalogue
from layers.store.protocol import Store


def serve_health(server: Flask, settings: Settings, catalogue: Catalogue, store: Store) -> None:
    """Serve ``/healthz``, and what the operator wants to know of each answer."""
    sources = open_sources(settings)
    server.add_url_rule("/healthz", "healthz", lambda: _health(catalogue, store, sources))
    told: list[Callable[[Served], None]] = []
    if settings.metrics == "oui":
        folder = settings.cache / "mesures"
        told.append(serve_metrics(server, folder, lambda: _states(catalogue, store)))
    if settings.request_log == "oui":
        told.append(log_served)
    if told:
        observe(server, *told)


def _health(catalogue: Catalogue, store: Store, sources: Path) -> Response:
    states, troubles = catalogue.states(), store.troubles()
    return jsonify(
        status="ok" if all(state.ok for state in states) and not troubles else "degraded",
        store={"ok": not troubles, "message": " ".join(troubles)},
        layers=[
            {
                "id": state.id,
                "ok": state.ok,
                "rows": state.rows,
                "known_total": state.known_total,
                "message": state.message,
            }
            for state in states
        ],
        sources=[_source(one) for one in find_renewals(sources, _today()).values()],
    )


def _source(renewal: Renewal) -> Mapping[str, str | int | bool | None]:
    failed = renewal.attempt is not None and not renewal.attempt.good
    return {
        "id": renewal.connector.id,
        "age_days": renewal.age,
        "rhythm_days": renewal.connector.rhythm,
        "late": renewal.late,
        "message": renewal.attempt.said if renewal.attempt and failed else "",
    }


def _today() -> date:
    return datetime.now(UTC).date()


def _states(catalogue: Catalogue, store: Store) -> Mapping[str, float]:
    layers = catalogue.states()
    return {
        "layers": len(layers),
        "layers_unread": sum(not state.ok for state in layers),
        "store_troubles": len(store.troubles()),
    }
