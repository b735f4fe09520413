"""A summary beside the words that it stands on: a line lights them up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import streamlit as st

from coach.domain.kept_reflection import KeptItem, KeptSentence, KeptSummary
from coach.domain.reflection import ItemKind

_TITLES = {
    ItemKind.WIN: "What went well",
    ItemKind.CHALLENGE: "What was hard",
    ItemKind.LEARNING: "What {} learned",
    ItemKind.SURPRISE: "What surprised {}",
    ItemKind.FEELING: "How it felt",
    ItemKind.NEXT_STEP: "What could come next",
    ItemKind.COMMITMENT: "What was promised",
    ItemKind.QUESTION: "Questions to bring next time",
}

_HTML = (
    '<div class="width"><div class="both"><section class="summary" aria-label="Summary"></section>'
    '<section class="source" aria-label="Your words" tabindex="0"></section></div></div>'
)
# Typed words become text nodes and are never read as markup. A line that was clicked stays lit
# until another one is; on a narrow page its words stand under it, since the text is further down.
_JS = """
export default function ({ data, parentElement }) {
  const summary = parentElement.querySelector(".summary");
  const source = parentElement.querySelector(".source");
  const make = (tag, text, home, name) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    home.append(made);
    return made;
  };
  let chosen = null;
  const lines = new Map();
  const pieces = new Map();
  const light = (number) => {
    for (const [place, line] of lines) line.classList.toggle("lit", place === number);
    for (const all of pieces.values()) all.forEach((one) => one.classList.remove("lit"));
    const lit = pieces.get(number) ?? [];
    lit.forEach((one) => one.classList.add("lit"));
    if (lit.length) {
      const top = lit[0].offsetTop - 24;
      if (top < source.scrollTop || top > source.scrollTop + source.clientHeight - 48) {
        source.scrollTop = top;
      }
    }
  };
  const add = (one, home, tag) => {
    const line = make(tag, "", home, "line");
    const words = make("span", one.text, line);
    if (one.mark) make("small", ` ${one.mark}`, line, "mark");
    const quote = make("small", one.quote, line, "quote");
    quote.id = `words${one.number}`;
    line.tabIndex = 0;
    line.setAttribute("role", tag === "li" ? "listitem" : "group");
    line.setAttribute("aria-describedby", quote.id);
    line.onmouseenter = () => light(one.number);
    line.onmouseleave = () => light(chosen);
    line.onfocus = () => { chosen = one.number; light(chosen); };
    line.onclick = () => { chosen = one.number; light(chosen); };
    line.onkeydown = (event) => {
      if (event.key === "Escape") { chosen = null; light(null); }
    };
    lines.set(one.number, line);
    return words;
  };
  summary.replaceChildren();
  source.replaceChildren();
  if (data.paragraph.length) {
    const paragraph = make("p", "", summary);
    for (const one of data.paragraph) { add(one, paragraph, "span"); paragraph.append(" "); }
  }
  for (const group of data.groups) {
    make("h3", group.title, summary);
    const list = make("ul", "", summary);
    for (const one of group.lines) add(one, list, "li");
  }
  for (const text of data.texts) {
    if (text.title) make("h3", text.title, source);
    const body = make("p", "", source);
    for (const piece of text.pieces) {
      if (!piece.lines.length) { body.append(piece.text); continue; }
      const mark = make("mark", piece.text, body);
      for (const number of piece.lines) {
        pieces.set(number, [...(pieces.get(number) ?? []), mark]);
      }
    }
  }
}
"""
_CSS = """
.width { container-type: inline-size; color: var(--st-text-color); line-height: 1.6 }
.summary, .source { box-sizing: border-box; overflow-wrap: anywhere }
.source { max-height: 22rem; overflow: auto; margin-top: 1rem; padding: .75rem 1rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  position: relative }
.source p { white-space: pre-wrap; margin: 0 0 .75rem }
.summary p { margin-top: 0 }
h3 { margin: .9rem 0 .2rem; font-size: 1rem; font-family: var(--st-heading-font) }
.source h3 { margin-top: 0; font-size: .875rem; opacity: .75 }
ul { margin: 0; padding-left: 1.2rem }
.line { cursor: pointer; border-radius: 3px }
li.line { margin-bottom: .2rem }
.line.lit, mark.lit { background: color-mix(in srgb, var(--st-primary-color) 22%, transparent) }
.line:focus-visible, .source:focus-visible {
  outline: 2px solid var(--st-primary-color); outline-offset: 2px }
mark { color: inherit; background: none; border-radius: 3px;
  text-decoration: underline dotted 1px; text-underline-offset: 4px }
mark.lit { text-decoration: underline solid 2px var(--st-primary-color) }
.mark, .quote { opacity: .8 }
.quote { display: none }
@container (max-width: 600px) { .line.lit .quote { display: block } }
@container (min-width: 601px) {
  .both { display: grid; grid-template-columns: 11fr 9fr; gap: 1.5rem; align-items: start }
  .source { position: sticky; top: 4rem; margin-top: .3rem }
}
"""


def show_evidence(summary: KeptSummary, named: Sequence[str]) -> None:
    """The paragraph, the items by kind, and one's own words; Tab moves from line to line.

    ``named`` says where each text stood.
    """
    numbers = {line.id: number for number, line in enumerate(summary.lines)}
    groups = [
        {"title": title_of(kind), "lines": [_line(summary, one, numbers, named) for one in found]}
        for kind in _TITLES
        if (found := [one for one in summary.items if one.kind is kind])
    ]
    show = st.components.v2.component("coach_evidence", html=_HTML, css=_CSS, js=_JS)
    show(
        data={
            "paragraph": [_line(summary, one, numbers, named) for one in summary.sentences],
            "groups": groups,
            "texts": [
                {"title": title, "pieces": _pieces(summary, place, numbers)}
                for place, title in enumerate(named)
            ],
        },
        key="evidence",
    )


def title_of(kind: ItemKind, who: str = "you") -> str:
    """The heading of items of this kind; ``who`` told them."""
    return _TITLES[kind].format(who)


def mark_of(line: Any) -> str:
    """What a reader should know of a line's words."""
    marks = [
        said
        for said, so in (
            ("edited", getattr(line, "edited", False)),
            ("in a model’s words, verified", line.by_model),
        )
        if so
    ]
    return f"({'; '.join(marks)})" if marks else ""


def _line(
    summary: KeptSummary,
    line: KeptSentence | KeptItem,
    numbers: dict[str, int],
    named: Sequence[str],
) -> dict[str, Any]:
    where = " · ".join(dict.fromkeys(named[one.text_index] for one in line.evidence))
    words = " … ".join(summary.evidence_of(line))
    # Said of verbatim lines too, for those who hear the page; their words need no repeating.
    return {
        "text": line.text,
        "quote": f"Your words: “{words}” {where}" if words != line.text else f"Your words. {where}",
        "mark": mark_of(line),
        "number": numbers[line.id],
    }


def _pieces(summary: KeptSummary, place: int, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """One text, cut here: a browser counts its characters in another way."""
    spans = [
        (one.start, one.end, numbers[line.id])
        for line in summary.lines
        for one in line.evidence
        if one.text_index == place
    ]
    text = summary.texts[place]
    cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    return [
        {
            "text": text[start:end],
            "lines": sorted({number for a, b, number in spans if a <= start and end <= b}),
        }
        for start, end in pairwise(cuts)
    ]
