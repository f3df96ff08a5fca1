"""Revision 3: an index of words, and the columns and indexes that filters count by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_FLAGS = ("answered", "naked", "reachable", "starred", "has_why", "has_benefit")
_INDEXES = {
    "ix_standing_next_date": ("next_date", "relation", "next_kind", "paused_from", "paused_until"),
    "ix_standing_fixed_date": ("fixed_date", "paused_from", "paused_until"),
    "ix_standing_relation": ("relation", "starred", "has_why", "has_benefit"),
    "ix_standing_last_touch_at": ("last_touch_at", "relation", "paused_from", "paused_until"),
    "ix_standing_next_kind": ("next_kind", "next_date", "paused_from", "paused_until", "relation"),
    "ix_standing_answered": (
        *("answered", "attempts", "next_kind", "next_date", "paused_from", "paused_until", "relation"),
    ),
    "ix_standing_naked": ("naked", "relation"),
    "ix_standing_reachable": ("reachable", "relation"),
    "ix_standing_cadence_id": ("cadence_id", "touches", "last_channel"),
}
_OLD = ("ix_standing_next_date", "ix_standing_fixed_date", "ix_standing_relation", "ix_standing_last_touch_at")
_RESPONSES = "'spoke', 'call back', 'meeting set', 'replied', 'not now', 'definite no', 'won', 'do not contact'"
_LETTERS = {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l"}
_LETTERS |= {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"}
_ABOUT = ("note", "why", "benefit", "title")
_KEPT_DETAILS = "('email', 'address')"


def _plain(text: str) -> str:
    """Letters that SQLite's tokenizer takes for others are written as our folding has them."""
    plain = text
    for letter, ours in _LETTERS.items():
        plain = f"replace({plain}, '{letter}', '{ours}')"
    return f"CASE WHEN {text} GLOB '*[{''.join(_LETTERS)}]*' THEN {plain} ELSE {text} END"


def _about(row: str) -> str:
    return "(" + " || char(10) || ".join(f"{row}.{name}" for name in _ABOUT) + ")"


def _says(row: str) -> str:
    return "(" + " OR ".join(f"{row}.{name} <> ''" for name in _ABOUT) + ")"


def _answered(touch: str) -> str:
    return f"({touch}.inbound = 1 OR coalesce({touch}.outcome, '') IN ({_RESPONSES}))"


def _whole(who: str) -> dict[str, str]:
    """What the touches of a prospect say, from all of them."""
    of = f"FROM journal j WHERE j.prospect_id = {who} AND +j.kind = 'touch'"
    return {
        "answered": f"EXISTS (SELECT 1 {of} AND {_answered('j')})",
        "naked": "(SELECT count(*) = 2 AND max(given) = '' "
        f"FROM (SELECT j.value AS given {of} AND j.inbound = 0 ORDER BY j.id DESC LIMIT 2))",
        "last_outcome": f"(SELECT j.outcome {of} ORDER BY j.id DESC LIMIT 1)",
    }


def _sets(**columns: str) -> str:
    return ", ".join(f"{name} = {value}" for name, value in columns.items())


def upgrade() -> None:
    for name in _FLAGS:
        op.add_column("standing", sa.Column(name, sa.Boolean(), server_default="0", nullable=False))
    op.add_column("standing", sa.Column("last_outcome", sa.String(length=24), nullable=True))
    op.execute(
        "UPDATE standing SET reachable = coalesce(json_array_length(json_extract(state, '$.good')) > 0, 0), "
        + _sets(**_whole("standing.prospect_id"))
        + ", (starred, has_why, has_benefit) = "
        "(SELECT star, why <> '', benefit <> '' FROM prospect p WHERE p.id = standing.prospect_id)"
    )
    for name in _OLD:
        op.drop_index(name, "standing")
    for name, columns in _INDEXES.items():
        op.create_index(name, "standing", list(columns))
    op.drop_index("ix_journal_kind_at", "journal")
    op.create_index("ix_journal_kind_at", "journal", ["kind", "at", "inbound", "prospect_id"])
    _tables()
    for trigger in (*_of_prospects(), *_of_touches(), *_of_details()):
        op.execute(trigger)
    op.execute("INSERT INTO finding (prospect_id) SELECT id FROM prospect ORDER BY id")
    for name in ("found_name", "found_about", "found_detail", "found_note"):
        op.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def _tables() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prospect_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["prospect_id"], ["prospect.id"], name=op.f("fk_finding_prospect_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("prospect_id", name=op.f("uq_finding_prospect_id")),
    )
    contents = {
        "found_name": "SELECT f.id AS id, p.search AS words FROM finding f CROSS JOIN prospect p ON p.id = f.prospect_id",
        "found_about": f"SELECT f.id AS id, {_plain(_about('p'))} AS words "
        f"FROM finding f CROSS JOIN prospect p ON p.id = f.prospect_id WHERE {_says('p')}",
        "found_detail": f"SELECT id, {_plain('value')} AS words FROM detail WHERE +kind IN {_KEPT_DETAILS}",
        "found_note": f"SELECT id, {_plain('note')} AS words FROM journal WHERE note <> ''",
    }
    for name, content in contents.items():
        op.execute(f"CREATE VIEW {name}_words AS {content}")
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='{name}_words', content_rowid='id', "
            "columnsize=0, tokenize='unicode61 remove_diacritics 2')"
        )
    op.execute("CREATE VIRTUAL TABLE found_word USING fts5vocab(found_name, row)")


