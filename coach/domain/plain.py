"""Show typed text as text: what a person wrote is never Markdown, HTML or a link."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^])")
#: Line starts that Markdown would take for a list or a rule.
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """``text`` so that Markdown shows it as typed.

    Bare addresses, ``@`` and ``:name:`` are kept from turning into links and
    pictures by an invisible word joiner (U+2060), because renderers look for
    them after they have read the escapes.
    """
    shown = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;"))
    shown = _AT_START.sub(lambda mark: f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}", shown)
    shown = re.sub(r":(?=//|[\w+/-]+:)", ":\u2060", shown)
    shown = re.sub(r"\bwww\.", "www\u2060.", shown, flags=re.IGNORECASE)
    return re.sub(r"@(?=\w)", "@\u2060", shown)
