"""What all tables are made of: the shared base, and column types that SQLite does not have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, Dialect, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, stored as ISO text in UTC with microseconds, so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Store an aware datetime; naive ones are refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read it back as UTC."""
        return None if value is None else datetime.fromisoformat(value)


class LocalDay(TypeDecorator[date]):
    """A local calendar date as ISO text."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | str | None, dialect: Dialect) -> str | None:
        """Store the ISO form."""
        return value.isoformat() if isinstance(value, date) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read it back as a date."""
        return None if value is None else date.fromisoformat(value)


class Base(SQLModel):
    """What all tables share: one metadata with named constraints, so that alembic can change them."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def text_column(**options: Any) -> Any:
    """A text that is never NULL."""
    return Field(default="", sa_column=Column(Text, nullable=False, server_default="", **options))


def flag_column() -> Any:
    """A yes or no, no by default."""
    return Field(default=False, sa_column=Column(Boolean(create_constraint=False), nullable=False, server_default="0"))


def number_column() -> Any:
    """A whole number, 0 by default."""
    return Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))


def prospect_key(primary: bool = False) -> Any:
    """The prospect a row belongs to."""
    return Field(sa_column=Column(String(16), ForeignKey("prospect.id"), nullable=False, primary_key=primary))
