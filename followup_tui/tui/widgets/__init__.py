"""Widgets that know one view type each."""
