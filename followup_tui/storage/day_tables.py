"""Tables of the day: blocks of one date, when a block was worked, and what a day came to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, Index, Integer, String, Text
from sqlmodel import Field

from followup_tui.storage.columns import Base, LocalDay, UtcInstant, flag_column, number_column, text_column


class DayExceptionRow(Base, table=True):
    """The blocks of one date, where they differ from the weekly template."""

    __tablename__ = "day_exception"
    day: date = Field(sa_column=Column(LocalDay, primary_key=True))
    blocks: str = Field(sa_column=Column(Text, nullable=False))
    """The date's blocks as a JSON list; an empty list is a day without blocks."""


class BlockRunRow(Base, table=True):
    """One block as it was worked: when its clock was started and stopped."""

    __tablename__ = "block_run"
    __table_args__ = (Index("ix_block_run_day", "day"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    day: date = Field(sa_column=Column(LocalDay, nullable=False))
    name: str = Field(sa_column=Column(Text, nullable=False))
    planned_start: str = Field(sa_column=Column(String(5), nullable=False))
    """Local wall time, HH:MM."""
    planned_end: str = Field(sa_column=Column(String(5), nullable=False))
    planned_slots: int = number_column()
    began_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UtcInstant, nullable=True))


class DayRecordRow(Base, table=True):
    """What a day came to, counted against what was planned at its first look."""

    __tablename__ = "day_record"
    day: date = Field(sa_column=Column(LocalDay, primary_key=True))
    due: int = number_column()
    """Slots of the day's first plan; what did not fit is nobody's to keep."""
    done: int = number_column()
    moved: int = number_column()
    left_over: int = number_column()
    block_minutes: int = number_column()
    worked_minutes: int = number_column()
    momentum_saved: int = number_column()
    """Percent points of momentum kept by the day's touches, in hundredths."""
    kept: bool = flag_column()
    """Whether the day counts for the streak."""
    closed: bool = flag_column()
    """Whether the user ended the day."""


class DayLoadRow(Base, table=True):
    """How many touches planned on a day take room in its blocks; kept by triggers of `standing`."""

    __tablename__ = "day_load"
    __table_args__ = ({"sqlite_with_rowid": False},)
    day: date = Field(sa_column=Column(LocalDay, primary_key=True))
    channel: str = text_column(primary_key=True)
    """Empty: none, as the companion."""
    companion: str = text_column(primary_key=True)
    number: int = number_column()
