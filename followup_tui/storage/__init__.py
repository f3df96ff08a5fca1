"""The one door to the database: the only place that imports sqlmodel, sqlalchemy, sqlite3 or alembic."""
