"""The tables: a column for each field of a record, with people's words as sealed bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CHAR,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.types import TypeDecorator

from coach.adapters.records.sealing import MARK
from coach.domain.agreement import Agreement, KeptCard
from coach.domain.identity import Account, AuditLine, Invitation, OutsideIdentity, SignIn
from coach.domain.kept_reflection import Reflection
from coach.domain.kept_themes import KeptRelease, KeptStatement, ThemeTerms
from coach.domain.learned import Learned
from coach.domain.meeting import (
    AgendaVersion,
    Commitment,
    Draft,
    Preparation,
    Pulse,
    Session,
)
from coach.domain.numbers import ShownNumbers
from coach.domain.program import Membership, Pair, Person, Program
from coach.domain.records import Record


class Instant(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """``value`` in UTC. Raises ``ValueError`` for one without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """``value`` in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

#: Which keys the sealed values were made with, the newest last; the keys are in their own file.
seal_keys = Table(
    "seal_keys",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key_id", CHAR(16), nullable=False, unique=True),
)


def _id(name: str, to: str, ondelete: str = "CASCADE", *, nullable: bool = False) -> Column[Any]:
    return Column(name, CHAR(32), ForeignKey(f"{to}.id", ondelete=ondelete), nullable=nullable)


def _plain(name: str, kind: Any, *, nullable: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=nullable)


def _sealed(*names: str) -> list[Column[Any]]:
    return [Column(name, LargeBinary, nullable=False) for name in names]


def _found(name: str) -> list[Column[Any]]:
    return [*_sealed(name), Column(f"{name}{MARK}", CHAR(64))]


def _kept(name: str, *columns: Column[Any] | Index) -> Table:
    own = Column("id", CHAR(32), primary_key=True), Column("version", Integer, nullable=False)
    return Table(name, metadata, *own, *columns)


def _by(*columns: str) -> Index:
    return Index(None, *columns)


def _one(*columns: str) -> Index:
    return Index(None, *columns, unique=True)


def _one_current(table: Table, ends: str, *columns: str) -> None:
    """Only one may stand while it has no end."""
    current = table.c[ends].is_(None)
    places = [table.c[name] for name in columns]
    Index(None, *places, unique=True, sqlite_where=current, postgresql_where=current)


_WORD = String(20)

TABLES: dict[type[Record], Table] = {
    Program: _kept(
        "programs",
        *_sealed("name", "goals", "conduct", "contacts"),
        _plain("starts", Date),
        _plain("months", Integer),
        _plain("cadence_weeks", Integer),
        _plain("session_minutes", Integer),
        _plain("planned_sessions", Integer),
        _plain("retention_days", Integer),
        _plain("ended", Date, nullable=True),
        _plain("personal", Boolean),
    ),
    Person: _kept(
        "people", *_sealed("name"), *_found("email"), _plain("zone", String(64)), _one("email_mark")
    ),
    Membership: _kept(
        "memberships",
        _id("program_id", "programs"),
        _id("person_id", "people"),
        _plain("role", _WORD),
        _plain("since", Date),
        _plain("until", Date, nullable=True),
        _by("program_id", "role"),
        _by("person_id"),
    ),
    # A person who is in a pair is not deleted by the way: their partner's plans would go too.
    Pair: _kept(
        "pairs",
        _id("program_id", "programs"),
        _id("mentor_id", "people", "RESTRICT"),
        _id("mentee_id", "people", "RESTRICT"),
        *_sealed("mentor_role", "mentee_role"),
        _plain("started", Date),
        _plain("ended", Date, nullable=True),
        _by("program_id"),
        _by("mentor_id"),
        _by("mentee_id"),
    ),
    Session: _kept(
        "sessions",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _plain("number", Integer),
        _plain("state", _WORD),
        _plain("starts", Instant),
        _plain("zone", String(64)),
        _plain("minutes", Integer),
        _plain("setting", _WORD),
        *_sealed("topic", "reason"),
        _plain("mentor_taught", Boolean),
        _plain("mentee_taught", Boolean),
        _plain("sequence", Integer),
        _one("pair_id", "number"),
        _by("program_id", "pair_id", "state"),
    ),
    AgendaVersion: _kept(
        "agenda_versions",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _id("session_id", "sessions"),
        _plain("number", Integer),
        _id("by_id", "people", "RESTRICT"),
        _plain("saved", Instant),
        *_sealed("agenda"),
        _one("session_id", "number"),
        _by("program_id"),
        _by("pair_id"),
        _by("by_id"),
    ),
    Commitment: _kept(
        "commitments",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _id("session_id", "sessions", "SET NULL", nullable=True),
        _id("who_id", "people", "RESTRICT"),
        *_sealed("what", "reason"),
        _plain("due", Date, nullable=True),
        _plain("made", Instant),
        _plain("state", _WORD),
        _by("program_id"),
        _by("pair_id", "state"),
        _by("session_id"),
        _by("who_id"),
    ),
    Preparation: _kept(
        "preparations",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _id("session_id", "sessions"),
        _id("person_id", "people"),
        *_sealed("items", "met"),
        _plain("ready", Boolean),
        _plain("compared", Boolean),
        _one("session_id", "person_id"),
        _by("program_id"),
        _by("pair_id"),
        _by("person_id"),
    ),
    Pulse: _kept(
        "pulses",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _id("session_id", "sessions"),
        _id("person_id", "people"),
        *_sealed("worthwhile", "could_speak", "note"),
        _plain("shared", Boolean),
        _one("session_id", "person_id"),
        _by("program_id"),
        _by("pair_id"),
        _by("person_id"),
    ),
    Reflection: _kept(
        "reflections",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _id("session_id", "sessions"),
        _id("person_id", "people"),
        *_sealed("form", "written", "before", "after", "progress", "summary", "shared"),
        _plain("partner_may_read", Boolean),
        _plain("themes_may_count", Boolean),
        _plain("model_may_help", Boolean),
        _plain("shared_at", Instant, nullable=True),
        _plain("withdrawn", Instant, nullable=True),
        _one("session_id", "person_id"),
        _by("program_id"),
        _by("pair_id"),
        _by("person_id"),
    ),
    Learned: _kept(
        "learned",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _plain("number", Integer),
        _id("by_id", "people", "RESTRICT"),
        _plain("saved", Instant),
        *_sealed("mentor", "mentee", "together"),
        _one("pair_id", "number"),
        _by("program_id"),
        _by("by_id"),
    ),
    Draft: _kept(
        "drafts",
        _id("person_id", "people"),
        _plain("name", String(64)),
        _plain("saved", Instant),
        *_sealed("content"),
        _one("person_id", "name"),
    ),
    Agreement: _kept(
        "agreements",
        _id("program_id", "programs"),
        _id("pair_id", "pairs"),
        _plain("number", Integer),
        *_sealed("mentor", "mentee", "confidentiality", "off_limits", "conduct"),
        _plain("cadence_weeks", Integer),
        _plain("minutes", Integer),
        _plain("review_on", Date, nullable=True),
        _plain("mentor_signed", Instant, nullable=True),
        _plain("mentee_signed", Instant, nullable=True),
        _one("pair_id", "number"),
        _by("program_id"),
    ),
    KeptCard: _kept(
        "receiver_cards",
        _id("person_id", "people"),
        _plain("number", Integer),
        _plain("saved", Instant),
        *_sealed("card"),
        _one("person_id", "number"),
    ),
    ShownNumbers: _kept(
        "shown_numbers",
        _id("program_id", "programs"),
        *_sealed("activity", "fading"),
        _plain("activity_on", Date, nullable=True),
        _plain("fading_on", Date, nullable=True),
        _one("program_id"),
    ),
    ThemeTerms: _kept(
        "theme_terms",
        _id("program_id", "programs"),
        _plain("min_pairs", Integer),
        _plain("notice_days", Integer),
        _plain("locked", Instant, nullable=True),
        *_sealed("segments", "places", "secret", "signing"),
        _one("program_id"),
    ),
    # Nothing here refers to a pair or a person: the pseudonyms are all there is.
    KeptStatement: _kept(
        "theme_statements",
        _id("program_id", "programs"),
        _plain("pair_key", CHAR(64)),
        _plain("source_key", CHAR(64)),
        _plain("origin_key", CHAR(64)),
        *_sealed("content"),
        _by("program_id"),
        _by("origin_key"),
    ),
    KeptRelease: _kept(
        "theme_releases",
        _id("program_id", "programs"),
        _plain("number", Integer),
        _plain("state", _WORD),
        _plain("proposed", Instant),
        _plain("opens", Instant),
        _plain("released", Instant, nullable=True),
        *_sealed("report", "cells", "falls"),
        _plain("digest", String(64)),
        _plain("previous", String(64)),
        _plain("signature", String(128)),
        _plain("verify_key", String(64)),
        _one("program_id", "number"),
    ),
    Account: _kept(
        "accounts",
        _id("person_id", "people"),
        _plain("password_hash", String(300)),
        _plain("failures", Integer),
        _plain("locked_until", Instant, nullable=True),
        _one("person_id"),
    ),
    OutsideIdentity: _kept(
        "outside_identities",
        _id("person_id", "people"),
        _plain("issuer", String(500)),
        *_found("subject"),
        _one("issuer", "subject_mark"),
        _by("person_id"),
    ),
    Invitation: _kept(
        "invitations",
        _id("person_id", "people"),
        _plain("secret_digest", CHAR(64)),
        _plain("expires", Instant),
        _plain("used", Instant, nullable=True),
        _one("secret_digest"),
        _by("person_id"),
    ),
    SignIn: _kept(
        "sign_ins",
        _id("person_id", "people"),
        _plain("secret_digest", CHAR(64)),
        _plain("started", Instant),
        _plain("seen", Instant),
        _plain("expires", Instant),
        _one("secret_digest"),
        _by("person_id"),
    ),
    # It outlives what it tells of, so nothing in it refers to another table.
    AuditLine: _kept(
        "audit_lines",
        _plain("at", Instant),
        _plain("actor_id", String(32)),
        _plain("action", String(60)),
        _plain("allowed", Boolean),
        _plain("kind", String(40)),
        _plain("object_id", String(64)),
        _plain("program_id", String(32)),
        _by("at"),
        _by("program_id", "at"),
        _by("actor_id", "at"),
    ),
}
_one_current(TABLES[Membership], "until", "program_id", "person_id", "role")
_one_current(TABLES[Pair], "ended", "program_id", "mentor_id", "mentee_id")
