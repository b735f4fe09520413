"""What was said to somebody, said back whole: "you interrupt us" as "I interrupt you"."""

from __future__ import annotations

import re

from coach.domain.grammar import Reading, Word
from coach.language.clauses import clauses_of
from coach.phrasing.inflecting import turned
from coach.phrasing.question_kinds import CUES

#: More of them are not said back one by one.
_MOST, _MOST_WORDS = 4, 26
_SUBJECTS = {"nsubj", "nsubjpass"}
_FINITE = {"VBP", "VBZ", "VBD", "MD"}
#: The verb that agrees with "I" for one that agreed with "you", and the other way round.
_WITH_I = {"are": "am", "'re": "'m", "’re": "’m", "were": "was", "re": "'m"}
_WITH_YOU = {"am": "are", "'m": "'re", "’m": "’re", "was": "were", "m": "'re"}
_QUOTES = {'"', "“", "”"}
_MINE, _YOURS = {"you", "ya"}, {"i", "we"}
#: A comma or a dash that alone joins two sentences, and the first words after which it does not.
_SPLICE = re.compile(
    r"(?:[,;]| [–—-]+) "
    r"(?=(?:I(?:['’](?:m|ve|d|ll))?|my [\w' ]{1,40}? (?:is|are|was|were)|"
    r"(?:nobody|everyone|everybody|people|they|she|he|it's|it) \w+)\b)"
    r"(?!.*\b(?:and|or|but) (?:I|my|nobody|they|people)\b)"
)
_FRAMED = re.compile(
    r"(?:if|when|whenever|because|as|since|after|before|while|although|though|unless|once|every|"
    r"in|at|on|during|last|this|yesterday|today)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:so|and|but|or|well|also|look|listen|honestly|frankly|sorry|ok|okay|hey|hi|hello|yes|"
    r"no|actually|basically|because|plus|then|btw|to be honest|to be frank|in all honesty|"
    r"with respect|with all due respect|seriously|please|oh|um|er)\b[,: –—-]*)+",
    re.IGNORECASE,
)


def said_back(reading: Reading) -> tuple[str, ...]:
    """Each thing that was said, with the persons turned, as it can follow "that".

    Empty where one of them cannot be said back safely: in part is worse than not at all.
    """
    found = []
    for sentence in reading.sentences():
        words = _led(reading, sentence)
        if not any(word.is_word for word in words) or _is_small_talk(reading, words):
            continue
        said = _one(reading, words)
        if not said:
            return ()
        found.append(said)
    return tuple(found) if len(found) <= _MOST else ()


def sentences_of(reading: Reading) -> int:
    """How many sentences there are, without small talk."""
    led = [_led(reading, sentence) for sentence in reading.sentences()]
    return sum(len(words) > 1 and not _is_small_talk(reading, words) for words in led)


def count_of(reading: Reading) -> int:
    """How many things are said: the clauses that stand for themselves."""
    joined_on = [
        word
        for word in reading.words
        if word.relation == "conj" and word.part == "VERB" and _is_under(reading, word, "xcomp")
    ]
    found = len(joined_on)
    for clause in clauses_of(reading):
        verb = clause.verb
        inside = verb.relation in {
            "relcl", "acl", "advcl", "xcomp", "pcomp", "csubj", "csubjpass", "amod"
        } or clause.conditional or clause.asked or verb in joined_on  # fmt: skip
        frames = CUES.word_list("framing")
        if inside or (verb.lemma in frames and _leads_on(reading, verb)):
            continue
        head = reading.words[verb.head]
        if verb.relation == "ccomp" and head.lemma not in frames and head.place < verb.place:
            continue
        found += 1
    return found


def _is_under(reading: Reading, joined_on: Word, relation: str) -> bool:
    """Whether the first of those that are joined stands in ``relation``."""
    head = reading.words[joined_on.head]
    for _ in range(4):
        if head.relation != "conj":
            break
        head = reading.words[head.head]
    return head.relation == relation


def _leads_on(reading: Reading, verb: Word) -> bool:
    """Whether it only leads on to what is said: "I think …", "let me say …"."""
    return any(word.relation in {"ccomp", "xcomp"} for word in reading.children(verb))


def _led(reading: Reading, sentence: tuple[Word, ...]) -> tuple[Word, ...]:
    """The sentence without a first "look," or "and"."""
    words = tuple(word for word in sentence if word.text.strip())
    if not words:
        return ()
    text = reading.text[words[0].start : words[-1].start + len(words[-1].text)]
    lead = _LEAD.match(text)
    begins = words[0].start + (lead.end() if lead else 0)
    left = tuple(word for word in words if word.start >= begins)
    while left and not left[0].is_word and left[0].text not in {"'", "’"}:
        left = left[1:]
    return left


def _is_small_talk(reading: Reading, words: tuple[Word, ...]) -> bool:
    text = reading.text[words[0].start : words[-1].start + len(words[-1].text)]
    return CUES.cue("small_talk").fullmatch(text.strip(" .!?…,")) is not None


def _one(reading: Reading, words: tuple[Word, ...]) -> str:
    while words and not words[-1].is_word and words[-1].text not in _QUOTES:
        words = words[:-1]
    if sum(word.is_word for word in words) > _MOST_WORDS or words[-1].lower in {"and", "but"}:
        return ""
    rest = reading.text[words[-1].start + len(words[-1].text) :].lstrip("\"”'’)")
    quotes = sum(word.text in _QUOTES for word in words)
    if rest.startswith("?") or quotes % 2 or any(word.text in {"?", "(", ":"} for word in words):
        return ""
    ordered = _order(reading, words)
    if ordered is not None:
        return ordered
    finite = any(_is_finite(reading, word) for word in words)
    # The verb after a first "you" is finite, whatever it was taken for: "you never let me".
    begun = words[0].lower in _MINE | _YOURS and any(word.part == "VERB" for word in words)
    if not (finite or begun) or _is_unclear(reading, words):
        return ""
    return _unspliced(_small(_joined(reading, words), words[0]))


