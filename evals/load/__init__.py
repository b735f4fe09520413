"""Sixty people at once: ``python -m evals.load``, or ``make load``."""
