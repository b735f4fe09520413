"""Pulses after a session, what somebody has not finished on a page, and numbers that were shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make these tables."""
    _drafts()
    _pulses()
    _shown_numbers()


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_drafts_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_drafts_person_id_name", "drafts", ["person_id", "name"], unique=True)


def _pulses() -> None:
    op.create_table(
        "pulses",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("session_id", sa.CHAR(32), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("worthwhile", sa.LargeBinary(), nullable=False),
        sa.Column("could_speak", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pulses"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_pulses_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_pulses_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_pulses_session_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_pulses_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_pulses_pair_id", "pulses", ["pair_id"])
    op.create_index("ix_pulses_person_id", "pulses", ["person_id"])
    op.create_index("ix_pulses_program_id", "pulses", ["program_id"])
    op.create_index(
        "ix_pulses_session_id_person_id", "pulses", ["session_id", "person_id"], unique=True
    )


def _shown_numbers() -> None:
    op.create_table(
        "shown_numbers",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("activity", sa.LargeBinary(), nullable=False),
        sa.Column("fading", sa.LargeBinary(), nullable=False),
        sa.Column("activity_on", sa.Date(), nullable=True),
        sa.Column("fading_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shown_numbers"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_shown_numbers_program_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_shown_numbers_program_id", "shown_numbers", ["program_id"], unique=True)
