"""Revision 2: what the day came to, blocks of one date, value items, templates, smart lists, merges."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.String(length=16), nullable=False),
        sa.Column("second_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apart")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_apart_first_id_second_id")),
    )
    with op.batch_alter_table("apart", schema=None) as batch_op:
        batch_op.create_index("ix_apart_second_id", ["second_id"], unique=False)

    op.create_table(
        "block_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("planned_start", sa.String(length=5), nullable=False),
        sa.Column("planned_end", sa.String(length=5), nullable=False),
        sa.Column("planned_slots", sa.Integer(), server_default="0", nullable=False),
        sa.Column("began_at", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_run")),
    )
    with op.batch_alter_table("block_run", schema=None) as batch_op:
        batch_op.create_index("ix_block_run_day", ["day"], unique=False)

    op.create_table(
        "day_exception",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_exception")),
    )
    op.create_table(
        "day_record",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("due", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_over", sa.Integer(), server_default="0", nullable=False),
        sa.Column("block_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("worked_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("momentum_saved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("kept", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("closed", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_record")),
    )
    op.create_table(
        "smart_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smart_list")),
        sa.UniqueConstraint("name", name=op.f("uq_smart_list_name")),
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("retired", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("name", name=op.f("uq_template_name")),
    )
    from followup_tui.storage.first_rows import shipped_templates

    names = ("name", "channels", "subject", "body", "tags", "source", "created_at")
    table = sa.table("template", *(sa.column(name, sa.Text()) for name in names), sa.column("retired", sa.Integer()))
    op.bulk_insert(table, shipped_templates())

    op.create_table(
        "value_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("channels", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("retired", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_item")),
        sa.UniqueConstraint("title", name=op.f("uq_value_item_title")),
    )
    op.add_column("journal", sa.Column("strand", sa.Text(), server_default="", nullable=False))
