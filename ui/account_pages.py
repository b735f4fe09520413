"""The pages of the sign-in: plain HTML in the coach's look, without scripts."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape

from coach.entrance.password_rules import LONGEST, SHORTEST
from coach.entrance.signing_in import Missed

_STYLE = """
:root { color-scheme: light dark; --paper: #fbf9f4; --card: #f2eee4; --ink: #0b1211;
  --accent: #0b5c66; --on-accent: #fff; --line: #d9d2c3; --warn: #8a2f1d; }
@media (prefers-color-scheme: dark) { :root { --paper: #14191a; --card: #1f2728; --ink: #e9e6df;
  --accent: #7fd3d4; --on-accent: #0b1211; --line: #3a4546; --warn: #f0a48f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 3rem 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 26rem; margin: 0 auto; }
.name, h1 { font-family: Georgia, 'Source Serif 4', serif; }
.name { color: var(--accent); font-weight: 600; margin: 0 0 2rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
.hint { margin: 0 0 .25rem; font-size: .9rem; }
input { width: 100%; padding: .6rem .75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; }
button { margin-top: 1.5rem; padding: .6rem 1.25rem; font: inherit; font-weight: 600;
  color: var(--on-accent); background: var(--accent); border: 0; border-radius: .5rem;
  cursor: pointer; }
button.quiet { color: inherit; background: none; border: 1px solid var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.warning { border-left: 4px solid var(--warn); padding: .25rem .75rem; color: var(--warn); }
"""
_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
#: What such a page may load and where it may send: nothing from afar, and only to this server.
CONTENT_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def sign_in_page(token: str, *, email: str = "", warning: str = "", to: str = "/") -> str:
    """The form for e-mail address and password; ``to`` is where it leads."""
    return _page(
        "Sign in",
        f"""{_warning(warning)}
<form method="post" action="/account/sign-in">
{_hidden("token", token)}{_hidden("next", to)}
<label for="email">E-mail address</label>
<input id="email" name="email" inputmode="email" autocomplete="username" autocapitalize="none"
 spellcheck="false" required maxlength="254" value="{escape(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
 maxlength="{LONGEST}">
<button type="submit">Sign in</button>
</form>
<p>You were invited and have no password yet? Open the link that you were sent.</p>""",
    )


def missed_page(missed: Missed, *, to: str) -> str:
    """For somebody whose account was locked: how often it was tried; ``to`` is where they go on."""
    since = f" since {missed.since:%d %B %Y, %H:%M} UTC" if missed.since else ""
    return _page(
        "You are signed in",
        f"""<p class="warning" role="alert">There were {missed.times:,} failed tries to sign in as
you{since}, and your account was locked for a while.</p>
<p>If that was you, all is well. If not, nobody came in; choose a new password all the same, under
<a href="/data">Your data</a>.</p>
<p><a href="{escape(to)}">Go on to the coach</a></p>""",
    )


def signed_in_page(token: str, *, name: str) -> str:
    """For somebody who is signed in already."""
    return _page(
        "You are signed in",
        f"""<p>You are signed in as <strong>{escape(name)}</strong>.
<a href="/">Go on to the coach</a></p>
<form method="post" action="/account/sign-out">
{_hidden("token", token)}<button class="quiet" type="submit">Sign out</button>
</form>""",
    )


def invitation_page(token: str, *, name: str, email: str, warning: str = "") -> str:
    """The form in which an invited person sets their password; it leads back to its own address."""
    return _page(
        f"Welcome, {name}",
        f"""<p>Choose a password. From now on you sign in with it and your e-mail address.</p>
{_warning(warning)}
<form method="post">
{_hidden("token", token)}
<label for="email">E-mail address</label>
<input id="email" name="email" autocomplete="username" readonly
 value="{escape(email)}">
<label for="password">Password</label>
<p class="hint" id="rules">At least {SHORTEST} characters. A few words that you remember
 do well.</p>
<input id="password" name="password" type="password" autocomplete="new-password" required
 minlength="{SHORTEST}" maxlength="{LONGEST}" aria-describedby="rules">
<label for="again">The same password again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required
 maxlength="{LONGEST}">
<button type="submit">Set the password and sign in</button>
</form>""",
    )


def notice_page(title: str, words: str) -> str:
    """Something to read, with the way back to the sign-in."""
    return _page(title, f'<p>{escape(words)}</p>\n<p><a href="/account/sign-in">Sign in</a></p>')


def _page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · Reverse mentoring coach</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<p class="name">Reverse mentoring coach</p>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">\n'


def _warning(words: str) -> str:
    return f'<p class="warning" role="alert">{escape(words)}</p>' if words else ""
