"""Followup: whom to contact now, and why."""

__version__ = "0.1.0"
