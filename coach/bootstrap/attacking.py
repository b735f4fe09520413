"""The code that the attack on words runs against: the same that makes a program's releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from coach.errors import ProgramError
from coach.ports import Records
from coach.settings import CoachSettings
from coach.themes.attack.programs import Program, Release
from coach.themes.attack.words import OnWords
from coach.themes.reporting import Finds


def open_words_attack(settings: CoachSettings, seed: int, names: tuple[str, ...] = ()) -> OnWords:
    """The attack on words, with the finding of themes that these settings choose."""
    from collections.abc import Sequence

    from coach.bootstrap.judges import choose_embedder
    from coach.bootstrap.mining import open_mining
    from coach.domain.themes import Statement, ThemeReport
    from coach.themes.disclosing import Rules
    from coach.themes.reporting import Terms, reported

    embedder, find = choose_embedder(settings), open_mining(settings).find()

    def tell(statements: Sequence[Statement], least: int) -> ThemeReport:
        vectors = embedder.embed([one.text for one in statements])
        mined = find(statements, vectors, min_pairs=least, before={})
        return reported(statements, mined, Terms(Rules(least)))[0]

    return OnWords(tell, library_texts(), names, seed)


def own_program(settings: CoachSettings, program_id: str) -> Program:
    """A program of the records: its release in preview, or what one would tell today.

    What was released before is left out: its statements are deleted, and nothing of it can be
    compared with what comes now. Raises ``ProgramError`` where nothing is to be attacked.
    """
    from coach.bootstrap.mining import open_mining
    from coach.bootstrap.records import open_records

    with closing(open_records(settings)) as records:
        return kept_program(records, open_mining(settings).find, program_id)


def kept_program(records: Records, find: Callable[[], Finds], program_id: str) -> Program:
    """``own_program`` of these records; ``find`` opens what finds themes, if it is needed."""
    from coach.domain.program import Program as Kept
    from coach.themes.contributing import unpacked
    from coach.themes.gathering import gathered, waiting_of

    with records.reading() as work:
        found = work.find(Kept, id=program_id)
        if not found:
            raise ProgramError(f"There is no program {program_id[:40]!r}. Look its id up first.")
        state = gathered(work, found[0])
    waiting = waiting_of(state.releases)
    themes: defaultdict[str, set[str]] = defaultdict(set)
    if waiting is not None:
        state = replace(state, releases=tuple(one for one in state.releases if one != waiting))
        said = {one: pair for pair, ids in waiting.cells.statements.items() for one in ids}
        contributing = frozenset(waiting.cells.statements)
        for statement, theme in waiting.falls.items():
            themes[theme].add(said[statement])
    else:
        contributing = frozenset(one.pair_key for one in state.statements)
        vectors = unpacked([one.content.vector for one in state.statements])
        said_now, least = state.said(), state.terms.min_pairs
        for one in find()(said_now, vectors, min_pairs=least, before={}) if contributing else ():
            themes[one.id] |= {said_now[at].pair for at in one.members}
    if not themes:
        raise ProgramError("Nobody's statements are in this program's themes yet.")
    rules = state.rules()
    running = (rules.running or frozenset()) | contributing
    release = Release(
        rules.min_pairs,
        running,
        contributing,
        {key: frozenset(held) for key, held in themes.items()},
    )
    return Program(program_id, (release,), rules.segments)


def library_texts() -> tuple[str, ...]:
    """What the shipped library says: its words are nobody's."""
    from coach.library.load import load_library
    from coach.library.subjects import load_subjects
    from coach.resources import shipped
    from coach.themes.telling import LINES

    cards = load_library(shipped("knowledge")).cards
    subjects = load_subjects(shipped("knowledge") / "subjects.yaml")
    return (
        *(f"{card.title}. {part.text}" for card in cards for part in card.sections),
        *(line for one in subjects for line in (one.label, one.good, one.hard, one.plain)),
        *LINES,
    )
