"""Statements of the themes, found again by those who made them and by nobody else."""

from __future__ import annotations

import hashlib
import hmac

from coach.domain.kept_reflection import KeptItem, Reflection
from coach.domain.kept_themes import KeptStatement, ThemeTerms
from coach.ports import Work


def terms_of(work: Work, program_id: str) -> ThemeTerms:
    """The program's terms for themes, kept from the first time on.

    Raises ``ConflictError`` if somebody else keeps them at this moment.
    """
    found = work.find(ThemeTerms, program_id=program_id)
    return found[0] if found else work.add(ThemeTerms(program_id=program_id))


def pair_key(terms: ThemeTerms, pair_id: str) -> str:
    """The pair's pseudonym: without the program's secret nobody can make or undo it."""
    return _keyed(terms, "pair", pair_id)


def source_key(terms: ThemeTerms, reflection_id: str) -> str:
    """The reflection's pseudonym."""
    return _keyed(terms, "reflection", reflection_id)


def origin_key(terms: ThemeTerms, reflection_id: str, item: KeptItem) -> str:
    """The pseudonym of one item in these very words; other words have another."""
    return _keyed(terms, "item", reflection_id, item.id, item.kind.value, item.text)


def origin_keys(terms: ThemeTerms, mine: Reflection) -> tuple[str, ...]:
    """Those of every item that may join the themes, as the reflection stands."""
    return tuple(items_by_origin(terms, mine))


def items_by_origin(terms: ThemeTerms, mine: Reflection) -> dict[str, str]:
    """The same, with the identifier of each item."""
    if not mine.themes_may_count or mine.summary is None:
        return {}
    items = mine.summary.items
    return {origin_key(terms, mine.id, one): one.id for one in items if not one.kept_out}


def take_back(work: Work, before: Reflection, after: Reflection | None = None) -> None:
    """Take out the statements of ``before`` that ``after`` no longer stands for; all without it.

    Called in the transaction that changes or deletes the reflection, so that no statement
    outlives its words or its consent.
    """
    found = work.find(ThemeTerms, program_id=before.program_id)
    if not found or not before.themes_may_count:
        return
    gone = set(origin_keys(found[0], before))
    if after is not None:
        gone -= set(origin_keys(found[0], after))
    if gone:
        work.remove(KeptStatement, program_id=before.program_id, origin_key=tuple(sorted(gone)))


def _keyed(terms: ThemeTerms, *parts: str) -> str:
    # Lengths first, so that no two lists of parts read alike.
    said = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(bytes.fromhex(terms.secret), said.encode(), hashlib.sha256).hexdigest()
