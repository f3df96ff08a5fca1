"""The rules, pure: the standard library and our records; nothing here reads a clock, a file or a database."""
