"""Programs, people, pairs, their sessions and agreements, accounts, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make these tables."""
    _audit_lines()
    _people()
    _programs()
    _seal_keys()
    _accounts()
    _invitations()
    _memberships()
    _outside_identities()
    _pairs()
    _receiver_cards()
    _sign_ins()
    _agreements()
    _sessions()
    _agenda_versions()
    _commitments()
    _preparations()


def _audit_lines() -> None:
    op.create_table(
        "audit_lines",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(32), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("object_id", sa.String(64), nullable=False),
        sa.Column("program_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_lines"),
    )
    op.create_index("ix_audit_lines_actor_id_at", "audit_lines", ["actor_id", "at"])
    op.create_index("ix_audit_lines_at", "audit_lines", ["at"])
    op.create_index("ix_audit_lines_program_id_at", "audit_lines", ["program_id", "at"])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_mark", sa.CHAR(64), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_email_mark", "people", ["email_mark"], unique=True)


def _programs() -> None:
    op.create_table(
        "programs",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("goals", sa.LargeBinary(), nullable=False),
        sa.Column("conduct", sa.LargeBinary(), nullable=False),
        sa.Column("contacts", sa.LargeBinary(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("cadence_weeks", sa.Integer(), nullable=False),
        sa.Column("session_minutes", sa.Integer(), nullable=False),
        sa.Column("planned_sessions", sa.Integer(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programs"),
    )


def _seal_keys() -> None:
    op.create_table(
        "seal_keys",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("key_id", sa.CHAR(16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_seal_keys"),
        sa.UniqueConstraint("key_id", name="uq_seal_keys_key_id"),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("password_hash", sa.String(300), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_accounts_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_accounts_person_id", "accounts", ["person_id"], unique=True)


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("secret_digest", sa.CHAR(64), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_invitations_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_invitations_person_id", "invitations", ["person_id"])
    op.create_index("ix_invitations_secret_digest", "invitations", ["secret_digest"], unique=True)


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_memberships_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_memberships_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"])
    op.create_index(
        "ix_memberships_program_id_person_id_role",
        "memberships",
        ["program_id", "person_id", "role"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index("ix_memberships_program_id_role", "memberships", ["program_id", "role"])


def _outside_identities() -> None:
    op.create_table(
        "outside_identities",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("subject_mark", sa.CHAR(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outside_identities"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_outside_identities_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_outside_identities_issuer_subject_mark",
        "outside_identities",
        ["issuer", "subject_mark"],
        unique=True,
    )
    op.create_index("ix_outside_identities_person_id", "outside_identities", ["person_id"])


def _pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("mentor_id", sa.CHAR(32), nullable=False),
        sa.Column("mentee_id", sa.CHAR(32), nullable=False),
        sa.Column("mentor_role", sa.LargeBinary(), nullable=False),
        sa.Column("mentee_role", sa.LargeBinary(), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pairs"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_pairs_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["people.id"], name="fk_pairs_mentor_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["people.id"], name="fk_pairs_mentee_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_pairs_mentee_id", "pairs", ["mentee_id"])
    op.create_index("ix_pairs_mentor_id", "pairs", ["mentor_id"])
    op.create_index("ix_pairs_program_id", "pairs", ["program_id"])
    op.create_index(
        "ix_pairs_program_id_mentor_id_mentee_id",
        "pairs",
        ["program_id", "mentor_id", "mentee_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )


def _receiver_cards() -> None:
    op.create_table(
        "receiver_cards",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receiver_cards"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_receiver_cards_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_receiver_cards_person_id_number", "receiver_cards", ["person_id", "number"], unique=True
    )


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("secret_digest", sa.CHAR(64), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_sign_ins_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"])
    op.create_index("ix_sign_ins_secret_digest", "sign_ins", ["secret_digest"], unique=True)


def _agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mentor", sa.LargeBinary(), nullable=False),
        sa.Column("mentee", sa.LargeBinary(), nullable=False),
        sa.Column("confidentiality", sa.LargeBinary(), nullable=False),
        sa.Column("off_limits", sa.LargeBinary(), nullable=False),
        sa.Column("conduct", sa.LargeBinary(), nullable=False),
        sa.Column("cadence_weeks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("mentor_signed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentee_signed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agreements"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_agreements_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_agreements_pair_id", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_agreements_pair_id_number", "agreements", ["pair_id", "number"], unique=True
    )
    op.create_index("ix_agreements_program_id", "agreements", ["program_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("setting", sa.String(20), nullable=False),
        sa.Column("topic", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("mentor_taught", sa.Boolean(), nullable=False),
        sa.Column("mentee_taught", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_sessions_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_sessions_pair_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_pair_id_number", "sessions", ["pair_id", "number"], unique=True)
    op.create_index(
        "ix_sessions_program_id_pair_id_state", "sessions", ["program_id", "pair_id", "state"]
    )


def _agenda_versions() -> None:
    op.create_table(
        "agenda_versions",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("session_id", sa.CHAR(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.CHAR(32), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agenda", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_versions"),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["programs.id"],
            name="fk_agenda_versions_program_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_agenda_versions_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name="fk_agenda_versions_session_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name="fk_agenda_versions_by_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_agenda_versions_by_id", "agenda_versions", ["by_id"])
    op.create_index("ix_agenda_versions_pair_id", "agenda_versions", ["pair_id"])
    op.create_index("ix_agenda_versions_program_id", "agenda_versions", ["program_id"])
    op.create_index(
        "ix_agenda_versions_session_id_number",
        "agenda_versions",
        ["session_id", "number"],
        unique=True,
    )


def _commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("session_id", sa.CHAR(32), nullable=True),
        sa.Column("who_id", sa.CHAR(32), nullable=False),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_commitments_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_commitments_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_commitments_session_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["who_id"], ["people.id"], name="fk_commitments_who_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_commitments_pair_id_state", "commitments", ["pair_id", "state"])
    op.create_index("ix_commitments_program_id", "commitments", ["program_id"])
    op.create_index("ix_commitments_session_id", "commitments", ["session_id"])
    op.create_index("ix_commitments_who_id", "commitments", ["who_id"])


def _preparations() -> None:
    op.create_table(
        "preparations",
        sa.Column("id", sa.CHAR(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.CHAR(32), nullable=False),
        sa.Column("pair_id", sa.CHAR(32), nullable=False),
        sa.Column("session_id", sa.CHAR(32), nullable=False),
        sa.Column("person_id", sa.CHAR(32), nullable=False),
        sa.Column("items", sa.LargeBinary(), nullable=False),
        sa.Column("met", sa.LargeBinary(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preparations"),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name="fk_preparations_program_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name="fk_preparations_pair_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_preparations_session_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_preparations_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_preparations_pair_id", "preparations", ["pair_id"])
    op.create_index("ix_preparations_person_id", "preparations", ["person_id"])
    op.create_index("ix_preparations_program_id", "preparations", ["program_id"])
    op.create_index(
        "ix_preparations_session_id_person_id",
        "preparations",
        ["session_id", "person_id"],
        unique=True,
    )
