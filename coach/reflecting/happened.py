"""Which sentences only tell what was done or how it is: no promise, whatever they sound like."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading

#: What gives a promise away, though its verb is in the past: "she gave me her word".
_GIVEN = re.compile(
    r"\b(?:will|shall|wo|promis\w+|agree[ds]?|agreement|offer\w*|undert\w+|volunteer\w*|owes?"
    r"|going to|gonna|must|ha(?:s|ve) to|needs? to|words?|hands?|sw(?:ear|ore)|shook|bargain|deal"
    r"|said|told|confirmed|sworn|count on|accept\w*|consent\w*"
    r"|taken? (?:it )?(?:up)?on|committed|decided|pledged|vowed"
    r"|planned|arranged|settled|fixed|booked|homework|to-?do|task|job|down to|on the hook)\b"
    r"|['’](?:ll|d)\b|(?:\b(?:is|are|am)|['’](?:s|m|re)) to\b|:",
    re.IGNORECASE,
)
#: Days that are still to come.
_TO_COME = re.compile(
    r"\b(?:by|until|till|before|next|tomorrow|tonight|tmrw|in an?|on (?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day)\b|\d",
    re.IGNORECASE,
)
_HAVING, _BEING = {"have", "'ve", "has", "’ve"}, {"be"}


def only_happened(sentence: Reading) -> bool:
    """Whether ``sentence`` tells what was done, or how somebody is, with nothing to come."""
    if _GIVEN.search(sentence.text) or _TO_COME.search(sentence.text):
        return False
    for verb in sentence.words:
        if verb.relation != "ROOT" or verb.part not in {"VERB", "AUX"}:
            continue
        below = [word for word in sentence.words if word.head == verb.place and word is not verb]
        perfect = verb.form == "VBN" and any(word.lemma in _HAVING for word in below)
        state = verb.lemma in _BEING and any(word.relation == "acomp" for word in below)
        return verb.form == "VBD" or perfect or state
    return False
