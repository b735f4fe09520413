"""A tab that waits, before each click, until the page is at rest, as a person who looks does."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

#: Five seconds, the default, are too few on a busy machine.
PATIENCE = 30_000
_AT_WORK = "[data-test-script-state='running'], [data-test-script-state='rerunRequested']"


def patient_tab(context: BrowserContext) -> Page:
    """A new tab; nothing is clicked or filled in while Streamlit draws, when a click is lost."""
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    # Playwright waits until what calls the handler is gone, and only then goes on.
    tab.add_locator_handler(tab.locator(_AT_WORK), lambda: None)
    return tab
