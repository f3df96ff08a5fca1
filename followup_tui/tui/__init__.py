"""The screens: they show views and post messages, and fetch nothing themselves."""

import os

PAINTS = "240"
"""Pictures a second at most."""

os.environ.setdefault("TEXTUAL_FPS", PAINTS)  # read when Textual is imported; its own 60 make a key wait up to 17 ms
