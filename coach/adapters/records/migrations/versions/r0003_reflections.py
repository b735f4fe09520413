"""Reflections after a session, and what a pair learned from each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make these tables."""
    _reflections()
    _learned()


def _reflections() -> None:
    op.create_table(
        "reflections",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("session_id", sa.CHAR(32), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.Column("written", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("progress", sa.LargeBinary(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.LargeBinary(), nullable=False),
        sa.Column("partner_may_read", sa.Boolean(), nullable=False),
        sa.Column("themes_may_count", sa.Boolean(), nullable=False),
        sa.Column("model_may_help", sa.Boolean(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reflections"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_reflections_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_reflections_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_reflections_session_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_reflections_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_reflections_pair_id", "reflections", ["pair_id"])
    op.create_index("ix_reflections_person_id", "reflections", ["person_id"])
    op.create_index("ix_reflections_program_id", "reflections", ["program_id"])
    op.create_index(
        "ix_reflections_session_id_person_id",
        "reflections",
        ["session_id", "person_id"],
        unique=True,
    )


def _learned() -> None:
    op.create_table(
        "learned",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.CHAR(32), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mentor", sa.LargeBinary(), nullable=False),
        sa.Column("mentee", sa.LargeBinary(), nullable=False),
        sa.Column("together", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learned"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_learned_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_learned_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name="fk_learned_by_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_learned_by_id", "learned", ["by_id"])
    op.create_index("ix_learned_pair_id_number", "learned", ["pair_id", "number"], unique=True)
    op.create_index("ix_learned_program_id", "learned", ["program_id"])
