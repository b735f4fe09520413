"""Every action × role × relation, asked of the capabilities themselves and of the table.

A public method that is not in ``CALLS`` fails, and so does one that never asks the policy.
"""

from __future__ import annotations

import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fakes import HashEmbedder
from readings import plain_reading
from worlds import NOW, Two, World, make_world

import coach
from coach.bootstrap import open_records
from coach.bootstrap.workspace import Workspace
from coach.domain.agenda import Agenda
from coach.domain.brief import Brief, Setting
from coach.domain.identity import Actor, AuditLine
from coach.domain.kept_reflection import Form, SharedSummary, Written
from coach.domain.meeting import Commitment, PreparedItem, PreparedKind, Session
from coach.domain.program import Role
from coach.domain.receiver import ReceiverCard
from coach.domain.records import new_id
from coach.domain.reflection import ItemKind
from coach.entrance.accounts import Accounts
from coach.errors import CoachError, ForbiddenError
from coach.pair.reflections import Consent
from coach.policy import acting
from coach.policy import table as policy
from coach.policy.acting import Capability
from coach.policy.table import ALLOWED, Action, Standing
from coach.ports import Records
from coach.prepare.compose import Composer
from coach.settings import CoachSettings

#: How somebody in this role stands to the pair, and to its program, in this relation.
STANDINGS: dict[tuple[str, str], tuple[set[Standing], set[Standing]]] = {
    ("mentor", "own pair"): ({Standing.MENTOR}, {Standing.MEMBER}),
    ("mentee", "own pair"): ({Standing.MENTEE}, {Standing.MEMBER}),
    ("lead", "own program"): ({Standing.LEAD}, {Standing.LEAD}),
    ("mentor", "other pair"): ({Standing.MEMBER}, {Standing.MEMBER}),
    ("mentee", "other pair"): ({Standing.MEMBER}, {Standing.MEMBER}),
    ("mentor", "other program"): ({Standing.STRANGER}, {Standing.STRANGER}),
    ("mentee", "other program"): ({Standing.STRANGER}, {Standing.STRANGER}),
    ("lead", "other program"): ({Standing.LEAD_ELSEWHERE}, {Standing.LEAD_ELSEWHERE}),
    ("mentor", "former pair"): ({Standing.FORMER_PARTNER}, {Standing.MEMBER}),
    ("mentee", "former pair"): ({Standing.FORMER_PARTNER}, {Standing.MEMBER}),
    ("lead", "former pair"): ({Standing.LEAD}, {Standing.LEAD}),
    ("mentor", "former member"): (
        {Standing.FORMER, Standing.FORMER_PARTNER},
        {Standing.FORMER},
    ),
    ("mentee", "former member"): (
        {Standing.FORMER, Standing.FORMER_PARTNER},
        {Standing.FORMER},
    ),
    ("lead", "former member"): ({Standing.FORMER}, {Standing.FORMER}),
    ("nobody", "unknown"): ({Standing.STRANGER}, {Standing.STRANGER}),
}
_ROWS = list(STANDINGS)
_LEADING = {("lead", "own program"), ("lead", "former pair"), ("lead", "other program")}


@dataclass(frozen=True)
class Scene:
    """What the methods are called with."""

    workspace: Workspace
    world: World
    two: Two
    session: Session
    promise: Commitment
    agenda: Agenda

    @property
    def program(self) -> str:
        """The program that is acted on."""
        return self.two.pair.program_id

    @property
    def accounts(self) -> Accounts:
        """What people do with sign-ins."""
        return self.workspace.entrance.accounts


Call = Callable[[Scene, Actor], Any]


@dataclass(frozen=True)
class Asked:
    """A call, the action that it must ask for, and what it is done to."""

    action: Action
    on: str
    call: Call


def _topic() -> tuple[PreparedItem, ...]:
    return (PreparedItem(kind=PreparedKind.TOPIC, text="team chat"),)


def _written() -> tuple[Written, ...]:
    return (Written(prompt="what", text="The demo worked."),)


