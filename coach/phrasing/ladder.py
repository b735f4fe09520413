"""From a message to three rungs that keep its point, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.guidance import Citation
from coach.domain.library import GuidanceLibrary
from coach.domain.phrasing import (
    Context,
    Ladder,
    Level,
    Point,
    RefusedRung,
    Rung,
    TactCheck,
)
from coach.domain.receiver import ReceiverCard
from coach.phrasing.addressing import addressed
from coach.phrasing.cleaned import Cleaned
from coach.phrasing.cleaning import Cleaner
from coach.phrasing.cutting import Cutter
from coach.phrasing.denials import denies
from coach.phrasing.framing import NOT_DONE, Framer
from coach.phrasing.ladder_notes import (
    NO_POINT,
    NOT_FOUND,
    THANKS,
    TOO_LONG,
    TOO_SHORT,
    one_at_a_time,
)
from coach.phrasing.rung_card import MOMENT, followed, ordered
from coach.phrasing.rung_context import channel_of, suggested
from coach.phrasing.rung_facts import facts_of, lost
from coach.phrasing.rung_forms import chat_of, email_of, question_of
from coach.phrasing.rung_marks import Marker, marks_of
from coach.phrasing.rung_tact import WELL, RungTact, grovels
from coach.phrasing.seams import Checker, Floor, PointReader
from coach.phrasing.spelling import written_out
from coach.phrasing.techniques import Draft, Drafting
from coach.phrasing.thanking import only_thanks
from coach.phrasing.ways import Way, Ways
from coach.ports import Grammar

#: Characters of a message that is put into other words; a hard thing is said in a few sentences.
MOST_SAID = 900
_BLANK = re.compile(r"\[…[^\]]*\]")


class LadderBuilder:
    """Builds the ladder from the library's techniques; every rung passes the floor."""

    def __init__(  # noqa: PLR0913, PLR0917 - wired once
        self,
        checker: Checker,
        floor: Floor,
        grammar: Grammar,
        library: GuidanceLibrary,
        point_of: PointReader,
        marks: Marker = marks_of,
    ) -> None:
        self._checker = checker
        self._tact = RungTact(checker, marks)
        self._floor = floor
        self._grammar = grammar
        self._library = library
        self._point_of = point_of
        self._cutter = Cutter(marks, grammar)
        self._framer = Framer(marks, grammar, self._cutter)
        self._cleaner = Cleaner(marks, grammar, self._cutter, self._framer)

    def build(
        self, message: str, context: Context | None = None, card: ReceiverCard | None = None
    ) -> Ladder:
        """The ladder of ``message``. ``card`` is only followed if it is in force."""
        context = context or Context()
        check = self._checker.check(message)
        if context.what_happened.strip() and not check.care:
            # What happened may be what somebody should hear of, whatever is to be said about it.
            check = check.model_copy(
                update={"care": self._checker.check(context.what_happened).care}
            )
        if check.care or not check.english or not message.strip():
            return Ladder(check=check, point=Point(), rungs=())
        if not check.findings and only_thanks(message):
            return Ladder(check=_noted(check, THANKS), point=Point(), rungs=())
        if len(message) > MOST_SAID:
            return Ladder(check=_noted(check, TOO_LONG), point=Point(), rungs=())
        message = written_out(message)
        point = self._point_of(self._grammar.read(message))
        cleaned = self._cleaner.clean(message)
        if cleaned.empty or len(message.split()) == 1:
            note = NO_POINT if check.findings else TOO_SHORT
            return Ladder(check=_noted(check, note), point=point, rungs=())
        seen = self._seen(context.what_happened)
        rungs, refused = self._climb(message, check, point, cleaned, card, seen)
        sound = [fact for fact in cleaned.facts if self._cutter.sound(fact)]
        if not rungs:
            several = len(sound) > 1
            wanted = self._wanted(message)
            check = _noted(check, one_at_a_time(sound, wanted) if several else NOT_FOUND)
        level, why = suggested(context, card, [rung.level for rung in rungs])
        limits = sum("off limits" in refusal.reason for refusal in refused)
        return Ladder(
            check=check,
            point=point,
            rungs=tuple(rungs),
            refused=tuple(refused),
            question=question_of(rungs, _asked(cleaned)) if rungs else "",
            chat=chat_of(rungs),
            email=email_of(rungs),
            followed=followed(card, limits),
            suggested=level,
            suggestion=why,
            channel=channel_of(card, context.channel),
        )

    def _seen(self, happened: str) -> str:
        """What happened in the person's words, without what threatens face; may be empty."""
        facts = self._cleaner.clean(happened).facts if happened.strip() else ()
        return " ".join(fact for fact in facts if self._cutter.sound(fact))

    def _climb(  # noqa: PLR0913, PLR0917 - what a rung is judged by
        self,
        message: str,
        check: TactCheck,
        point: Point,
        cleaned: Cleaned,
        card: ReceiverCard | None,
        seen: str,
    ) -> tuple[list[Rung], list[RefusedRung]]:
        """The first candidate of each level that passes, and those that did not."""
        # What is no part of the point, such as a verdict, need not survive.
        sayable = self._cutter.sayable(message) or message
        wanted = self._wanted(message)
        # What our own list says in other words counts as said.
        otherwise = self._cutter.sayable(self._cleaner.reworded(message)) or message
        ways = Ways(
            Way(drafting, self._refusal(drafting, (message, sayable, otherwise), wanted))
            for drafting in self._draftings(message, cleaned, wanted, seen)
        )
        rungs: list[Rung] = []
        refused: list[RefusedRung] = []
        opening = f"{MOMENT} " if card and card.in_force and card.notice else ""
        for level in ordered(card):
            for way, draft in ((one, draft) for one in ways for draft in one.drafts(level)):
                text = f"{opening}{draft.text}"
                reason, judged = self._judged(way, check, text, card)
                if not reason:
                    rungs.append(self._rung(draft, text, judged, point))
                    break
                refused.append(RefusedRung(level=level, text=text, reason=reason))
        return rungs, list({one.text: one for one in refused}.values())

    def _wanted(self, message: str) -> tuple[str, ...]:
        """The figures, names and dates that every rung keeps; whom it greets is no part of that."""
        _, body = addressed(message, self._grammar)
        return facts_of(self._point_of(self._grammar.read(self._cutter.with_facts(body))))

    def _draftings(
        self, message: str, cleaned: Cleaned, wanted: tuple[str, ...], seen: str
    ) -> Iterator[Drafting]:
        """Ways to put it: all that is sayable, only what is sound, and a frame with blanks."""
        denied = denies(self._cutter.sayable(message))
        if not cleaned.topic:
            yield Drafting(self._grammar, cleaned, seen)
            sound = tuple(
                fact for fact in cleaned.facts if self._cutter.sound(fact) and not grovels(fact)
            )
            lean = cleaned.model_copy(update={"facts": sound})
            if lean != cleaned and not lean.empty:
                yield Drafting(self._grammar, lean, seen)
        for shown in dict.fromkeys(
            (seen or self._framer.verbatim(message, self._cleaner.reworded(message), cleaned), seen)
        ):
            frame = self._framer.framed(message, cleaned, wanted, shown)
            if not frame.topic:
                continue
            drafting = Drafting(self._grammar, frame, shown)
            if denied and not denies(next(drafting.drafts(Level.DIRECT)).text):
                frame = frame.model_copy(update={"details": (*frame.details, NOT_DONE)})
                drafting = Drafting(self._grammar, frame, shown)
            yield drafting

    def _refusal(
        self, drafting: Drafting, originals: tuple[str, ...], wanted: tuple[str, ...]
    ) -> str:
        """Why the floor refuses what a way says; empty if it keeps the point."""
        if drafting.is_frame:
            # A frame claims nothing: its blanks ask for what it leaves out, but no figure,
            # name or date may be among that.
            return lost(wanted, next(drafting.drafts(Level.DIRECT)).text)
        # What is no more than the message without its verdicts adds nothing, and what only
        # lost a verdict lost nothing of the point.
        if denies(originals[1]) and not denies(drafting.said):
            return "It leaves out a “not”."
        reason = ""
        for original in dict.fromkeys(originals):
            verdict = self._floor.keeps(original, drafting.said)
            if verdict.kept:
                break
            reason = reason or verdict.reason or "It loses the point."
        else:
            return reason
        return lost(wanted, drafting.said)

    def _judged(
        self, way: Way, before: TactCheck, text: str, card: ReceiverCard | None
    ) -> tuple[str, TactCheck]:
        """Why a candidate is refused, or an empty reason, and its check."""
        if way.refusal:
            return way.refusal, before
        return self._tact.fault(before, text, card)

    def vetted(
        self, ladder: Ladder, rung: Rung, text: str, card: ReceiverCard | None
    ) -> tuple[str, Rung | None]:
        """``text`` of a stranger in the place of ``rung``, or why it may not take it.

        It is read as a whole against the message, must keep what the rung keeps, and be no less
        tactful than it.
        """
        reason, check = self._tact.fault(ladder.check, text, card)
        if not reason and check.score < min(rung.score, WELL):
            reason = "It is less tactful than the coach's own words."
        blanks = tuple(_BLANK.findall(text))
        if not reason and blanks != rung.blanks:
            reason = "It fills in, or leaves out, what only you know."
        reason = reason or self._changed(ladder, rung, text)
        if reason:
            return reason, None
        taken = {"text": text, "score": check.score, "kept": _kept(ladder.point, text)}
        return "", rung.model_copy(update=taken)

    def _changed(self, ladder: Ladder, rung: Rung, text: str) -> str:
        gone = lost(self._wanted(ladder.check.text), text)
        if gone:
            return gone
        # The rung kept the point already, so a rewording of it does; nothing may be added to both.
        verdict = self._floor.keeps(rung.text, text)
        return "" if verdict.kept else verdict.reason or "It loses the point."

    def _rung(self, draft: Draft, text: str, check: TactCheck, point: Point) -> Rung:
        return Rung(
            level=draft.level,
            text=text,
            technique=draft.technique.name,
            why=draft.technique.why,
            citation=self._cite(draft.technique.key),
            kept=_kept(point, text),
            score=check.score,
            blanks=tuple(_BLANK.findall(text)),
        )

    def _cite(self, key: str) -> Citation:
        card = self._library.by_key[key]
        section = card.section("Why it works") or card.sections[0]
        return self._library.cite(card, section)


def _noted(check: TactCheck, note: str) -> TactCheck:
    return check.model_copy(update={"note": f"{check.note} {note}".strip()})


def _asked(cleaned: Cleaned) -> tuple[str, ...]:
    if cleaned.questions:
        return cleaned.questions
    return tuple(
        f"Could we {ask.act}?" if ask.ours else f"Could you {ask.act}?"
        for ask in cleaned.asks
        if not ask.negated
    )


def _kept(point: Point, text: str) -> tuple[str, ...]:
    """What of the point stands in ``text`` word for word, most of its words for statements."""
    low = text.lower()
    words = set(re.findall(r"[\w'’]+", low))
    kept = [part for part in (*point.numbers, *point.names, *point.dates) if part.lower() in low]
    for part in (*point.statements, *point.requests):
        own = set(re.findall(r"[\w'’]+", part.lower()))
        if own and len(own & words) >= len(own) * 0.6:
            kept.append(part)
    return tuple(dict.fromkeys(kept))
