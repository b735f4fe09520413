"""Is this word of a sentence a person's name? What speaks for it and what against, weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from coach.adapters.identifiers.analysis import Analysis, dictionary
from coach.adapters.identifiers.everyday import is_everyday
from coach.adapters.identifiers.inflection import is_finite_verb, is_inflected
from coach.adapters.identifiers.likeness import shipped_likeness
from coach.adapters.identifiers.pieces import shipped_pieces
from coach.adapters.identifiers.scripts import is_unspaced, script
from coach.adapters.identifiers.words import Word, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What stands before a name in many languages; those that are also English words are left out.
TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir madam lady lord reverend pastor rabbi imam frau herr "
    "fräulein mme mlle monsieur madame señor señora señorita sra srta doña dona signor signora "
    "signorina dottor dottoressa pani gospodin gospođa sheikh shaikh haji hajji alhaji mallam mzee "
    "shri smt shrimati ustad ustadh ustaz datuk dato datin tuan puan encik bapak khun"
)
_KIN = word_set(
    "mentee mentor mentors colleague manager boss named called name is boss's husband wife son "
    "daughter brother sister uncle aunt cousin partner friend dear hi hello hey thanks cheers "
    "regards i'm am meet met"
)
_WITH = word_set(
    "with by from to for and or told asked ask tell tells showed shows help helps of thank"
)
_CLAUSE = word_set(
    "that when while if because since until although though before after than let lets let's "
    "makes made make where whether did does do has have had can could will would should is was"
)
#: At the beginning of a sentence these are never names; inside, "He" may be a surname.
_PRONOUNS = word_set("i he she it we they you this that these those there here who what")
_ME = word_set("i me my we us our")
_SAYS = word_set(
    "said says say asked asks thinks thought wants wanted told tells feels felt is was has had "
    "will would can could and or who likes prefers promised showed wrote went came agreed does did "
    "explained sent from keeps never always"
)
_DETERMINERS = word_set("the a an this that these those each every some any no our your its")
_ENTITY_GROUPS = {
    "PERSON": "person", "ORG": "organisation", "ORGANIZATION": "organisation",
    "GPE": "place", "LOC": "place", "LOCATION": "place", "FAC": "place", "NORP": "group",
}  # fmt: skip


class Evidence:
    """What speaks for each word of one analysed text being a name."""

    def __init__(self, text: str, analysis: Analysis, found: Sequence[Word]) -> None:
        self._text = text
        self._words = found
        self._nouns, self._others = dictionary()
        self._likeness = [_word_likeness(word.text) for word in found]
        self._pieces = shipped_pieces().of([word.text for word in found])
        self._tokens = list(_tokens_of(analysis, found))
        scripts = Counter(script(word.text[0]) for word in found)
        self._script = max(scripts, key=lambda name: scripts[name], default="LATIN")

    def is_candidate(self, at: int) -> bool:
        """Whether word number ``at`` may be a name at all.

        Words of scripts without spaces are looked at in ``unspaced``.
        """
        word, token = self._words[at], self._tokens[at]
        if len(word.text) < 2 or is_unspaced(word.text[0]):
            return False
        # "I'd" and "She's" are a pronoun and a verb.
        subject = re.split("['’]", word.text.casefold(), maxsplit=1)[0]
        if subject in _PRONOUNS and (subject == "i" or self._starts(at, token)):
            return False
        return word.is_capitalised or not token.is_stop

    def features(self, at: int) -> tuple[float, ...]:
        """The values of ``FEATURES``, in that order, for word number ``at``."""
        word, token, likeness = self._words[at], self._tokens[at], self._likeness[at]
        group = _ENTITY_GROUPS.get(token.ent_type_, "other") if token.ent_type_ else ""
        before, after = self._neighbour(at, -1), self._neighbour(at, 1)
        said_before = before.text.casefold() if before else ""
        said_after = after.text.casefold() if after else ""
        plain = word.text.casefold()
        ordinary = plain in self._others
        noun = plain in self._nouns
        start = self._starts(at, token)
        stop = token.is_stop
        common = is_everyday(word.text)
        inflected = is_inflected(plain)
        unknown = not (ordinary or noun or stop or inflected)
        case = _case(word)
        left, right = self._near(at, before), self._near(at, after)
        values = {
            "bias": 1.0,
            "likeness": likeness / 4,
            "likeness_unknown": likeness / 4 * unknown,
            "likeness_start": likeness / 4 * start,
            "likeness_person": likeness / 4 * (group == "person"),
            "likeness_before": left,
            "likeness_after": right,
            "person": group == "person",
            "organisation": group == "organisation",
            "place": group == "place",
            "group": group == "group",
            "other_entity": group == "other",
            "sentence_start": start,
            "title_case": case == "title",
            "title_inside": case == "title" and not start,
            "all_capitals": case == "capitals",
            "lower_case": case == "lower",
            "mixed_case": case == "mixed",
            "no_case": case == "none",
            "verb_or_adjective": ordinary,
            "dictionary_noun": noun,
            "inflected": inflected,
            "strange": case == "title" and unknown and not common,
            "stop_word": stop,
            "start_and_ordinary": start and not unknown,
            "after_title": said_before in TITLES,
            "after_kin": said_before in _KIN,
            "after_with": said_before in _WITH,
            "after_clause": said_before in _CLAUSE,
            "after_determiner": said_before in _DETERMINERS,
            "before_possessive": self._text[word.end : word.end + 2].lower() in ("'s", "’s"),
            "before_says": said_after in _SAYS,
            "before_verb": is_finite_verb(said_after),
            "before_and_me": said_after == "and" and self._said(at + 2) in _ME,
            "before_noun": said_after in self._nouns
            and after is not None
            and not after.is_capitalised,
            "name_before": left > 0,
            "name_after": right > 0,
            "everyday": common,
            "short": len(word.text) <= 2 and case != "none",
            "beside_digit": self._beside_digit(word),
            "phrase_of_capitals": self._in_long_phrase(at),
            "lone_script": script(word.text[0]) not in ("LATIN", self._script),
            "pieces": self._pieces[at][0],
            "pieces_before": self._pieces[at][1],
            "pieces_after": self._pieces[at][2],
        }
        return tuple(map(float, values.values()))

    def _neighbour(self, at: int, step: int) -> Word | None:
        other = at + step
        if not 0 <= other < len(self._words):
            return None
        first, second = sorted((at, other))
        between = self._text[self._words[first].end : self._words[second].start]
        return self._words[other] if between.strip(" .'’s-") == "" and "\n" not in between else None

    def _said(self, at: int) -> str:
        return self._words[at].text.casefold() if at < len(self._words) else ""

    def _near(self, at: int, other: Word | None) -> float:
        if other is None or not other.is_capitalised:
            return 0.0
        index = at - 1 if other.start < self._words[at].start else at + 1
        if is_everyday(other.text) or self._tokens[index].is_stop:
            return 0.0
        return self._likeness[index] / 4

    def _starts(self, at: int, token: Token) -> bool:
        if bool(token.is_sent_start) or at == 0:
            return True
        gap = self._text[self._words[at - 1].end : self._words[at].start]
        return any(mark in gap for mark in '.!?:;\n"“„«•>([*#/|…')

    def _beside_digit(self, word: Word) -> bool:
        near = self._text[max(0, word.start - 1) : word.start] + self._text[word.end : word.end + 1]
        # Two spellings of one name may stand side by side: Vũ/Võ.
        marks = "_#@&" if word.is_capitalised else "_#@&/"
        return any(mark.isdigit() or mark in marks for mark in near)

    def _in_long_phrase(self, at: int) -> bool:
        # Titles and headings capitalise every word; four in a row are rarely one name.
        row = 1
        for step in (-1, 1):
            index = at
            while row < 4 and (other := self._neighbour(index, step)) and other.is_capitalised:
                row, index = row + 1, index + step
        return row >= 4


@lru_cache(maxsize=20_000)
def _word_likeness(word: str) -> float:
    # A name of several parts is as likely as its likeliest part.
    model = shipped_likeness()
    parts = [part for part in word.replace("‐", "-").split("-") if part]
    return max((model.logit(part) for part in (word, *parts)), default=-8.0)


def _tokens_of(analysis: Analysis, found: Sequence[Word]) -> Iterator[Token]:
    """The token that each word begins in; both are in order."""
    doc, position = analysis.doc, 0
    for word in found:
        while position + 1 < len(doc) and doc[position + 1].idx <= word.start:
            position += 1
        yield doc[position]


def _case(word: Word) -> str:
    if not word.has_case:
        return "none"
    text = word.text
    if not word.is_capitalised:
        return "lower" if text == text.lower() else "mixed"
    if len(text) > 1 and text == text.upper():
        return "capitals"
    tails = [part[1:] for part in text.replace("’", "-").replace("'", "-").split("-") if part]
    if all(tail == tail.lower() for tail in tails) or text[:2] in ("Mc", "Ma", "De", "Di"):
        return "title"
    return "mixed"
