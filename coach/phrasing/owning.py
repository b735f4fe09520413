"""What somebody did, owned in one sentence and said to the one whom it hit."""

from __future__ import annotations

import re

#: Characters before an act in which its day may stand: "On Monday I …".
_JUST_BEFORE = 15
_MOST_WORDS = 16
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ROLES = "mentor|mentee|director|boss|manager|colleague"
_PERSON = (
    rf"my (?:\w+ )?(?:{_ROLES}|partner|senior|junior|lead|head)|him|her|them|"
    rf"the (?:{_ROLES})"
)
_PAST = frozenset(
    [
        "told",
        "said",
        "called",
        "asked",
        "interrupted",
        "corrected",
        "criticised",
        "criticized",
        "snapped",
        "shouted",
        "laughed",
        "rolled",
        "ignored",
        "mocked",
        "teased",
        "dismissed",
        "joked",
        "made",
        "complained",
        "blamed",
        "accused",
        "embarrassed",
        "contradicted",
        "compared",
        "raised",
        "cut",
        "talked",
        "spoke",
        "wrote",
        "sent",
        "pointed",
        "forgot",
        "missed",
        "cancelled",
        "left",
        "answered",
        "replied",
        "yelled",
        "lectured",
        "quizzed",
        "pushed",
        "showed",
        "mentioned",
        "gave",
    ]
)
_OWN = re.compile(
    r"\bI (?:\w+ly |just |then |also |sort of |kind of )?(?P<verb>[a-z]+)\b(?P<rest>[^.!?;\n]*)",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r",? (?:and|but|so|because|when|while|which|after which|although|though) "
    r"(?:he|she|they|i|it|my|the|now|since|that|then|we|everyone|got|felt|went)\b.*|, .*| [–—-] .*",
    re.IGNORECASE,
)
_REACTION = re.compile(
    rf"\b(?:he|she|they|my (?:{_ROLES}))(?: has| have|'s)? (?:just |then |only |all |been )*"
    r"(?:went|gone|got|looked|turned|left|walked|hung|stopped|seemed|became|did not|didn't|hasn't|"
    r"(?:was|were|is|are) (?:very |so |really |quite )?(?:quiet|upset|hurt|angry|cool|cold|silent|"
    r"offended|furious|embarrassed|red|short)|cancelled|said nothing|closed|avoided|avoids|"
    r"answered|laughed|frowned|been|cool|cold|quiet)\b[^.!?,;\n]*",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(?:(?:on |last |this )*(?:{_DAYS})|yesterday|last week|this morning)\b", re.IGNORECASE
)
#: After "her" these show that it is no possessive: "told her that", not "her slides".
_NO_POSSESSIVE = (
    r"(?:in|at|on|that|over|for|about|off|down|up|too|to|when|how|of|during|before|with|and|not|"
    r"he|she|i|the|a|an|his|twice|again|lazy|old|slow|rude|stupid|wrong)\b"
)


def opener_of(text: str) -> str:
    """The act with "I" and "you", and a question; empty where it cannot be built safely."""
    plain = text.replace("’", "'")
    for found in _OWN.finditer(plain):
        verb, rest = found["verb"].lower(), _STOPS.sub("", found["rest"]).strip(" ,")
        if verb not in _PAST or '"' in rest or not 0 < len(rest.split()) <= _MOST_WORDS:
            continue
        before = plain[max(0, found.start() - _JUST_BEFORE) : found.start()]
        day = _DAY.search(rest) or _DAY.search(before)
        said = _to_you(" ".join(_DAY.sub("", rest).split()), told=verb == "told")
        if said:
            when = _when(day[0]) if day else "Last time"
            return (
                f"{when} I {verb} {said}. That was mine to get right, and I am sorry for how it "
                "landed. How was it from your side?"
            )
    return ""


def reaction_in(text: str) -> str:
    """What the other did after it, as it was written; empty where nothing is told."""
    found = _REACTION.search(text)
    return found[0].strip() if found else ""


def day_in(text: str) -> str:
    """The day as it stands in a sentence, such as "on Monday"; empty where none is named."""
    found = _DAY.search(text)
    if not found:
        return ""
    day = re.sub(_DAYS, lambda name: name[0].title(), found[0].lower())
    return day if day.startswith(("on ", "last", "this", "yesterday")) else f"on {day}"


def _when(day: str) -> str:
    named = day_in(day)
    return named[:1].upper() + named[1:]


def _to_you(rest: str, *, told: bool) -> str:
    """``rest`` said to the other: "his slides" is "your slides"; empty where it is not clear."""
    turns = (
        *(
            [(rf"^({_PERSON}) (?=(?:his|her|their|he|she|they|the|it)\b)", r"\1 that ")]
            if told
            else []
        ),
        (rf"\b(?:{_PERSON})'s\b", "your"),
        (rf"\bher (?!{_NO_POSSESSIVE})(?=[a-z])", "your "),
        (r"\b(?:his|their)\b", "your"),
        (rf"\b(?:{_PERSON})\b", "you"),
        (r"\b(?:he|she|they) (?:was|were)\b", "you were"),
        (r"\b(?:he|she|they) (?=had|did|could|should|would|must|might|didn't|never)", "you "),
    )
    said = rest
    for pattern, with_you in turns:
        said = re.sub(pattern, with_you, said, flags=re.IGNORECASE)
    others = r"\b(?:he|she|they|himself|herself|themselves|we|us)\b"
    mine = set(re.findall(r"\bmy (\w+)", said))
    unclear = re.search(others, said, re.IGNORECASE) is not None or len(mine) > 1
    return "" if unclear or not re.search(r"\byour?\b", said, re.IGNORECASE) else said
