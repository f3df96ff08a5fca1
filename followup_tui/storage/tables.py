"""The schema as SQLModel tables: rows, never handed out; the domain and the screens see frozen dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlmodel import Field

from followup_tui.storage import day_tables, library_tables
from followup_tui.storage.columns import (
    Base,
    LocalDay,
    UtcInstant,
    flag_column,
    number_column,
    prospect_key,
    text_column,
)

__all__ = ["Base", "day_tables", "library_tables"]


class ProspectRow(Base, table=True):
    """A person being followed up: the facts; where the relationship stands is in `standing`."""

    __tablename__ = "prospect"
    id: str = Field(sa_column=Column(String(16), primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    company: str = text_column()
    title: str = text_column()
    why: str = text_column()
    benefit: str = text_column()
    source: str = text_column()
    note: str = text_column()
    star: bool = flag_column()
    zone: str = text_column()
    zone_confirmed: bool = flag_column()
    birthday: str = text_column()
    goal: str = text_column()
    referred_by: str | None = Field(default=None, sa_column=Column(String(16), nullable=True))
    extra: str = Field(default="{}", sa_column=Column(Text, nullable=False, server_default="{}"))
    search: str = text_column()
    """Name, company and details folded, for finding."""
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    __table_args__ = (Index("ix_prospect_search", "search", "id"),)


class DetailRow(Base, table=True):
    """One phone number, address … of a prospect."""

    __tablename__ = "detail"
    __table_args__ = (Index("ix_detail_kind_key", "kind", "key"), Index("ix_detail_prospect_id", "prospect_id"))
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    prospect_id: str = prospect_key()
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    value: str = Field(sa_column=Column(Text, nullable=False))
    key: str = text_column()
    """Normalised for matching: E.164, lower-cased e-mail."""
    label: str = text_column()
    bad: bool = flag_column()
    position: int = number_column()


class TagRow(Base, table=True):
    """A word the user put on a prospect."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("prospect_id", "tag"), Index("ix_tag_tag", "tag"))
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    prospect_id: str = prospect_key()
    tag: str = Field(sa_column=Column(Text, nullable=False))


class StandingRow(Base, table=True):
    """The state of a prospect: the fold of its journal, kept so that the queue is one indexed read."""

    __tablename__ = "standing"
    prospect_id: str = prospect_key(primary=True)
    relation: str = Field(sa_column=Column(String(16), nullable=False))
    next_kind: str | None = Field(default=None, sa_column=Column(String(16), nullable=True))
    next_date: date | None = Field(default=None, sa_column=Column(LocalDay, nullable=True))
    next_time: str | None = Field(default=None, sa_column=Column(String(8), nullable=True))
    next_channel: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    next_step: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    blocked: bool = flag_column()
    attempts: int = number_column()
    touches: int = number_column()
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
    reachable: bool = flag_column()
    """Whether any detail is good, as the state says."""
    answered: bool = flag_column()
    """Whether any touch was theirs, or got a response; kept by triggers, like the others below."""
    naked: bool = flag_column()
    """Whether the last two outbound touches gave nothing of value."""
    last_outcome: str | None = Field(default=None, sa_column=Column(String(24), nullable=True))
    """Of the touch written last."""
    starred: bool = flag_column()
    """These three are the prospect's, so that the lists are counted without it."""
    has_why: bool = flag_column()
    has_benefit: bool = flag_column()
    state: str = Field(sa_column=Column(Text, nullable=False))
    """The whole state as JSON."""
    __table_args__ = (
        Index("ix_standing_next_date", "next_date", "relation", "next_kind", "paused_from", "paused_until"),
        Index("ix_standing_fixed_date", "fixed_date", "paused_from", "paused_until"),
        Index("ix_standing_relation", "relation", "starred", "has_why", "has_benefit"),
        Index("ix_standing_last_touch_at", "last_touch_at", "relation", "paused_from", "paused_until"),
        Index("ix_standing_next_kind", "next_kind", "paused_from", "paused_until", "relation"),
        Index("ix_standing_answered", "answered", "relation", sqlite_where=text("answered = 1")),
        Index(
            "ix_standing_unanswered",
            *("answered", "attempts", "next_kind", "next_date", "paused_from", "paused_until", "relation"),
            sqlite_where=text("answered = 0"),
        ),
        Index("ix_standing_naked", "naked", "relation"),
        Index("ix_standing_reachable", "reachable", "relation"),
        Index("ix_standing_cadence_id", "cadence_id"),
        Index("ix_standing_last_channel", "last_channel", "cadence_id", sqlite_where=text("last_channel IS NULL")),
    )


class FindingRow(Base, table=True):
    """The number by which the index of words knows a prospect; the index itself is kept by triggers."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("prospect_id"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    prospect_id: str = prospect_key()


class JournalRow(Base, table=True):
    """Everything that happened to a prospect, in the order it was written; a touch is one kind of entry."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_prospect_id", "prospect_id", "id"),
        Index("ix_journal_kind_at", "kind", "at", "inbound", "prospect_id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    prospect_id: str = prospect_key()
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    logged_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    rules_id: int = Field(sa_column=Column(Integer, ForeignKey("rules.id"), nullable=False))
    event: str = Field(sa_column=Column(Text, nullable=False))
    """The event as JSON: what a replay needs."""
    channel: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    outcome: str | None = Field(default=None, sa_column=Column(String(24), nullable=True))
    inbound: bool = flag_column()
    note: str = text_column()
    value: str = text_column()
    sentiment: str = text_column()
    reason: str = text_column()
    step: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    cadence_id: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    companion_of: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    template: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    promise: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    strand: str = text_column()
    """Empty, or the name of the merged prospect it was written to (`domain/retelling.py`)."""


class CadenceRow(Base, table=True):
    """One version of a cadence; a version never changes."""

    __tablename__ = "cadence"
    __table_args__ = (UniqueConstraint("name", "version"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    retired: bool = flag_column()
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
    __table_args__ = (
        Index("ix_change_undone", "dropped", "id", sqlite_where=text("undone = 1")),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    name: str = Field(sa_column=Column(Text, nullable=False))
    session: str = text_column()
    undone: bool = flag_column()
    dropped: bool = flag_column()
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
    value: str = text_column()
