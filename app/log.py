"""Logs: one event a line, JSON for machines, aligned and coloured in a terminal."""

import logging
import sys
from typing import Final

import structlog

ROOMS: Final = ("app", "layers", "geo")

KEPT_WHOLE: Final = frozenset({"exc_info", "_record", "_from_structlog", "stack_info"})
"""What structlog passes on to its own later steps."""
LONGEST_VALUE: Final = 500
"""Characters of one value of an event."""
LONGEST_TRACE: Final = 8_000
"""Characters of a traceback: its message may hold all that was sent."""


def cut_long_values(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Cut the middle out of long values: what strangers send must not fill the disk with logs."""
    for name, value in event.items():
        if name in KEPT_WHOLE:
            continue
        longest = LONGEST_TRACE if name == "exception" else LONGEST_VALUE
        if isinstance(value, (int, float, bool, type(None))):
            continue
        text = value if isinstance(value, str) else repr(value)
        if len(text) > longest:
            half = longest // 2
            event[name] = f"{text[:half]} … ({len(text)} characters) … {text[-half:]}"
    return event


def set_up_logs(level: str) -> None:
    """Send every log, structlog's and the standard library's, to standard error in one form.

    Parameters
    ----------
    level
        Name of the lowest level that is written, as in :mod:`logging`. Libraries are heard from
        warnings up, unless it is ``DEBUG``.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        cut_long_values,
    ]
    if sys.stderr.isatty():
        last: list[structlog.typing.Processor] = [
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        ]
    else:
        last = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            cut_long_values,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel("WARNING" if level == "INFO" else level)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)
