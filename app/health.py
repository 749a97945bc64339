"""How the running map is: ``/healthz`` for who watches it, measures and a log where asked for."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, jsonify

from app.settings import Settings
from app.web.metrics import serve_metrics
from app.web.observed import Served, log_served, observe
from layers.catalogue.layers import Catalogue
from layers.store.protocol import Store


def serve_health(server: Flask, settings: Settings, catalogue: Catalogue, store: Store) -> None:
    """Serve ``/healthz``, and what the operator wants to know of each answer."""
    server.add_url_rule("/healthz", "healthz", lambda: _health(catalogue, store))
    told: list[Callable[[Served], None]] = []
    if settings.metrics == "oui":
        folder = settings.cache / "mesures"
        told.append(serve_metrics(server, folder, lambda: _states(catalogue, store)))
    if settings.request_log == "oui":
        told.append(log_served)
    if told:
        observe(server, *told)


def _health(catalogue: Catalogue, store: Store) -> Response:
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
    )


def _states(catalogue: Catalogue, store: Store) -> Mapping[str, float]:
    layers = catalogue.states()
    return {
        "layers": len(layers),
        "layers_unread": sum(not state.ok for state in layers),
        "store_troubles": len(store.troubles()),
    }
