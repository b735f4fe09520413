"""A stand-in for what makes statements: names are those of the program, everything is English."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from fakes import WordScreen

from coach.domain.identifiers import Identifier, IdentifierKind
from coach.themes.contributing import Preparing
from coach.themes.stripping import Stripper


class NamesOnly:
    """Finds the participants' names, word by word."""

    def find(self, text: str, *, participants: Collection[str] = ()) -> tuple[Identifier, ...]:
        """See ``IdentifierFinder.find``."""
        parts = {part for name in participants for part in name.split()}
        return tuple(sorted(_places(text, parts), key=lambda one: one.start))

    def find_many(
        self, texts: Sequence[str], *, participants: Collection[str] = ()
    ) -> tuple[tuple[Identifier, ...], ...]:
        """See ``BatchIdentifierFinder.find_many``."""
        return tuple(self.find(text, participants=participants) for text in texts)


class EnglishOnly:
    """Takes everything for English, but for what says "français"."""

    def language(self, text: str) -> str | None:
        """See ``LanguageFinder.language``."""
        return "fr" if "français" in text else "en"

    def english(self, text: str) -> float:
        """See ``LanguageFinder.english``."""
        return 0.0 if "français" in text else 1.0


def plain_preparing() -> Preparing:
    """Strips names, figures and capitals; a text with "ignore" is an order."""
    stripper = Stripper(NamesOnly(), lambda word: word != "xylotheque")
    return Preparing(lambda: stripper, EnglishOnly, WordScreen)


def _places(text: str, parts: set[str]) -> Iterator[Identifier]:
    for part in parts:
        start = text.find(part)
        while start >= 0:
            yield Identifier(start=start, end=start + len(part), kind=IdentifierKind.PERSON)
            start = text.find(part, start + len(part))
