"""What finds and names themes; nothing heavy loads before the first statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from coach.bootstrap.judges import choose_embedder
from coach.bootstrap.mining import open_mining
from coach.bootstrap.theme_batches import open_batches
from coach.domain.themes import Statement, ThemeReport, number_of_pairs
from coach.pair.reading import Sign
from coach.ports import Clusterer, Embedder
from coach.settings import read_settings
from coach.themes.counts import CountNoise
from coach.themes.disclosing import Rules
from coach.themes.explaining import LeftOut, explained, unprotected
from coach.themes.finding import ThemeFinder
from coach.themes.naming import Vocabulary
from coach.themes.reporting import Mined, Terms, reported
from coach.themes.stripping import MOST_GENERALISED, generalised

#: Themes that a pair counts in where counts hold noise: more would need more noise.
_MOST_THEMES = 3
_NOISY = (
    "No theme can be shown: with the noise that --epsilon {epsilon:g} adds, no count is surely of "
    "{pairs} or more. A larger --epsilon adds less noise and protects less; more pairs need less."
)
#: Statements of a theme read for signs of harm; more only where most of the first hold one.
_READ = (3, 9)
_LATIN = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True)
class Asked:
    """How a file is reported on: so many themes, or as many as there are; from so many pairs on.

    ``epsilon`` is the privacy budget of the counts, if they are to hold noise. ``ray`` is the Ray
    cluster that the texts and vectors are worked on, ``auto``, ``local`` or its address.
    """

    themes: int | None
    min_pairs: int
    made: date
    epsilon: float | None = None
    ray: str | None = None


@dataclass(frozen=True)
class FileReport:
    """A report on a file, what is behind it, and ``notes`` on what it leaves out."""

    report: ThemeReport
    mined: tuple[Mined, ...]
    notes: tuple[str, ...]


def report_on(
    authors: Sequence[tuple[str, str]],
    texts: Sequence[str],
    asked: Asked,
) -> FileReport:
    """A report on statements of a file. Raises ``EmbedderError``.

    ``authors`` has the identifier and the pair of each of ``texts``. The texts as they are say
    which belong together, since what a file is about may well be products and places; every word
    that is shown comes from the stripped ones. A program has only those.
    Who contributed to a file is no secret, so any threshold is allowed; below the floor of programs
    the notes say that it protects nobody. With an ``epsilon`` the counts hold noise, a pair counts
    in three themes at most, and no note tells of what was left out. Raises ``SettingsError`` for a
    budget that cannot be, and for a Ray cluster that cannot be joined.
    """
    terms = Terms(
        Rules(asked.min_pairs),
        made=asked.made,
        noise=_noise(asked.epsilon),
        epsilon=asked.epsilon,
    )
    settings = read_settings()
    embedder = choose_embedder(settings)
    sound = _sound(texts, embedder)
    with open_batches(asked.ray, embedder) as batches:
        prepared = batches.prepare([texts[at] for at in sound])
        statements = [
            Statement(id=authors[at][0], pair=authors[at][1], text=text)
            for at, text in zip(sound, prepared.stripped, strict=True)
        ]
        mined = open_finding(embedder, batches.clusterer)(
            statements,
            prepared.vectors,
            min_pairs=asked.min_pairs,
            before={},
            themes=asked.themes,
        )
    told, by_id = [texts[at] for at in sound], {one.id: one for one in mined}
    objects, sensitive = open_mining(settings).audit(), set[str]()

    def audit(report: ThemeReport, said: Sequence[Statement]) -> set[str]:
        sensitive.update(one.id for one in report.themes if _is_sensitive(by_id[one.id], told))
        return {*objects(report, said), *sensitive}

    report, _ = reported(statements, mined, terms, audit=audit)
    notes = unprotected(asked.min_pairs)
    if asked.epsilon is None:
        said = [
            Statement(id=ident, pair=pair, text=text)
            for (ident, pair), text in zip(authors, texts, strict=True)
        ]
        left = LeftOut(
            foreign=[sound[at] for at in _foreign(told, prepared.stripped)],
            orders=frozenset(range(len(texts))) - frozenset(sound),
            sensitive=[statements[at].pair for one in sensitive for at in by_id[one].members],
        )
        why = explained(said, left, asked.min_pairs)
        notes += why.notes
        if not report.themes:
            report = report.model_copy(update={"explanation": why.explanation})
    elif not report.themes:
        noisy = _NOISY.format(epsilon=asked.epsilon, pairs=number_of_pairs(asked.min_pairs))
        report = report.model_copy(update={"explanation": noisy})
    return FileReport(report, tuple(_in_file(one, sound) for one in mined), notes)


def _in_file(one: Mined, places: Sequence[int]) -> Mined:
    return replace(one, members=tuple(places[at] for at in one.members))


def _sound(texts: Sequence[str], embedder: Embedder) -> list[int]:
    """The places of texts that give no orders to a language model: those join no theme."""
    from coach.screening.ordering import may_order, orders_plainly
    from coach.screening.screen import Screen
    from coach.screening.windows import sentences

    screen = Screen(embedder)

    def orders(text: str) -> bool:
        # A long reflection nearly always has some word of an order somewhere, and a sentence
        # somewhere else that a screen finds odd: both have to be in one.
        return orders_plainly(text) or any(
            may_order(one.text) and screen.is_instruction(one.text) for one in sentences(text)
        )

    return [at for at, text in enumerate(texts) if not orders(text)]


def _foreign(texts: Sequence[str], stripped: Sequence[str]) -> list[int]:
    """The places of texts in another language or script, of which stripping leaves little."""
    from coach.adapters.languages import Languages

    languages = Languages()
    return [
        at
        for at, (text, left) in enumerate(zip(texts, stripped, strict=True))
        if generalised(text, left) > MOST_GENERALISED
        and (languages.language(text) not in {None, "en"} or not _LATIN.search(text))
    ]


def _is_sensitive(theme: Mined, texts: Sequence[str]) -> bool:
    """Whether most of some statements of the theme hold a sign that needs people."""
    signs = _care()
    for count in _READ:
        some = theme.members[:: max(1, len(theme.members) // count)][:count]
        if 2 * sum(map(bool, signs([texts[at] for at in some]))) <= len(some):
            return False
    return True


@cache
def _care() -> Callable[[Sequence[str]], Sequence[Sequence[Sign]]]:
    from coach.bootstrap.reading import open_reading

    return open_reading().signs


def _noise(epsilon: float | None) -> CountNoise | None:
    if epsilon is None:
        return None
    from coach.adapters.private_counts import LaplaceCounts

    return LaplaceCounts(epsilon, _MOST_THEMES)


def open_finding(embedder: Embedder, clusterer: Clusterer | None = None) -> ThemeFinder:
    """The finding of themes in vectors of ``embedder``; grouped in this process unless said."""
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
    return ThemeFinder(clusterer or VectorGroups(), vocabulary, Subjects(subjects, embedder))