_A = Action
CALLS: dict[str, Asked] = {
    "Home.open": Asked(_A.SEE_PAIR, "pair", lambda s, a: s.workspace.home.open(a, s.two.pair.id)),
    "Home.mine": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.home.mine(a)),
    "Home.menu": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.home.menu(a)),
    "Former.open": Asked(
        _A.SEE_FORMER_PAIR, "pair", lambda s, a: s.workspace.former.open(a, s.two.pair.id)
    ),
    "Sessions.plan": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.plan(a, s.two.pair.id, NOW + timedelta(days=9)),
    ),
    "Sessions.move": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.move(a, s.session.id, s.session.version, NOW),
    ),
    "Sessions.describe": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.describe(
            a, s.session.id, s.session.version, topic="AI", setting=Setting.VIDEO
        ),
    ),
    "Sessions.hold": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.hold(
            a, s.session.id, s.session.version, mentor_taught=True, mentee_taught=True
        ),
    ),
    "Sessions.not_held": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.not_held(a, s.session.id, s.session.version),
    ),
    "Sessions.before_cancelling": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.before_cancelling(a, s.session.id),
    ),
    "Sessions.cancel": Asked(
        _A.PLAN_SESSIONS,
        "pair",
        lambda s, a: s.workspace.sessions.cancel(a, s.session.id, s.session.version),
    ),
    "Sessions.all_of": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.sessions.all_of(a, s.two.pair.id)
    ),
    "Agendas.share": Asked(
        _A.EDIT_AGENDA,
        "pair",
        lambda s, a: s.workspace.agendas.share(a, s.session.id, s.agenda, after=0),
    ),
    "Agendas.newest": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.agendas.newest(a, s.session.id)
    ),
    "Agendas.versions": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.agendas.versions(a, s.session.id)
    ),
    "Commitments.promise": Asked(
        _A.PROMISE,
        "pair",
        lambda s, a: s.workspace.commitments.promise(
            a, s.two.pair.id, s.two.mentor.person_id, "send it"
        ),
    ),
    "Commitments.done": Asked(
        _A.PROMISE,
        "pair",
        lambda s, a: s.workspace.commitments.done(a, s.promise.id, s.promise.version),
    ),
    "Commitments.drop": Asked(
        _A.PROMISE,
        "pair",
        lambda s, a: s.workspace.commitments.drop(a, s.promise.id, s.promise.version, "late"),
    ),
    "Commitments.reopen": Asked(
        _A.PROMISE,
        "pair",
        lambda s, a: s.workspace.commitments.reopen(a, s.promise.id, s.promise.version),
    ),
    "Commitments.open_ones": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.commitments.open_ones(a, s.two.pair.id)
    ),
    "Commitments.closed_ones": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.commitments.closed_ones(a, s.two.pair.id)
    ),
    "Agreements.see": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.agreements.see(a, s.two.pair.id)
    ),
    "Agreements.write": Asked(
        _A.AGREE, "pair", lambda s, a: s.workspace.agreements.write(a, s.two.pair.id, {}, {})
    ),
    "Agreements.sign": Asked(
        _A.SIGN, "pair", lambda s, a: s.workspace.agreements.sign(a, s.two.pair.id, 1, 1)
    ),
    "Agreements.reopen": Asked(
        _A.AGREE, "pair", lambda s, a: s.workspace.agreements.reopen(a, s.two.pair.id)
    ),
    "Agreements.history": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.agreements.history(a, s.two.pair.id)
    ),
    "Preparing.see": Asked(
        _A.PREPARE, "pair", lambda s, a: s.workspace.preparing.see(a, s.session.id)
    ),
    "Preparing.keep": Asked(
        _A.KEEP_NOTES,
        "pair",
        lambda s, a: s.workspace.preparing.keep(a, s.session.id, 0, _topic()),
    ),
    "Preparing.release": Asked(
        _A.PREPARE,
        "pair",
        lambda s, a: s.workspace.preparing.release(a, s.session.id, 0, new_id(), released=True),
    ),
    "Preparing.ready": Asked(
        _A.PREPARE, "pair", lambda s, a: s.workspace.preparing.ready(a, s.session.id, 0)
    ),
    "Pulses.due": Asked(
        _A.ANSWER_PULSE, "pair", lambda s, a: s.workspace.pulses.due(a, s.two.pair.id)
    ),
    "Pulses.answer": Asked(
        _A.ANSWER_PULSE, "pair", lambda s, a: s.workspace.pulses.answer(a, s.session.id, 3, 3)
    ),
    "Pulses.mine": Asked(
        _A.ANSWER_PULSE, "pair", lambda s, a: s.workspace.pulses.mine(a, s.two.pair.id)
    ),
    "Pulses.shared_with_me": Asked(
        _A.ANSWER_PULSE, "pair", lambda s, a: s.workspace.pulses.shared_with_me(a, s.two.pair.id)
    ),
    "Reflections.mine": Asked(
        _A.REFLECT, "pair", lambda s, a: s.workspace.reflections.mine(a, s.session.id)
    ),
    "Reflections.all_mine": Asked(
        _A.REFLECT, "pair", lambda s, a: s.workspace.reflections.all_mine(a, s.two.pair.id)
    ),
    "Reflections.keep": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.keep(
            a, s.session.id, 0, form=Form.FREE, written=_written(), before=None, after=1
        ),
    ),
    "Reflections.consent": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.consent(
            a, s.session.id, 0, Consent.PARTNER, given=True
        ),
    ),
    "Reflections.summarise": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.summarise(a, s.session.id, 0),
    ),
    "Reflections.reword": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.reword(a, s.session.id, 0, new_id(), "better"),
    ),
    "Reflections.drop": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.drop(a, s.session.id, 0, new_id()),
    ),
    "Reflections.move": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.reflections.move(a, s.session.id, 0, new_id(), ItemKind.WIN),
    ),
    "Reflections.promise": Asked(
        _A.PROMISE,
        "pair",
        lambda s, a: s.workspace.reflections.promise(
            a, s.session.id, 0, new_id(), who="me", what="send it"
        ),
    ),
    "Reflections.contacts": Asked(
        _A.REFLECT, "pair", lambda s, a: s.workspace.reflections.contacts(a, s.session.id)
    ),
    "Reflections.care": Asked(
        _A.REFLECT, "pair", lambda s, a: s.workspace.reflections.care(a, s.session.id)
    ),
    "RewrittenReflections.rewrite": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.rewritten_reflections.rewrite(a, s.session.id),
    ),
    "RewrittenReflections.put_back": Asked(
        _A.REFLECT,
        "pair",
        lambda s, a: s.workspace.rewritten_reflections.put_back(a, s.session.id, 0, new_id()),
    ),
    "Contributing.see": Asked(
        _A.CONTRIBUTE, "pair", lambda s, a: s.workspace.contributing.see(a, s.session.id)
    ),
    "Contributing.renew": Asked(
        _A.CONTRIBUTE, "pair", lambda s, a: s.workspace.contributing.renew(a, s.session.id)
    ),
    "Contributing.count": Asked(
        _A.TAKE_BACK,
        "pair",
        lambda s, a: s.workspace.contributing.count(a, s.session.id, 0, new_id(), joins=False),
    ),
    "Contributing.take_back": Asked(
        _A.TAKE_BACK, "pair", lambda s, a: s.workspace.contributing.take_back(a, s.session.id)
    ),
    "ThemeRules.see": Asked(
        _A.SEE_THEMES, "program", lambda s, a: s.workspace.theme_rules.see(a, s.program)
    ),
    "ThemeRules.set": Asked(
        _A.MANAGE_THEMES,
        "program",
        lambda s, a: s.workspace.theme_rules.set(
            a, s.program, min_pairs=5, notice_days=7, segments=()
        ),
    ),
    "ThemeRules.place": Asked(
        _A.MANAGE_THEMES,
        "program",
        lambda s, a: s.workspace.theme_rules.place(a, s.program, s.two.pair.id, "North"),
    ),
    "ThemeReleases.see": Asked(
        _A.SEE_THEMES, "program", lambda s, a: s.workspace.theme_releases.see(a, s.program)
    ),
    "ThemeReleases.propose": Asked(
        _A.MANAGE_THEMES, "program", lambda s, a: s.workspace.theme_releases.propose(a, s.program)
    ),
    "ThemeReleases.release": Asked(
        _A.MANAGE_THEMES, "program", lambda s, a: s.workspace.theme_releases.release(a, s.program)
    ),
    "ThemeReleases.drop": Asked(
        _A.MANAGE_THEMES, "program", lambda s, a: s.workspace.theme_releases.drop(a, s.program)
    ),
    "ThemePreviews.mine": Asked(
        _A.PREVIEW_THEMES, "pair", lambda s, a: s.workspace.theme_previews.mine(a, s.two.pair.id)
    ),
    "ThemePreviews.check": Asked(
        _A.SEE_THEMES,
        "program",
        lambda s, a: s.workspace.theme_previews.check(a, s.program, "coach-receipt-1.e30=.00"),
    ),
    "SharedReflections.preview": Asked(
        _A.SHARE_REFLECTION,
        "pair",
        lambda s, a: s.workspace.shared_reflections.preview(a, s.session.id),
    ),
    "SharedReflections.share": Asked(
        _A.SHARE_REFLECTION,
        "pair",
        lambda s, a: s.workspace.shared_reflections.share(a, s.session.id, 0, SharedSummary()),
    ),
    "SharedReflections.withdraw": Asked(
        _A.WITHDRAW_REFLECTION,
        "pair",
        lambda s, a: s.workspace.shared_reflections.withdraw(a, s.session.id),
    ),
    "SharedReflections.partners": Asked(
        _A.READ_REFLECTION,
        "pair",
        lambda s, a: s.workspace.shared_reflections.partners(a, s.session.id),
    ),
    "SharedReflections.differences": Asked(
        _A.READ_REFLECTION,
        "pair",
        lambda s, a: s.workspace.shared_reflections.differences(a, s.session.id),
    ),
    "LearnedTogether.write": Asked(
        _A.TELL_LEARNED,
        "pair",
        lambda s, a: s.workspace.learned.write(
            a, s.two.pair.id, after=0, mentor="to wait", mentee="", together=""
        ),
    ),
    "LearnedTogether.newest": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.learned.newest(a, s.two.pair.id)
    ),
    "LearnedTogether.versions": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.learned.versions(a, s.two.pair.id)
    ),
    "Cards.mine": Asked(_A.KEEP_CARD, "self", lambda s, a: s.workspace.cards.mine(a)),
    "Cards.keep": Asked(
        _A.KEEP_CARD, "self", lambda s, a: s.workspace.cards.keep(a, ReceiverCard())
    ),
    "Cards.versions": Asked(_A.KEEP_CARD, "self", lambda s, a: s.workspace.cards.versions(a)),
    "Cards.partners": Asked(
        _A.SEE_PAIR, "pair", lambda s, a: s.workspace.cards.partners(a, s.two.pair.id)
    ),
    "Drafts.read": Asked(_A.KEEP_DRAFT, "self", lambda s, a: s.workspace.drafts.read(a, "a")),
    "Drafts.newest": Asked(_A.KEEP_DRAFT, "self", lambda s, a: s.workspace.drafts.newest(a)),
    "Drafts.keep": Asked(_A.KEEP_DRAFT, "self", lambda s, a: s.workspace.drafts.keep(a, "a", {})),
    "OwnData.me": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.own_data.me(a)),
    "OwnData.trail": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.own_data.trail(a)),
    "OwnData.export": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.own_data.export(a)),
    "OwnData.delete": Asked(
        _A.DELETE_SELF, "self", lambda s, a: s.workspace.own_data.delete(a, "nobody's name")
    ),
    "Guidance.use": Asked(_A.USE_GUIDANCE, "self", lambda s, a: s.workspace.guidance.use(a)),
    "Guidance.manage": Asked(
        _A.MANAGE_LIBRARY, "self", lambda s, a: s.workspace.guidance.manage(a)
    ),
    "Accounts.invite": Asked(
        _A.INVITE,
        "program",
        lambda s, a: s.accounts.invite(a, s.program, s.world.own.mentor.person_id),
    ),
    "Accounts.with_account": Asked(
        _A.INVITE, "program", lambda s, a: s.accounts.with_account(a, s.program)
    ),
    "Accounts.change_password": Asked(
        _A.MANAGE_SIGN_INS, "self", lambda s, a: s.accounts.change_password(a, "old", "new")
    ),
    "Accounts.sign_ins": Asked(_A.MANAGE_SIGN_INS, "self", lambda s, a: s.accounts.sign_ins(a)),
    "Accounts.sign_out_everywhere": Asked(
        _A.MANAGE_SIGN_INS, "self", lambda s, a: s.accounts.sign_out_everywhere(a)
    ),
    "Numbers.see": Asked(
        _A.SEE_NUMBERS, "program", lambda s, a: s.workspace.numbers.see(a, s.program)
    ),
    "Trail.of_program": Asked(
        _A.SEE_TRAIL, "program", lambda s, a: s.workspace.trail.of_program(a, s.program)
    ),
    "Pairing.preview": Asked(
        _A.MANAGE_PAIRS, "program", lambda s, a: s.workspace.pairing.preview(a, s.program, b"")
    ),
    "Pairing.take": Asked(
        _A.MANAGE_PAIRS, "program", lambda s, a: s.workspace.pairing.take(a, s.program, b"")
    ),
    "Pairing.pair": Asked(
        _A.MANAGE_PAIRS,
        "program",
        lambda s, a: s.workspace.pairing.pair(
            a, s.program, s.world.own.mentor.person_id, s.world.other.mentee.person_id
        ),
    ),
    "Pairing.re_pair": Asked(
        _A.MANAGE_PAIRS,
        "led pair",
        lambda s, a: s.workspace.pairing.re_pair(
            a, s.two.pair.id, Role.MENTEE, s.world.other.mentee.person_id
        ),
    ),
    "Pairing.end": Asked(
        _A.MANAGE_PAIRS, "led pair", lambda s, a: s.workspace.pairing.end(a, s.two.pair.id)
    ),
    "Pairing.remove": Asked(
        _A.MANAGE_PAIRS,
        "program",
        lambda s, a: s.workspace.pairing.remove(a, s.program, s.world.own.mentor.person_id),
    ),
    "Pairing.add_lead": Asked(
        _A.MANAGE_PROGRAM,
        "program",
        lambda s, a: s.workspace.pairing.add_lead(a, s.program, "Eva", "eva@example.org"),
    ),
    "Pairing.people": Asked(
        _A.MANAGE_PAIRS, "program", lambda s, a: s.workspace.pairing.people(a, s.program)
    ),
    "Pairing.pairs": Asked(
        _A.MANAGE_PAIRS, "program", lambda s, a: s.workspace.pairing.pairs(a, s.program)
    ),
    "Pairing.roster": Asked(
        _A.MANAGE_PAIRS, "program", lambda s, a: s.workspace.pairing.roster(a, s.program)
    ),
    "Personal.begin_pair": Asked(
        _A.MANAGE_PAIRS,
        "personal program",
        lambda s, a: s.workspace.personal.begin_pair(
            a, my_name="Ana", partner="Tom", my_role=Role.MENTOR
        ),
    ),
    "Programs.create": Asked(
        _A.CREATE_PROGRAM,
        "self",
        lambda s, a: s.workspace.programs.create(a, {"name": "Gamma", "starts": NOW.date()}),
    ),
    "Programs.edit": Asked(
        _A.MANAGE_PROGRAM,
        "program",
        lambda s, a: s.workspace.programs.edit(a, s.program, 1, {"name": "Delta"}),
    ),
    "Programs.end": Asked(
        _A.MANAGE_PROGRAM, "program", lambda s, a: s.workspace.programs.end(a, s.program)
    ),
    "Programs.terms": Asked(
        _A.MANAGE_PROGRAM, "program", lambda s, a: s.workspace.programs.terms(a, s.program)
    ),
    "Programs.mine": Asked(_A.SEE_OWN, "self", lambda s, a: s.workspace.programs.mine(a)),
    "Programs.see": Asked(
        _A.SEE_PROGRAM, "program", lambda s, a: s.workspace.programs.see(a, s.program)
    ),
    "Demonstration.load": Asked(
        _A.CREATE_PROGRAM, "self", lambda s, a: s.workspace.demonstration.load(a)
    ),
}


