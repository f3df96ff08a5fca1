"""The schema as SQLModel tables: rows, never handed out; the domain and the screens see frozen dataclasses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, Column, Dialect, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
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


def _text(**options: Any) -> Any:
    return Field(default="", sa_column=Column(Text, nullable=False, server_default="", **options))


def _flag() -> Any:
    return Field(default=False, sa_column=Column(Boolean(create_constraint=False), nullable=False, server_default="0"))


def _number() -> Any:
    return Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))


def _prospect_key(primary: bool = False) -> Any:
    return Field(sa_column=Column(String(16), ForeignKey("prospect.id"), nullable=False, primary_key=primary))


class ProspectRow(Base, table=True):
    """A person being followed up: the facts; where the relationship stands is in `standing`."""

    __tablename__ = "prospect"
    id: str = Field(sa_column=Column(String(16), primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    company: str = _text()
    title: str = _text()
    why: str = _text()
    benefit: str = _text()
    source: str = _text()
    note: str = _text()
    star: bool = _flag()
    zone: str = _text()
    zone_confirmed: bool = _flag()
    birthday: str = _text()
    goal: str = _text()
    referred_by: str | None = Field(default=None, sa_column=Column(String(16), nullable=True))
    extra: str = Field(default="{}", sa_column=Column(Text, nullable=False, server_default="{}"))
    search: str = _text()
    """Name, company and details folded, for finding."""
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    __table_args__ = (Index("ix_prospect_search", "search", "id"),)


class DetailRow(Base, table=True):
    """One phone number, address … of a prospect."""

    __tablename__ = "detail"
    __table_args__ = (Index("ix_detail_kind_key", "kind", "key"), Index("ix_detail_prospect_id", "prospect_id"))
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    prospect_id: str = _prospect_key()
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    value: str = Field(sa_column=Column(Text, nullable=False))
    key: str = _text()
    """Normalised for matching: E.164, lower-cased e-mail."""
    label: str = _text()
    bad: bool = _flag()
    position: int = _number()


class TagRow(Base, table=True):
    """A word the user put on a prospect."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("prospect_id", "tag"), Index("ix_tag_tag", "tag"))
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    prospect_id: str = _prospect_key()
    tag: str = Field(sa_column=Column(Text, nullable=False))


class StandingRow(Base, table=True):
    """The state of a prospect: the fold of its journal, kept so that the queue is one indexed read."""

    __tablename__ = "standing"
    prospect_id: str = _prospect_key(primary=True)
    relation: str = Field(sa_column=Column(String(16), nullable=False))
    next_kind: str | None = Field(default=None, sa_column=Column(String(16), nullable=True))
    next_date: date | None = Field(default=None, sa_column=Column(LocalDay, nullable=True))
    next_time: str | None = Field(default=None, sa_column=Column(String(8), nullable=True))
    next_channel: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    next_step: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    blocked: bool = _flag()
    attempts: int = _number()
    touches: int = _number()
    last_touch_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant, nullable=True))
    last_channel: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    cadence_id: int | None = Field(default=None, sa_column=Column(Integer, ForeignKey("cadence.id"), nullable=True))
    step: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    steps_total: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    companion: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """The companion channel of the planned step."""
    fixed_date: date | None = Field(default=None, sa_column=Column(LocalDay, nullable=True))
    """The earliest promise or meeting, which may stand behind a decision."""
    paused_from: date | None = Field(default=None, sa_column=Column(LocalDay, nullable=True))
    paused_until: date | None = Field(default=None, sa_column=Column(LocalDay, nullable=True))
    snoozed_until: datetime | None = Field(default=None, sa_column=Column(UtcInstant, nullable=True))
    """Hidden until then today; the plan is unchanged."""
    state: str = Field(sa_column=Column(Text, nullable=False))
    """The whole state as JSON."""
    __table_args__ = (
        Index("ix_standing_next_date", "next_date", "relation"),
        Index("ix_standing_fixed_date", "fixed_date"),
        Index("ix_standing_relation", "relation"),
        Index("ix_standing_last_touch_at", "last_touch_at"),
    )


class JournalRow(Base, table=True):
    """Everything that happened to a prospect, in the order it was written; a touch is one kind of entry."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_prospect_id", "prospect_id", "id"),
        Index("ix_journal_kind_at", "kind", "at"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    prospect_id: str = _prospect_key()
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    logged_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    rules_id: int = Field(sa_column=Column(Integer, ForeignKey("rules.id"), nullable=False))
    event: str = Field(sa_column=Column(Text, nullable=False))
    """The event as JSON: what a replay needs."""
    channel: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    outcome: str | None = Field(default=None, sa_column=Column(String(24), nullable=True))
    inbound: bool = _flag()
    note: str = _text()
    value: str = _text()
    sentiment: str = _text()
    reason: str = _text()
    step: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    cadence_id: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    companion_of: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    template: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    promise: str | None = Field(default=None, sa_column=Column(Text, nullable=True))


class CadenceRow(Base, table=True):
    """One version of a cadence; a version never changes."""

    __tablename__ = "cadence"
    __table_args__ = (UniqueConstraint("name", "version"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    retired: bool = _flag()
    document: str = Field(sa_column=Column(Text, nullable=False))


class RulesRow(Base, table=True):
    """The user's calendar and limits as they were when journal entries were written, so that a replay agrees."""

    __tablename__ = "rules"
    __table_args__ = (UniqueConstraint("document"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    document: str = Field(sa_column=Column(Text, nullable=False))


class ChangeRow(Base, table=True):
    """One unit of work: one transaction, one undo step."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_undone", "undone", "id"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    name: str = Field(sa_column=Column(Text, nullable=False))
    session: str = _text()
    undone: bool = _flag()
    dropped: bool = _flag()
    """Undone, and then something else was done: it can't be redone."""


class ChangeImageRow(Base, table=True):
    """The image of one row that undoing (or redoing) a change restores."""

    __tablename__ = "change_image"
    __table_args__ = (Index("ix_change_image_change_id", "change_id", "id"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    change_id: int = Field(sa_column=Column(Integer, ForeignKey("change.id"), nullable=False))
    tbl: str = Field(sa_column=Column(String(24), nullable=False))
    pk: str = Field(sa_column=Column(Text, nullable=False))
    image: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    """The columns to put back as JSON; NULL: the row is to be removed."""


class SettingRow(Base, table=True):
    """Small facts about this database: when it was made, by which version."""

    __tablename__ = "setting"
    key: str = Field(sa_column=Column(String(64), primary_key=True))
    value: str = _text()