def _unspliced(said: str) -> str:
    """Say "that nobody dares, I shout" with an "and that" in the place of the bare comma."""
    if _FRAMED.match(said):
        return said
    pieces = _SPLICE.split(said)
    return ", and that ".join([", that ".join(pieces[:-1]), pieces[-1]]) if pieces[1:] else said


def _order(reading: Reading, words: tuple[Word, ...]) -> str | None:
    """Say "stop interrupting" as "you would like me to stop interrupting"; ``None`` for others."""
    places = {word.place for word in words}
    told = [clause for clause in clauses_of(reading) if clause.told and clause.verb.place in places]
    if not told or told[0].verb.relation != "ROOT" or told[0].verb.form not in {"VB", "VBP"}:
        return None
    verb = told[0].verb
    before = [word for word in words if word.place < verb.place]
    if any(word.lower in _MINE | _YOURS for word in before):
        return None
    not_ = any(word.relation == "neg" or word.lower == "never" for word in before)
    known = {"do", "n't", "n’t", "not", "never", "always", "just", "also", "maybe", "perhaps"}
    if any(word.is_word and word.lower not in known for word in before):
        return ""
    rest = tuple(word for word in words if word.place >= verb.place)
    said = _joined(reading, rest)
    if _is_unclear(reading, rest) or (verb.lemma in {"thank", "be"} and not said.startswith("be")):
        return ""
    return f"you would like me {'not ' if not_ else ''}to {said[:1].lower()}{said[1:]}"


def _is_unclear(reading: Reading, words: tuple[Word, ...]) -> bool:
    """Whether turning the persons would make nonsense: "you boomers", "the two of you"."""
    for word in words:
        if word.lower not in _MINE | {"we", "us"}:
            continue
        after = reading.words[word.place + 1] if word.place + 1 < len(reading.words) else None
        if after is not None and (
            after.lower in {"guys", "all", "lot", "two", "both", "know", "people", "folks"}
            or (after.form in {"NNS", "NNPS"} and word.relation not in {"dobj", "dative", "pobj"})
            or word.relation == "det"
        ):
            return True
    return False


def _is_finite(reading: Reading, verb: Word) -> bool:
    if verb.part not in {"VERB", "AUX"}:
        return False
    return verb.form in _FINITE or any(
        word.relation in {"aux", "auxpass"} and word.form in _FINITE
        for word in reading.children(verb)
    )


def _joined(reading: Reading, words: tuple[Word, ...]) -> str:
    text, quoted = "", False
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        apart = before is not None and word.start > before.start + len(before.text)
        quoted = quoted != (word.text in _QUOTES)
        # What is quoted was said by somebody, and stays as it was.
        said = word.text if quoted else _word(reading, word)
        # "Aren't" is two words, and "am" takes no "n't".
        if word.lower in {"n't", "n’t"} and before is not None and text.endswith("am"):
            said, apart = "not", True
        text += (" " if apart else "") + said
    return re.sub(r"\s+", " ", text).strip()


def _word(reading: Reading, word: Word) -> str:
    thanked = word.place and reading.words[word.place - 1].lower == "thank"
    if word.lower in _MINE and not thanked:
        return "I" if _is_subject(reading, word) else "me"
    if word.lower == "i":
        return "you"
    if word.lower in _WITH_I or word.lower in _WITH_YOU:
        return _agreeing(word, _subject_of(reading, word))
    return word.text if thanked else turned(word)


def _agreeing(word: Word, subject: str) -> str:
    forms = _WITH_I if subject in _MINE else _WITH_YOU if subject in _YOURS else {}
    return forms.get(word.lower, word.text)


def _is_subject(reading: Reading, you: Word) -> bool:
    if you.relation not in _SUBJECTS:
        return _starts(reading, you) and _next_is_verb(reading, you)
    verb = reading.words[you.head]
    before = reading.words[you.place - 1] if you.place else None
    governed = before is not None and before.part in {"VERB", "ADP"} and before.lower != "that"
    return not governed or _is_finite(reading, verb)


def _starts(reading: Reading, word: Word) -> bool:
    before = reading.words[word.place - 1] if word.place else None
    return (
        before is None
        or before.sentence != word.sentence
        or not before.is_word
        or before.lower in {"and", "but", "so", "because", "when", "that", "if"}
    )


def _next_is_verb(reading: Reading, word: Word) -> bool:
    after = reading.words[word.place + 1] if word.place + 1 < len(reading.words) else None
    return after is not None and after.part in {"VERB", "AUX", "ADV"}


def _subject_of(reading: Reading, verb: Word) -> str:
    """The subject, in lower case, with which a form of "be" agrees."""
    if verb.place and reading.words[verb.place - 1].lower in _MINE | _YOURS:
        return reading.words[verb.place - 1].lower
    main = reading.words[verb.head] if verb.relation in {"aux", "auxpass"} else verb
    for _ in range(4):
        for word in reading.children(main):
            if word.relation in _SUBJECTS:
                return word.lower
        if main.relation != "conj":
            break
        main = reading.words[main.head]
    return ""


def _small(text: str, first: Word) -> str:
    keeps = first.part == "PROPN" or text.startswith(("I ", "I'", "I’")) or text[:2].isupper()
    return text if keeps else text[:1].lower() + text[1:]