def _methods() -> Iterator[str]:
    for module in pkgutil.walk_packages(coach.__path__, "coach."):
        # Vendors load slowly, and ``__main__`` runs the command; neither holds a capability.
        if not module.name.startswith("coach.adapters") and module.name != "coach.cli.__main__":
            import_module(module.name)
    waiting = Capability.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("coach."):
            for name, value in vars(kind).items():
                if inspect.isfunction(value) and not name.startswith("_"):
                    yield f"{kind.__name__}.{name}"


def test_every_public_method_of_every_capability_is_walked() -> None:
    assert set(CALLS) == set(_methods())


def test_every_action_is_in_the_table_and_is_asked_for_by_a_method() -> None:
    assert set(ALLOWED) == set(Action)
    assert set(Action) - {Action.SIGN_IN} == {asked.action for asked in CALLS.values()}


def test_a_lead_can_do_nothing_with_what_a_pair_writes() -> None:
    of_a_pair = {asked.action for asked in CALLS.values() if asked.on == "pair"}

    for action in of_a_pair - {Action.SEE_FORMER_PAIR}:
        two = {Standing.MENTOR, Standing.MENTEE}
        assert two == ALLOWED[action] - {Standing.FORMER_PARTNER}
    assert {Standing.FORMER_PARTNER} == ALLOWED[Action.SEE_FORMER_PAIR]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A home with everybody in it, which each call gets a copy of."""
    home = tmp_path_factory.mktemp("walk") / "home"
    records = open_records(CoachSettings(home=home))
    world = make_world(records)
    records.close()
    return home, world


@pytest.fixture(scope="module")
def plan(composer: Composer) -> Agenda:
    return composer.agenda(Brief(topic="team chat"))


@pytest.mark.parametrize("name", sorted(CALLS))
def test_each_method_does_what_the_table_says_for_everybody(
    name: str,
    made: tuple[Path, World],
    plan: Agenda,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, (home, world) = CALLS[name], made
    seen: list[Action] = []

    def spy(action: Action, standings: frozenset[Standing]) -> bool:
        seen.append(action)
        return policy.allows(action, standings)

    monkeypatch.setattr(acting, "allows", spy)
    for place, row in enumerate(_ROWS):
        copied = tmp_path / str(place)
        shutil.copytree(home, copied)
        settings = CoachSettings(home=copied)
        records = open_records(settings)
        try:
            scene = _scene(settings, records, world, row, plan)
            actor = _actor(world, row)
            seen.clear()
            allowed = _goes_through(asked.call, scene, actor)

            unknown = asked.on == "personal program" or (row[0] == "nobody" and asked.on == "self")
            # Some methods take two steps, each of which asks; what is not there asks for nothing.
            assert set(seen) == (set() if unknown else {asked.action}), row
            assert _expected(asked, row) == allowed, (name, row)
            if not allowed:
                _trail_has_a_refusal(records, actor, asked.action)
        finally:
            records.close()


def _goes_through(call: Call, scene: Scene, actor: Actor) -> bool:
    try:
        call(scene, actor)
    except ForbiddenError:
        return False
    except CoachError:
        return True  # it passed the policy, and made no sense for another reason
    return True


def _expected(asked: Asked, row: tuple[str, str]) -> bool:
    to_pair, to_program = STANDINGS[row]
    if asked.on == "self":
        if row[0] == "nobody":
            return False
        mine = {Standing.SELF} | ({Standing.LEAD} if row in _LEADING else set())
        return bool(ALLOWED[asked.action] & mine)
    if asked.on == "personal program":
        return False  # there is none on a server
    # A lead stands to a pair as to its program; the two stand to it as the table says of pairs.
    return bool(ALLOWED[asked.action] & (to_program if asked.on == "program" else to_pair))


def _scene(
    settings: CoachSettings, records: Records, world: World, row: tuple[str, str], plan: Agenda
) -> Scene:
    two = {"former member": world.ended, "former pair": world.over}.get(row[1], world.own)
    with records.writing() as work:
        session = work.add(
            Session(
                program_id=two.pair.program_id,
                pair_id=two.pair.id,
                number=1,
                starts=NOW - timedelta(days=1),
                minutes=60,
            )
        )
        promise = work.add(
            Commitment(
                program_id=two.pair.program_id,
                pair_id=two.pair.id,
                who_id=two.mentor.person_id,
                what="send two examples",
                made=NOW,
            )
        )
    workspace = Workspace(
        settings,
        records=records,
        embedder=HashEmbedder(),
        compose=lambda _: plan,
        reading=plain_reading(),
        now=lambda: NOW,
    )
    return Scene(workspace, world, two, session, promise, plan)


def _actor(world: World, row: tuple[str, str]) -> Actor:
    return {
        ("mentor", "own pair"): world.own.mentor,
        ("mentee", "own pair"): world.own.mentee,
        ("lead", "own program"): world.lead,
        ("mentor", "other pair"): world.other.mentor,
        ("mentee", "other pair"): world.other.mentee,
        ("mentor", "other program"): world.elsewhere.mentor,
        ("mentee", "other program"): world.elsewhere.mentee,
        ("lead", "other program"): world.lead_elsewhere,
        ("mentor", "former pair"): world.over.mentor,
        ("mentee", "former pair"): world.over.mentee,
        ("lead", "former pair"): world.lead,
        ("mentor", "former member"): world.ended.mentor,
        ("mentee", "former member"): world.ended.mentee,
        ("lead", "former member"): world.former_lead,
        ("nobody", "unknown"): Actor(person_id=new_id()),
    }[row]


def _trail_has_a_refusal(records: Records, actor: Actor, action: Action) -> None:
    with records.reading() as work:
        lines = work.find(AuditLine, actor_id=actor.person_id, allowed=False)
    assert [action.value] == [line.action for line in lines]
