"""A small program with one record of every kind and more of some, in an order that can be kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TypeVar

from coach.adapters.records.keys import KeyFile
from coach.adapters.records.schema import REVISIONS, migrate, use_a_key
from coach.adapters.records.store import SqlRecords
from coach.bootstrap.records import database_of
from coach.domain.agenda import Agenda, AgendaItem, GiveAndTake, ItemKind
from coach.domain.agreement import Agreement, KeptCard, Share
from coach.domain.brief import Brief, Setting
from coach.domain.guidance import Citation
from coach.domain.identity import Account, AuditLine, Invitation, OutsideIdentity, SignIn
from coach.domain.kept_reflection import (
    Form,
    KeptItem,
    KeptSentence,
    KeptSummary,
    Progress,
    Reflection,
    SharedLine,
    SharedSummary,
    Written,
)
from coach.domain.kept_themes import (
    KeptRelease,
    KeptStatement,
    ReleaseState,
    StatementContent,
    ThemeCells,
    ThemeTerms,
)
from coach.domain.learned import Learned
from coach.domain.meeting import (
    AgendaVersion,
    Commitment,
    CommitmentState,
    Draft,
    Preparation,
    PreparedItem,
    PreparedKind,
    Pulse,
    Session,
    SessionState,
)
from coach.domain.numbers import ShownNumbers
from coach.domain.program import Membership, Pair, Person, Program, Role
from coach.domain.receiver import Directness, ReceiverCard
from coach.domain.records import Record, new_id
from coach.domain.reflection import Evidence
from coach.domain.reflection import ItemKind as Told
from coach.domain.themes import Count, Theme, ThemeReport
from coach.ports import Work
from coach.settings import CoachSettings

Some = TypeVar("Some", bound=Record)
#: What the first revision did not know.
_LATER = (
    Pulse,
    Draft,
    ShownNumbers,
    Reflection,
    Learned,
    ThemeTerms,
    KeptStatement,
    KeptRelease,
)

DAY = date(2026, 3, 2)
#: Not in UTC, and not whole seconds.
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
#: What a database must never show.
WORDS = "Zwölf große Quittungen ✓ 秘密"


def sample_records() -> tuple[Record, ...]:
    """All of it, made anew: no two calls share an identifier or an e-mail address."""
    program = Program(name=WORDS, goals=("Listen", WORDS), starts=DAY, conduct=f"Be kind.\n{WORDS}")
    ann, bob, lead = (
        Person(name=f"{name} {WORDS}", email=f"{name}.{new_id()}@example.org", zone="Europe/Paris")
        for name in ("Ann", "Bob", "Lea")
    )
    pair = Pair(
        program_id=program.id, mentor_id=ann.id, mentee_id=bob.id, mentor_role=WORDS, started=DAY
    )
    both = {"program_id": program.id, "pair_id": pair.id}
    first = Session(**both, number=1, starts=NOON, zone="Asia/Kolkata", minutes=45, topic=WORDS)
    second = Session(
        **both,
        number=2,
        starts=NOON + timedelta(weeks=4),
        minutes=60,
        setting=Setting.WALK,
        state=SessionState.CANCELLED,
        reason=WORDS,
    )
    of_first = {**both, "session_id": first.id}
    return (
        program,
        ann,
        bob,
        lead,
        *(
            Membership(program_id=program.id, person_id=who.id, role=role, since=DAY)
            for who, role in ((ann, Role.MENTOR), (bob, Role.MENTEE), (lead, Role.LEAD))
        ),
        pair,
        first,
        second,
        AgendaVersion(**of_first, number=1, by_id=ann.id, saved=NOON, agenda=_agenda()),
        Commitment(**of_first, who_id=bob.id, what=WORDS, made=NOON, due=DAY),
        Commitment(
            **both,
            who_id=ann.id,
            what="Send it",
            made=NOON,
            state=CommitmentState.DROPPED,
            reason=WORDS,
        ),
        Preparation(
            **of_first,
            person_id=ann.id,
            items=(PreparedItem(kind=PreparedKind.WORRY, text=WORDS, released=True),),
            ready=True,
        ),
        Pulse(**of_first, person_id=bob.id, worthwhile=5, could_speak=1, note=WORDS, shared=True),
        Reflection(**of_first, person_id=bob.id),
        Reflection(
            **of_first,
            person_id=ann.id,
            form=Form.SIX,
            written=(Written(prompt="plan", text=WORDS), Written(prompt="file", text="x")),
            before=-2,
            after=0,
            progress=(Progress(goal=WORDS, rating=0),),
            partner_may_read=True,
            summary=_summary(),
            shared=SharedSummary(paragraph=(SharedLine(text=WORDS),), after=2),
            shared_at=NOON,
            withdrawn=NOON,
        ),
        Learned(**both, number=1, by_id=ann.id, saved=NOON, mentor=WORDS, together="Patience"),
        Draft(
            person_id=ann.id,
            name="prepare",
            saved=NOON,
            content={"topic": WORDS, "minutes": 45, "more": [None, True, 0.5, {"": "\ud800"}]},
        ),
        Agreement(
            **both,
            mentor=Share(learns=WORDS, gives="Patience"),
            mentee=Share(likes="By doing"),
            off_limits=WORDS,
            review_on=DAY,
            mentor_signed=NOON,
        ),
        KeptCard(
            person_id=bob.id,
            number=1,
            saved=NOON,
            card=ReceiverCard(
                directness=Directness.GENTLE, off_limits=("age", WORDS), consented=DAY
            ),
        ),
        ShownNumbers(
            program_id=program.id,
            activity={pair.id: (1, 1, 0)},
            activity_on=DAY,
            fading={pair.id: False},
        ),
        ThemeTerms(
            program_id=program.id,
            min_pairs=6,
            locked=NOON,
            segments=(WORDS, "Sales"),
            places={pair.id: WORDS},
        ),
        KeptStatement(
            program_id=program.id,
            pair_key="ab" * 32,
            source_key="bc" * 32,
            origin_key="cd" * 32,
            content=StatementContent(
                kind=Told.CHALLENGE, text=WORDS, vector="AAAA", embedder="hash"
            ),
        ),
        KeptRelease(
            program_id=program.id,
            number=1,
            state=ReleaseState.RELEASED,
            proposed=NOON,
            opens=NOON,
            released=NOON,
            report=ThemeReport(
                made=DAY,
                min_pairs=6,
                themes=(Theme(id="t", label=WORDS, sentence=WORDS, pairs=Count(least=6, most=11)),),
            ),
            cells=ThemeCells(sources=("bc" * 32,), bears={"t": (1, 0)}),
            falls={new_id(): "t"},
            digest="ef" * 32,
            signature="01" * 64,
            verify_key="23" * 32,
        ),
        Account(person_id=ann.id, password_hash=new_id(), failures=3, locked_until=NOON),
        OutsideIdentity(person_id=bob.id, issuer="https://id.example.org", subject=new_id()),
        Invitation(person_id=lead.id, secret_digest=new_id() * 2, expires=NOON),
        SignIn(person_id=ann.id, secret_digest=new_id() * 2, started=NOON, seen=NOON, expires=NOON),
        AuditLine(at=NOON, actor_id=ann.id, action="session.plan", allowed=True, kind="session"),
        AuditLine(at=NOON, actor_id="", action="sign-in", allowed=False, object_id="../../x'--"),
    )


def keep_in_earlier(settings: CoachSettings) -> tuple[Record, ...]:
    """Make records as the first revision had them, and fill them with what it knew."""
    database, keys = database_of(settings), KeyFile(settings.keys_path)
    known = tuple(one for one in sample_records() if not isinstance(one, _LATER))
    earlier = SqlRecords(database, database.engine(), keys)
    with earlier.changing() as connection:
        migrate(connection, REVISIONS[0])
        use_a_key(connection, keys)
    with earlier.writing() as work:
        keep(work, known)
    earlier.close()
    return known


def keep(work: Work, records: tuple[Record, ...]) -> None:
    """Add them all."""
    for record in records:
        work.add(record)


def first_of(kind: type[Some], records: tuple[Record, ...]) -> Some:
    """The first of this kind."""
    return next(record for record in records if isinstance(record, kind))


def _summary() -> KeptSummary:
    words = (Evidence(text_index=0, start=0, end=5),)
    return KeptSummary(
        texts=(WORDS,),
        sentences=(KeptSentence(text=WORDS, evidence=words, edited=True),),
        items=(
            KeptItem(
                kind=Told.COMMITMENT,
                text=WORDS,
                evidence=words,
                who="me",
                when=DAY,
                promised=(new_id(),),
            ),
        ),
        dropped=1,
        note=WORDS,
    )


def _agenda() -> Agenda:
    brief = Brief(topic=f"Safe use of AI {WORDS}", minutes=45, worry=WORDS)
    citation = Citation(key="a", title="A", heading="B", passage=WORDS, passage_id="a#b")
    item = AgendaItem(
        title="Arrive",
        minutes=45,
        kind=ItemKind.OPEN,
        purpose=WORDS,
        open_with="Hello",
        questions=("What was good?",),
        if_awkward="Wait",
        give_and_take=GiveAndTake(mentor_gives="Time", mentee_gives="Time"),
        citations=(citation,),
    )
    return Agenda(brief=brief, items=(item,), topic_kit=None)
