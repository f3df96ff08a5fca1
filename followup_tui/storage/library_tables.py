"""Tables of what is kept for use again: value items, templates, smart lists, and people known to be two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Text, UniqueConstraint
from sqlmodel import Field

from followup_tui.storage.columns import Base, UtcInstant, flag_column, number_column, text_column


class ValueItemRow(Base, table=True):
    """Something new and useful to give in a touch."""

    __tablename__ = "value_item"
    __table_args__ = (UniqueConstraint("title"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    title: str = Field(sa_column=Column(Text, nullable=False))
    """Touches name the item by its title."""
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    text: str = text_column()
    link: str = text_column()
    channels: str = text_column()
    """Names of channels that can carry it, by comma; empty: any."""
    tags: str = text_column()
    """By comma."""
    retired: bool = flag_column()
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class TemplateRow(Base, table=True):
    """Words to say, with placeholders."""

    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("name"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    channels: str = text_column()
    """Names of channels it is for, by comma; empty: any."""
    subject: str = text_column()
    body: str = text_column()
    tags: str = text_column()
    """By comma."""
    source: str = text_column()
    """The source (S0–S4) of a shipped one."""
    retired: bool = flag_column()
    created_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class SmartListRow(Base, table=True):
    """A filter the user saved under a name."""

    __tablename__ = "smart_list"
    __table_args__ = (UniqueConstraint("name"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    filter: str = Field(sa_column=Column(Text, nullable=False))
    position: int = number_column()


class ApartRow(Base, table=True):
    """Two prospects that look like one and are not: said by the user, so that nobody asks again."""

    __tablename__ = "apart"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), Index("ix_apart_second_id", "second_id"))
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    first_id: str = Field(sa_column=Column(String(16), nullable=False))
    """The smaller id of the two."""
    second_id: str = Field(sa_column=Column(String(16), nullable=False))
