"""The rules, pure: the standard library, pendulum, our records; nothing here reads a clock, a file or a database."""
