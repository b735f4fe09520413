"""A program's numbers for its lead, as counts that tell nothing of a single pair.

What protects a pair:

1. **Enough of them.** With fewer than five running pairs nothing is counted. How many fade is told
   from nine on: below that, a band of five would say "hardly any" or "nearly all".
2. **Bands.** Numbers come as fewer than five, 5 to 9, 10 to 14. None and a few are one band, and
   the last one takes in all and all but a few: "nobody" and "everybody" would tell of each.
3. **A number moves only when five pairs have moved it.** What was shown is kept, pair by pair,
   under seal, and stands with its day until at least five pairs have another part in it. So
   whatever a lead does between two looks (adds a pair, ends one, pairs anew, waits for one
   session), the difference is never that of fewer than five pairs. A new pair has no part at first.
4. **No questions.** There is no filter, by anything, and never a list of which pairs.

Held and cancelled count every pair that the program ever had, so that nothing can be subtracted by
ending one; the sessions that its end cancelled are left out.

5. **Only real pairs.** A pair has a part, and counts towards five and nine, once both have come in
   by themselves: they accepted an invitation, or signed in through their organisation. In a
   personal workspace, where nobody signs in, it is once they wrote down a session as held. So
   people whom a lead adds to a list do not fill up a small program.

What this cannot do: a lead who also has mailboxes for invented people can accept their invitations,
knows their parts, and learns more of the others. The trail has a line for each time that a lead
changed people or pairs, or made such a link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from coach.domain.bands import ENOUGH, Band, band, band_among
from coach.domain.identity import Actor
from coach.domain.numbers import Activity, ShownNumbers
from coach.domain.program import Program
from coach.errors import ConflictError
from coach.policy.acting import Capability
from coach.policy.table import Action
from coach.ports import Work
from coach.program.counting import Counted, count_pairs

_NOTHING: Activity = (0, 0, 0)
_NOT_FADING = False
_Part = TypeVar("_Part", Activity, bool)


@dataclass(frozen=True)
class ProgramNumbers:
    """What the lead sees; ``None`` where a number is not shown.

    ``pairs`` run, or ran until the program ended.
    ``counted_on`` is the day of the three numbers of sessions, ``fading_on`` the day of the number
    of pairs at risk of fading; since then fewer than five pairs have changed in it.
    """

    pairs: int
    held: Band | None = None
    cancelled: Band | None = None
    planned: Band | None = None
    counted_on: date | None = None
    fading: Band | None = None
    fading_on: date | None = None


class Numbers(Capability):
    """Counts for the lead."""

    def see(self, actor: Actor, program_id: str) -> ProgramNumbers:
        """The program's numbers, as they may be shown."""
        with self._reading(actor, Action.SEE_NUMBERS, Program, program_id) as (work, program):
            shown = _shown(work, program.id)
            known = shown.activity.keys() | shown.fading.keys()
            counted = count_pairs(work, program, self._now(), known)
        fresh = _moved(shown, counted, self._today())
        if fresh != shown:
            try:
                with self._writing(actor, Action.SEE_NUMBERS, Program, program_id) as (work, _):
                    shown = work.save(fresh) if fresh.version else work.add(fresh)
            except ConflictError:
                # Somebody looked at the same moment: both see the same.
                with self._reading(actor, Action.SEE_NUMBERS, Program, program_id) as (work, _):
                    shown = _shown(work, program_id)
        return _told(shown, counted)


def _shown(work: Work, program_id: str) -> ShownNumbers:
    found = work.find(ShownNumbers, program_id=program_id)
    return found[0] if found else ShownNumbers(program_id=program_id, activity={}, fading={})


def _moved(shown: ShownNumbers, counted: Counted, today: date) -> ShownNumbers:
    """What is to be shown now: each number anew only if enough pairs have moved it."""
    if counted.real >= ENOUGH and _changes(shown.activity, counted.activity, _NOTHING) >= ENOUGH:
        shown = shown.but(activity=counted.activity, activity_on=today)
    if band_among(0, len(counted.fading)) and (
        shown.fading_on is None or _changes(shown.fading, counted.fading, _NOT_FADING) >= ENOUGH
    ):
        shown = shown.but(fading=counted.fading, fading_on=today)
    return shown


def _changes(before: dict[str, _Part], now: dict[str, _Part], at_first: _Part) -> int:
    """How many pairs have another part, or none any more."""
    pairs = before.keys() | now.keys()
    return sum(before.get(pair_id, at_first) != now.get(pair_id) for pair_id in pairs)


def _told(shown: ShownNumbers, counted: Counted) -> ProgramNumbers:
    numbers = ProgramNumbers(pairs=counted.pairs)
    if counted.real >= ENOUGH and shown.activity_on is not None:
        held, cancelled, planned = (
            band(sum(part[place] for part in shown.activity.values())) for place in range(3)
        )
        numbers = replace(
            numbers,
            held=held,
            cancelled=cancelled,
            planned=planned,
            counted_on=shown.activity_on,
        )
    if band_among(0, len(counted.fading)) and shown.fading_on is not None:
        # Among the pairs of that day: with others, another band might say more of them.
        fading = band_among(sum(shown.fading.values()), len(shown.fading))
        numbers = replace(numbers, fading=fading, fading_on=shown.fading_on)
    return numbers
