"""Find the topic kit for a subject in free words."""

from __future__ import annotations

from coach.domain.guidance import TopicKit, slugify
from coach.domain.library import GuidanceLibrary
from coach.ports import GuidanceIndex

#: Probability from which the nearest kit is taken to be about the subject. Chosen on the
#: tuning part of evals/cases/topics.yaml, where `make eval` prints both kinds of error.
_CLOSE_ENOUGH = 0.5
#: An alias shorter than this is found only when it is the whole subject: "ai", "teams".
_SHORT_ALIAS = 6


def find_kit(topic: str, library: GuidanceLibrary, index: GuidanceIndex) -> TopicKit | None:
    """The kit whose title, alias or passages the subject meets, or ``None``.

    A literal alias decides; otherwise the index does, if it is close enough.
    """
    kits = {kit.key: kit for kit in library.kits if not kit.general}
    named = [
        (len(alias), kit.key)
        for kit in kits.values()
        for alias in map(slugify, (kit.title, *kit.aliases))
        if alias == slugify(topic)
        or (len(alias) >= _SHORT_ALIAS and f"-{alias}-" in f"-{slugify(topic)}-")
    ]
    if named:
        longest = max(length for length, _ in named)
        return kits[min(key for length, key in named if length == longest)]
    found = index.search(topic, k=1, among=sorted(kits))
    if found.hits and found.confidence >= _CLOSE_ENOUGH:
        return kits[found.hits[0].passage.doc_id]
    return None


def general_kit(library: GuidanceLibrary) -> TopicKit | None:
    """The kit that fits any subject, if the library has one."""
    return next((kit for kit in library.kits if kit.general), None)
