"""Revision 4: the load of each day, kept by triggers, and indexes that a log leaves alone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INDEXES = {
    "ix_standing_next_kind": ("next_kind", "paused_from", "paused_until", "relation"),
    "ix_standing_cadence_id": ("cadence_id",),
}
"""Without what changes with every touch: each of them took two pages of each log."""
_UNANSWERED = ("answered", "attempts", "next_kind", "next_date", "paused_from", "paused_until", "relation")
_PLANNED = ("next_date", "next_kind", "next_channel", "companion", "paused_from", "paused_until")
_RESPONSES = "'spoke', 'call back', 'meeting set', 'replied', 'not now', 'definite no', 'won', 'do not contact'"


def upgrade() -> None:
    for name, columns in _INDEXES.items():
        op.drop_index(name, "standing")
        op.create_index(name, "standing", list(columns))
    op.drop_index("ix_standing_answered", "standing")
    op.create_index("ix_standing_answered", "standing", ["answered", "relation"], sqlite_where=sa.text("answered = 1"))
    op.create_index("ix_standing_unanswered", "standing", list(_UNANSWERED), sqlite_where=sa.text("answered = 0"))
    op.create_index(
        "ix_standing_last_channel",
        "standing",
        ["last_channel", "cadence_id"],
        sqlite_where=sa.text("last_channel IS NULL"),
    )
    op.drop_index("ix_change_undone", "change")
    op.create_index("ix_change_undone", "change", ["dropped", "id"], sqlite_where=sa.text("undone = 1"))
    op.create_table(
        "day_load",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("companion", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "companion", name=op.f("pk_day_load")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO day_load (day, channel, companion, number) SELECT s.next_date, coalesce(s.next_channel, ''), "
        f"coalesce(s.companion, ''), count(*) FROM standing s WHERE {_counted('s')} GROUP BY 1, 2, 3"
    )
    op.execute("DROP TRIGGER journal_counted")
    for trigger in (_journal_counted(), *_of_plans()):
        op.execute(trigger)


def _journal_counted() -> str:
    """What a touch says is written where it is new: an index whose columns are set is written even when they stay."""
    of = "FROM journal j WHERE j.prospect_id = new.prospect_id AND +j.kind = 'touch'"
    newest = f"(SELECT j.outcome {of} ORDER BY j.id DESC LIMIT 1)"
    naked = (
        "(SELECT count(*) = 2 AND max(given) = '' "
        f"FROM (SELECT j.value AS given {of} AND j.inbound = 0 ORDER BY j.id DESC LIMIT 2))"
    )
    answers = f"(new.inbound = 1 OR coalesce(new.outcome, '') IN ({_RESPONSES}))"
    one = "WHERE prospect_id = new.prospect_id"
    return (
        "CREATE TRIGGER journal_counted AFTER INSERT ON journal WHEN new.kind = 'touch' BEGIN "
        f"UPDATE standing SET last_outcome = {newest} {one}; "
        f"UPDATE standing SET answered = 1 {one} AND answered = 0 AND {answers}; "
        f"UPDATE standing SET naked = NOT naked {one} AND naked <> {naked}; END"
    )


def _counted(row: str) -> str:
    return (
        f"({row}.next_date IS NOT NULL AND {row}.next_kind NOT IN ('decision', 'answer', 'meeting') "
        f"AND ({row}.paused_from IS NULL OR {row}.paused_until <= {row}.next_date))"
    )


def _of_plans() -> list[str]:
    put = (
        "INSERT INTO day_load (day, channel, companion, number) SELECT new.next_date, coalesce(new.next_channel, ''), "
        f"coalesce(new.companion, ''), 1 WHERE {_counted('new')} "
        "ON CONFLICT (day, channel, companion) DO UPDATE SET number = number + 1;"
    )
    there = (
        "day = old.next_date AND channel = coalesce(old.next_channel, '') "
        f"AND companion = coalesce(old.companion, '') AND {_counted('old')}"
    )
    take = (
        f"DELETE FROM day_load WHERE {there} AND number <= 1; UPDATE day_load SET number = number - 1 WHERE {there};"
    )
    other = " OR ".join(f"new.{name} IS NOT old.{name}" for name in _PLANNED)
    return [
        f"CREATE TRIGGER standing_planned AFTER INSERT ON standing WHEN {_counted('new')} BEGIN {put} END",
        f"CREATE TRIGGER standing_replanned AFTER UPDATE OF {', '.join(_PLANNED)} ON standing WHEN {other} "
        f"BEGIN {take} {put} END",
        f"CREATE TRIGGER standing_unplanned AFTER DELETE ON standing WHEN {_counted('old')} BEGIN {take} END",
    ]
