"""Structured logs: JSON lines to standard error, which the supervisor or the system keeps. No personal data goes into them."""

import logging
from typing import Any

import structlog

from xaso.platform.tracebacks import format_failure

NAME_ADDRESSES = ("django.request", "django.security")
"""These loggers write whole addresses, with codes and tokens in them. Our own lines say the same by the address's pattern."""

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_logs(level: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING: our own lines and those of libraries come out alike, tracebacks in a field."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    format_failure,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            **{name: {"level": "CRITICAL"} for name in NAME_ADDRESSES},
            "django.security.DisallowedHost": {"level": "ERROR"},
        },
    }
