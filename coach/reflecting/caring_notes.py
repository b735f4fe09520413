"""What somebody may do whose words show a sign that needs people: a short private note."""

from __future__ import annotations

from coach.domain.reflection import CareSignal

_PRIVATE = "Only you see this note. It may also have read you wrongly; then let it pass."
_NEAR = (
    "If anybody may be in danger now, call your local emergency number first. No summary matters "
    "more than that."
)
_DO = {
    CareSignal.HARASSMENT: (
        "What you wrote may need more than a reflection. Nobody has to put up with being "
        "humiliated, followed or touched against their will. It can help to write down the date, "
        "the place and the exact words, and to keep every message. If you feel unsafe, leave "
        "first, and call your local emergency number where harm is near."
    ),
    CareSignal.DISCRIMINATION: (
        "What you wrote may be about somebody being treated worse for who they are. It can help "
        "to note what was decided or said, when, by whom, and who else was there, before it "
        "fades. You need not argue it out alone or prove anything first."
    ),
    CareSignal.RETALIATION: (
        "What you wrote may be about somebody paying for having spoken up. Many programs and laws "
        "forbid that. It can help to note what was said, to whom, and what changed afterwards, "
        "with dates, and to keep letters and reviews somewhere safe."
    ),
    CareSignal.RISK_OF_HARM: (
        f"{_NEAR} You need not carry this alone, whether it is about you or about somebody else: "
        "a crisis line, a doctor or a person you trust will listen today. If somebody asked you "
        "to keep it a secret, safety comes before that promise."
    ),
}
_ASK = "You can speak in confidence to your program's contacts{names}. Whether you do is up to you."


def care_note(signal: CareSignal, contacts: str = "") -> str:
    """What its reader may do about ``signal``; ``contacts`` are the lead's own words, kept whole.

    It says what the words may be about, never that somebody is or did something.
    """
    said = " ".join(contacts.split())
    names = f": {said.rstrip('.')}" if said else ""
    return f"{_DO[signal]}\n\n{_ASK.format(names=names)}\n\n{_PRIVATE}"
