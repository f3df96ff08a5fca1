"""Revision 1: the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cadence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadence")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_cadence_name_version")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), server_default="", nullable=False),
        sa.Column("undone", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("dropped", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_undone", ["undone", "id"], unique=False)

    op.create_table(
        "prospect",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("benefit", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("star", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("zone", sa.Text(), server_default="", nullable=False),
        sa.Column("zone_confirmed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("birthday", sa.Text(), server_default="", nullable=False),
        sa.Column("goal", sa.Text(), server_default="", nullable=False),
        sa.Column("referred_by", sa.String(length=16), nullable=True),
        sa.Column("extra", sa.Text(), server_default="{}", nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prospect")),
    )
    with op.batch_alter_table("prospect", schema=None) as batch_op:
        batch_op.create_index("ix_prospect_search", ["search", "id"], unique=False)

    op.create_table(
        "rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
        sa.UniqueConstraint("document", name=op.f("uq_rules_document")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "change_image",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(length=24), nullable=False),
        sa.Column("pk", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_image_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_image")),
    )
    with op.batch_alter_table("change_image", schema=None) as batch_op:
        batch_op.create_index("ix_change_image_change_id", ["change_id", "id"], unique=False)

    op.create_table(
        "detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("bad", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_detail_prospect_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detail")),
    )
    with op.batch_alter_table("detail", schema=None) as batch_op:
        batch_op.create_index("ix_detail_kind_key", ["kind", "key"], unique=False)
        batch_op.create_index("ix_detail_prospect_id", ["prospect_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("prospect_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("logged_at", sa.String(length=32), nullable=False),
        sa.Column("rules_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("inbound", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("sentiment", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("cadence_id", sa.Integer(), nullable=True),
        sa.Column("companion_of", sa.Integer(), nullable=True),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("promise", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_journal_prospect_id")),
        sa.ForeignKeyConstraint(["rules_id"], ["rules.id"], name=op.f("fk_journal_rules_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_kind_at", ["kind", "at"], unique=False)
        batch_op.create_index("ix_journal_prospect_id", ["prospect_id", "id"], unique=False)

    op.create_table(
        "standing",
        sa.Column("prospect_id", sa.String(length=16), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("next_kind", sa.String(length=16), nullable=True),
        sa.Column("next_date", sa.String(length=10), nullable=True),
        sa.Column("next_time", sa.String(length=8), nullable=True),
        sa.Column("next_channel", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Integer(), nullable=True),
        sa.Column("blocked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("touches", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_touch_at", sa.String(length=32), nullable=True),
        sa.Column("last_channel", sa.Text(), nullable=True),
        sa.Column("cadence_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("steps_total", sa.Integer(), nullable=True),
        sa.Column("companion", sa.Text(), nullable=True),
        sa.Column("fixed_date", sa.String(length=10), nullable=True),
        sa.Column("paused_from", sa.String(length=10), nullable=True),
        sa.Column("paused_until", sa.String(length=10), nullable=True),
        sa.Column("snoozed_until", sa.String(length=32), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cadence_id"], ["cadence.id"], name=op.f("fk_standing_cadence_id")),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_standing_prospect_id")),
        sa.PrimaryKeyConstraint("prospect_id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index("ix_standing_fixed_date", ["fixed_date"], unique=False)
        batch_op.create_index("ix_standing_last_touch_at", ["last_touch_at"], unique=False)
        batch_op.create_index("ix_standing_next_date", ["next_date", "relation"], unique=False)
        batch_op.create_index("ix_standing_relation", ["relation"], unique=False)

    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_tag_prospect_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("prospect_id", "tag", name=op.f("uq_tag_prospect_id_tag")),
    )
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.create_index("ix_tag_tag", ["tag"], unique=False)
