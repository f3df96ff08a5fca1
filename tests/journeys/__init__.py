"""Whole days of work, in a real terminal."""
