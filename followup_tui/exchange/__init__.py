"""Bytes to drafts with per-row errors, and back."""
