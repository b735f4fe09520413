"""Themes: their terms, statements apart from their authors, and releases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make these tables."""
    _terms()
    _statements()
    _releases()


def _terms() -> None:
    op.create_table(
        "theme_terms",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("min_pairs", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("locked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("segments", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("signing", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_theme_terms"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_theme_terms_program_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_theme_terms_program_id", "theme_terms", ["program_id"], unique=True)


def _statements() -> None:
    op.create_table(
        "theme_statements",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_key", sa.CHAR(64), nullable=False),
        sa.Column("source_key", sa.CHAR(64), nullable=False),
        sa.Column("origin_key", sa.CHAR(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_theme_statements"),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["programs.id"],
            name="fk_theme_statements_program_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_theme_statements_program_id", "theme_statements", ["program_id"])
    op.create_index("ix_theme_statements_origin_key", "theme_statements", ["origin_key"])


def _releases() -> None:
    op.create_table(
        "theme_releases",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.Column("falls", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("signature", sa.String(128), nullable=False),
        sa.Column("verify_key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_theme_releases"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_theme_releases_program_id", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_theme_releases_program_id_number",
        "theme_releases",
        ["program_id", "number"],
        unique=True,
    )
