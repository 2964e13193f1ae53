"""How the server writes its log: lines for people by hand, JSON where programs read it."""

from __future__ import annotations

from typing import Any

import structlog

PLAIN: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_to_stderr(*, json: bool, level: str) -> dict[str, Any]:
    """Set structlog up and return Django’s LOGGING: everything goes to the standard error. Any: Django’s own setting."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *PLAIN,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer()
                if json
                else structlog.dev.ConsoleRenderer(
                    colors=False,
                    exception_formatter=structlog.dev.plain_traceback,  # rich takes seconds each, and prints locals
                ),
                "foreign_pre_chain": PLAIN,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.tasks": {"level": "WARNING"},
        },
    }
