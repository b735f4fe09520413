"""What finds and names themes; nothing heavy loads before the first statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from coach.bootstrap.judges import choose_embedder
from coach.domain.themes import Statement, ThemeReport
from coach.ports import Embedder
from coach.settings import read_settings
from coach.themes.disclosing import Rules
from coach.themes.finding import ThemeFinder
from coach.themes.naming import Vocabulary
from coach.themes.reporting import Mined, Terms, nothing_yet, reported


def report_on(
    statements: Sequence[Statement],
    texts: Sequence[str],
    *,
    themes: int | None,
    min_pairs: int,
    made: date,
) -> tuple[ThemeReport, tuple[Mined, ...]]:
    """A report on stripped statements of a file, and what is behind it. Raises ``EmbedderError``.

    ``texts`` are the statements before they were stripped. They say which belong together, since
    what a file is about may well be products and places; every word that is shown comes from the
    stripped ones. A program has only those.
    Who contributed to a file is no secret, so any threshold is allowed.
    """
    terms = Terms(Rules(min_pairs), made=made)
    if not statements:
        return nothing_yet(terms), ()
    embedder = choose_embedder(read_settings())
    vectors = embedder.embed(texts)
    mined = open_finding(embedder)(
        statements, vectors, min_pairs=min_pairs, before={}, themes=themes
    )
    return reported(statements, mined, terms)[0], mined


def open_finding(embedder: Embedder) -> ThemeFinder:
    """The finding of themes in vectors of ``embedder``."""
    from coach.adapters.clustering import VectorGroups
    from coach.library.subjects import load_subjects
    from coach.resources import shipped
    from coach.themes.subjects import Subjects

    @cache
    def vocabulary() -> Vocabulary:
        from coach.adapters.common_words import is_common
        from coach.adapters.index.lexical import stem_of
        from coach.screening.screen import Screen

        return Vocabulary(is_common, stem_of, Screen(embedder).is_instruction)

    subjects = load_subjects(shipped("knowledge") / "subjects.yaml")
    return ThemeFinder(VectorGroups(), vocabulary, Subjects(subjects, embedder))
