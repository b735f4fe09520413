"""A model's help with one's own summary, on both stores: with consent alone, and undone at will."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event

import pytest
from fakes import HashEmbedder
from readings import plain_reading
from worlds import NOW, make_world

from coach.bootstrap.workspace import Workspace
from coach.domain.chat import Provenance, Usage
from coach.domain.identity import Actor
from coach.domain.kept_reflection import Form, KeptSummary, Reflection, Written
from coach.domain.meeting import Session
from coach.domain.proposal import Slot
from coach.domain.refinement import Place, Refinement
from coach.errors import ProgramError
from coach.pair.reflections import Consent
from coach.ports import Records
from coach.settings import CoachSettings

_WORDS = "The demo worked. It was hard to slow down."
_USAGE = Usage(prompt_tokens=1, reply_tokens=1, milliseconds=1)
_FROM = Provenance(prompt="p", prompt_hash="0", model="m", passages=(), usage=_USAGE)


@dataclass
class Rewriting:
    """Puts "Well: " before each sentence, and keeps who asked."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def __call__(
        self,
        summary: KeptSummary,
        *,
        person: str,
        participants: Collection[str] = (),
        stop: Event | None = None,  # noqa: ARG002 - as the real one is called
    ) -> Iterator[Refinement]:
        """See ``Rewrite``."""
        self.asked.append((person, tuple(participants)))
        for position, one in enumerate(summary.sentences):
            yield Refinement(
                place=Place(slot=Slot.SUMMARY, position=position),
                draft=one.text,
                text=f"Well: {one.text}",
                provenance=_FROM,
            )


@dataclass(frozen=True)
class Desk:
    """One person's summary of a session."""

    at: Workspace
    session: Session
    ana: Actor
    tom: Actor
    rewriting: Rewriting

    @property
    def mine(self) -> Reflection:
        """As it is kept."""
        return self.at.reflections.mine(self.ana, self.session.id)

    @property
    def paragraph(self) -> list[str]:
        """Its sentences."""
        assert self.mine.summary is not None
        return [one.text for one in self.mine.summary.sentences]

    def allow(self, *, given: bool = True) -> Reflection:
        """Allow an outside model, or no longer."""
        return self.at.reflections.consent(
            self.ana, self.session.id, self.mine.version, Consent.MODEL, given=given
        )

    def write(self, text: str) -> None:
        """Write this."""
        written = (Written(prompt="what", text=text),)
        self.at.reflections.keep(
            self.ana,
            self.session.id,
            self.mine.version,
            form=Form.FREE,
            written=written,
            before=None,
            after=None,
        )


@pytest.fixture(params=[True], ids=["outside"])
def desk(records: Records, request: pytest.FixtureRequest) -> Desk:
    world = make_world(records)
    with records.writing() as work:
        session = work.add(
            Session(
                program_id=world.program.id,
                pair_id=world.own.pair.id,
                number=1,
                starts=NOW - timedelta(days=1),
                minutes=60,
            )
        )
    rewriting = Rewriting()
    reading = replace(plain_reading(), rewrite=rewriting, leaves=request.param)
    at = Workspace(
        CoachSettings(), records=records, embedder=HashEmbedder(), reading=reading, now=lambda: NOW
    )
    found = Desk(at, session, world.own.mentor, world.own.mentee, rewriting)
    found.write(_WORDS)
    at.reflections.summarise(found.ana, session.id, found.mine.version)
    return found


def test_without_consent_no_outside_model_sees_a_word(desk: Desk) -> None:
    with pytest.raises(ProgramError, match="outside this machine, and you have not allowed"):
        desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)

    assert [] == desk.rewriting.asked


@pytest.mark.parametrize("desk", [False], indirect=True, ids=["on this machine"])
def test_a_model_on_this_machine_needs_no_consent(desk: Desk) -> None:
    desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)

    assert ["Well: The demo worked.", "Well: It was hard to slow down."] == desk.paragraph


def test_what_is_verified_takes_the_sentences_place_and_one_hears_of_each(desk: Desk) -> None:
    desk.allow()
    heard: list[Refinement] = []

    desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id, watch=heard.append)

    summary = desk.mine.summary
    assert summary is not None
    assert [True, True] == [one.by_model for one in summary.sentences]
    assert ["The demo worked."] == list(summary.evidence_of(summary.sentences[0]))
    assert not any(item.by_model for item in summary.items)
    assert 2 == len(heard)
    person, names = desk.rewriting.asked[0]
    assert desk.ana.person_id == person
    assert 2 == len(set(names))


def test_ones_own_words_come_back_with_one_step(desk: Desk) -> None:
    before = desk.mine.summary
    desk.allow()
    kept = desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)
    assert kept.summary is not None

    for line in kept.summary.sentences:
        desk.at.rewritten_reflections.put_back(
            desk.ana, desk.session.id, desk.mine.version, line.id
        )

    assert before == desk.mine.summary
    with pytest.raises(ProgramError, match="no longer a model's"):
        desk.at.rewritten_reflections.put_back(
            desk.ana, desk.session.id, desk.mine.version, kept.summary.sentences[0].id
        )


def test_a_model_sentence_that_one_changes_is_ones_own(desk: Desk) -> None:
    desk.allow()
    kept = desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)
    assert kept.summary is not None
    first = kept.summary.sentences[0]

    desk.at.reflections.reword(desk.ana, desk.session.id, kept.version, first.id, "It worked.")

    assert desk.mine.summary is not None
    assert (True, False) == (
        desk.mine.summary.sentences[0].edited,
        desk.mine.summary.sentences[0].by_model,
    )


def test_what_is_changed_meanwhile_stays(desk: Desk) -> None:
    desk.allow()
    summary = desk.mine.summary
    assert summary is not None

    def change(found: Refinement) -> None:
        if found.place.position == 0:
            desk.at.reflections.reword(
                desk.ana, desk.session.id, desk.mine.version, summary.sentences[0].id, "Mine."
            )

    desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id, watch=change)

    assert ["Mine.", "Well: It was hard to slow down."] == desk.paragraph


def test_a_consent_taken_back_meanwhile_takes_the_words_with_it(desk: Desk) -> None:
    desk.allow()

    def withdraw(_: Refinement) -> None:
        if desk.mine.model_may_help:
            desk.allow(given=False)

    with pytest.raises(ProgramError, match="you have not allowed"):
        desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id, watch=withdraw)

    assert ["The demo worked.", "It was hard to slow down."] == desk.paragraph


def test_words_that_were_changed_since_are_not_sent(desk: Desk) -> None:
    desk.allow()
    desk.write("Other words.")

    with pytest.raises(ProgramError, match="Summarise again first"):
        desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)

    assert [] == desk.rewriting.asked


def test_where_no_model_is_set_it_says_so(desk: Desk) -> None:
    at = Workspace(
        CoachSettings(),
        records=desk.at.records,
        embedder=HashEmbedder(),
        reading=plain_reading(),
        now=lambda: NOW,
    )

    with pytest.raises(ProgramError, match="No model is set"):
        at.rewritten_reflections.rewrite(desk.ana, desk.session.id)


def test_the_partner_reads_the_words_and_that_a_model_chose_them(desk: Desk) -> None:
    desk.allow()
    desk.at.rewritten_reflections.rewrite(desk.ana, desk.session.id)

    shown = desk.at.shared_reflections.preview(desk.ana, desk.session.id).summary.paragraph

    assert [("Well: The demo worked.", True)] == [(one.text, one.by_model) for one in shown[:1]]
