"""For operators: the command, settings and wiring; the one place that sees all rooms."""
