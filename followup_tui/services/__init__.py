"""The verbs of the product: they return frozen views and changes, and know no screen."""
