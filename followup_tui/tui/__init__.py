"""The screens: they show views and post messages, and fetch nothing themselves."""
