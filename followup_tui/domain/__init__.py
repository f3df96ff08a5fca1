"""The rules, pure: standard library and pendulum only; nothing here reads a clock, a file or a database."""