def _of_prospects() -> list[str]:
    this, before = ("(SELECT id FROM finding WHERE prospect_id = {}.id)".format(row) for row in ("new", "old"))
    put_name = f"INSERT INTO found_name (rowid, words) VALUES ({this}, new.search);"
    put_about = f"INSERT INTO found_about (rowid, words) SELECT {this}, {_plain(_about('new'))} WHERE {_says('new')};"
    take_name = f"INSERT INTO found_name (found_name, rowid, words) VALUES ('delete', {before}, old.search);"
    take_about = (
        "INSERT INTO found_about (found_about, rowid, words) "
        f"SELECT 'delete', {before}, {_plain(_about('old'))} WHERE {_says('old')};"
    )
    facts = "starred = new.star, has_why = new.why <> '', has_benefit = new.benefit <> ''"
    other = " OR ".join(f"new.{name} <> old.{name}" for name in _ABOUT)
    return [
        "CREATE TRIGGER prospect_found AFTER INSERT ON prospect BEGIN "
        f"INSERT INTO finding (prospect_id) VALUES (new.id); {put_name} {put_about} END",
        "CREATE TRIGGER prospect_renamed AFTER UPDATE OF search ON prospect WHEN new.search <> old.search "
        f"BEGIN {take_name} {put_name} END",
        f"CREATE TRIGGER prospect_retold AFTER UPDATE OF {', '.join(_ABOUT)} ON prospect WHEN {other} "
        f"BEGIN {take_about} {put_about} END",
        "CREATE TRIGGER prospect_lost BEFORE DELETE ON prospect BEGIN "
        f"{take_name} {take_about} DELETE FROM finding WHERE prospect_id = old.id; END",
        "CREATE TRIGGER prospect_marked AFTER UPDATE OF star, why, benefit ON prospect "
        "WHEN new.star <> old.star OR (new.why = '') <> (old.why = '') OR (new.benefit = '') <> (old.benefit = '') "
        f"BEGIN UPDATE standing SET {facts} WHERE prospect_id = new.id; END",
        "CREATE TRIGGER standing_marked AFTER INSERT ON standing "
        "WHEN EXISTS (SELECT 1 FROM prospect p WHERE p.id = new.prospect_id AND (p.star OR p.why <> '' "
        "OR p.benefit <> '')) BEGIN UPDATE standing SET (starred, has_why, has_benefit) = "
        "(SELECT star, why <> '', benefit <> '' FROM prospect p WHERE p.id = new.prospect_id) "
        "WHERE prospect_id = new.prospect_id; END",
        "CREATE TRIGGER standing_told AFTER INSERT ON standing WHEN EXISTS "
        "(SELECT 1 FROM journal j WHERE j.prospect_id = new.prospect_id AND +j.kind = 'touch') "
        f"BEGIN UPDATE standing SET {_sets(**_whole('new.prospect_id'))} WHERE prospect_id = new.prospect_id; END",
    ]


def _of_touches() -> list[str]:
    put = f"INSERT INTO found_note (rowid, words) SELECT new.id, {_plain('new.note')} WHERE new.note <> '';"
    take = (
        "INSERT INTO found_note (found_note, rowid, words) "
        f"SELECT 'delete', old.id, {_plain('old.note')} WHERE old.note <> '';"
    )
    one_more = {**_whole("new.prospect_id"), "answered": f"answered OR {_answered('new')}"}
    counted = " OR ".join(f"new.{name} IS NOT old.{name}" for name in ("prospect_id", "outcome", "inbound", "value"))
    new, old = (
        f"UPDATE standing SET {_sets(**_whole(who))} WHERE prospect_id = {who};"
        for who in ("new.prospect_id", "old.prospect_id")
    )
    return [
        f"CREATE TRIGGER journal_found AFTER INSERT ON journal WHEN new.note <> '' BEGIN {put} END",
        f"CREATE TRIGGER journal_retold AFTER UPDATE OF note ON journal WHEN new.note <> old.note BEGIN {take} {put} END",
        f"CREATE TRIGGER journal_lost AFTER DELETE ON journal WHEN old.note <> '' BEGIN {take} END",
        "CREATE TRIGGER journal_counted AFTER INSERT ON journal WHEN new.kind = 'touch' BEGIN "
        f"UPDATE standing SET {_sets(**one_more)} WHERE prospect_id = new.prospect_id; END",
        "CREATE TRIGGER journal_recounted AFTER UPDATE OF prospect_id, outcome, inbound, value ON journal "
        f"WHEN new.kind = 'touch' AND ({counted}) BEGIN {old} {new} END",
        f"CREATE TRIGGER journal_uncounted AFTER DELETE ON journal WHEN old.kind = 'touch' BEGIN {old} END",
    ]


def _of_details() -> list[str]:
    def put(row: str, take: bool) -> str:
        command, value = ("found_detail, ", "'delete', ") if take else ("", "")
        return (
            f"INSERT INTO found_detail ({command}rowid, words) "
            f"SELECT {value}{row}.id, {_plain(f'{row}.value')} WHERE {row}.kind IN {_KEPT_DETAILS};"
        )

    new, old = put("new", False), put("old", True)
    return [
        f"CREATE TRIGGER detail_found AFTER INSERT ON detail WHEN new.kind IN {_KEPT_DETAILS} BEGIN {new} END",
        "CREATE TRIGGER detail_changed AFTER UPDATE OF kind, value ON detail "
        f"WHEN new.kind <> old.kind OR new.value <> old.value BEGIN {old} {new} END",
        f"CREATE TRIGGER detail_lost AFTER DELETE ON detail WHEN old.kind IN {_KEPT_DETAILS} BEGIN {old} END",
    ]
