"""Briefs that people, programs and attackers might send, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from coach.domain.brief import MAX_MINUTES, MAX_SESSIONS, MIN_MINUTES, Brief, Setting

HOSTILE = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "[click me](javascript:alert(1))",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example> and www.evil.example and me@evil.example",
    "# Heading\n\n- list\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "`code` ```fence``` $maths$ ~~gone~~ :red[text] :material/home:",
    "[ref]\n\n[ref]: https://evil.example",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "AI\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "{{ 7 * 7 }} %s {0} \\n \\",
    "استخدام آمن للذكاء الاصطناعي",
    "שימוש בטוח בבינה מלאכותית",
    "safe \u202euse of\u202c AI \u2066hidden\u2069",
    "生成式人工智能",
    "🤖 AI 👩‍👩‍👧‍👦",
    "A" * 300,
    "Z̸a̶l̷g̸o̵ text",
)
MEMBERS = (
    "generative AI",
    "team chat",
    "alt text",
    "LinkedIn for leaders",
    "the history of beekeeping in Silesia",
)


def lines(longest: int) -> st.SearchStrategy[str]:
    """Any text; short enough that composing its letters cannot break the limit."""
    return st.text(max_size=longest // 3) | st.sampled_from(HOSTILE).map(lambda s: s[:longest])


def topics() -> st.SearchStrategy[str]:
    """Any text with at least one letter in it."""
    free = st.tuples(st.text(max_size=40), st.characters(categories=["L"]), st.text(max_size=40))
    return free.map("".join) | st.sampled_from(HOSTILE) | st.sampled_from(MEMBERS)


@st.composite
def briefs(draw: st.DrawFn, /, **fixed: Any) -> Brief:
    """Any brief that can be prepared; ``fixed`` holds fields to these values."""
    planned = draw(st.integers(1, MAX_SESSIONS))
    values = {
        "topic": draw(topics()),
        "minutes": draw(st.integers(MIN_MINUTES, MAX_MINUTES)),
        "session": draw(st.integers(1, planned)),
        "planned_sessions": planned,
        "mentor_role": draw(lines(80)),
        "mentee_role": draw(lines(80) | st.sampled_from(["CFO", "a Ward Manager", "The"])),
        "setting": draw(st.sampled_from(Setting)),
        "carried_over": draw(st.lists(lines(600), max_size=6)),
        "worry": draw(lines(600)),
    }
    return Brief.model_validate({**values, **fixed})
