"""Find the topic kit for a subject in free words."""

from __future__ import annotations

from coach.domain.brief import Brief
from coach.domain.guidance import TopicKit, slugify
from coach.domain.library import GuidanceLibrary
from coach.errors import BriefError
from coach.ports import GuidanceIndex

#: Closeness (-1 to 1) from which the nearest kit is taken to be about the subject. Chosen on the
#: tuning part of evals/cases/topics.yaml, where `make eval` prints both kinds of error.
_CLOSE_ENOUGH = 0.42
#: An alias shorter than this is found only when it is the whole subject: "ai", "teams".
_SHORT_ALIAS = 6


#: What a brief says in ``kit`` to have a general plan.
NO_KIT = "none"


def find_kit(brief: Brief, library: GuidanceLibrary, index: GuidanceIndex) -> TopicKit | None:
    """The kit that the brief names, or that its topic meets; ``None`` if there is none.

    A title or an alias in the topic decides; otherwise the index does, if it is
    close enough. Raises ``BriefError`` for a kit that the library does not have.
    """
    kits = {kit.key: kit for kit in library.kits if not kit.general}
    if brief.kit:
        if brief.kit not in (NO_KIT, *kits):
            raise BriefError(
                f"The library has no topic kit {brief.kit!r}. It has: {', '.join(sorted(kits))}; "
                f"or say {NO_KIT!r} for a general plan."
            )
        return kits.get(brief.kit)
    topic = brief.topic
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
