"""Find the topic kit for a subject in free words."""

from __future__ import annotations

from coach.domain.guidance import TopicKit, slugify
from coach.domain.library import GuidanceLibrary
from coach.ports import GuidanceIndex

#: Closeness (-1 to 1) from which the nearest kit is taken to be about the subject. Chosen on the
#: tuning part of evals/cases/topics.yaml, where `make eval` prints both kinds of error.
_CLOSE_ENOUGH = 0.39
#: An alias shorter than this is found only when it is the whole subject: "ai", "teams".
_SHORT_ALIAS = 6


def find_kit(topic: str, library: GuidanceLibrary, index: GuidanceIndex) -> TopicKit | None:
    """The kit whose title, alias or passages the subject meets, or ``None``.

    A literal alias decides; otherwise the index does, if it is close enough.
    """
    kits = {kit.key: kit for kit in library.kits if not kit.general}
    subject = slugify(topic)
    named = [
        (len(alias), kit.key)
        for kit in kits.values()
        for alias in map(slugify, (kit.title, *kit.aliases))
        # Words in other scripts have no slug, and must not pass for each other.
        if (alias and alias == subject)
        or (len(alias) >= _SHORT_ALIAS and f"-{alias}-" in f"-{subject}-")
    ]
    if named:
        longest = max(length for length, _ in named)
        return kits[min(key for length, key in named if length == longest)]
    near = index.closeness(topic, sorted(kits))
    best = max(near, key=lambda key: (near[key], key), default=None)
    return kits[best] if best is not None and near[best] >= _CLOSE_ENOUGH else None


def general_kit(library: GuidanceLibrary) -> TopicKit | None:
    """The kit that fits any subject, if the library has one."""
    return next((kit for kit in library.kits if kit.general), None)
