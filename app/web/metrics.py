"""``/metrics``: counts and durations of all workers, in the text form of Prometheus."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from flask import Flask, Response

from app.web.observed import Served

METRICS: Final = "/metrics"
BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 15.0)
"""Upper bounds in seconds; 0.3 is what readers are promised."""


def serve_metrics(
    server: Flask, folder: Path, states: Callable[[], Mapping[str, float]]
) -> Callable[[Served], None]:
    """Serve the measures at :data:`METRICS`, and return what counts an answer.

    Parameters
    ----------
    folder
        Where each worker keeps its numbers, so that any of them can tell those of all; emptied.
    states
        What is true at the moment of asking, by name: each becomes ``atlas62_<name>``.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # read when the library is imported: a worker's numbers are then in files, not in its memory
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    from prometheus_client import (  # noqa: PLC0415
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        Counter,
        Histogram,
        Metric,
        generate_latest,
    )
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    answers = Counter("atlas62_requests", "Answers", ["route", "method", "status"], registry=None)
    durations = Histogram(
        "atlas62_request_seconds", "Seconds", ["route"], buckets=BUCKETS, registry=None
    )

    class States:
        def collect(self) -> Iterator[Metric]:
            for name, value in states().items():
                yield GaugeMetricFamily(f"atlas62_{name}", name.replace("_", " "), value=value)

    @server.get(METRICS)
    def metrics() -> Response:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(folder))
        registry.register(States())
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    def count(served: Served) -> None:
        answers.labels(served.route, served.method, str(served.status)).inc()
        durations.labels(served.route).observe(served.seconds)

    return count
