from __future__ import annotations

import inspect
import re

from coach import errors


def drawn_tree() -> dict[str, str]:
    """Each error of the docstring's drawing, and the one that it hangs under."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for found in re.finditer(
        r"^( *(?:│ *)?(?:[├└]─ )?)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE
    ):
        depth, name = len(found.group(1)), found.group(2)
        above = [(indent, other) for indent, other in above if indent < depth]
        if above:
            parents[name] = above[-1][1]
        above.append((depth, name))
    return parents


def defined_tree() -> dict[str, str]:
    """Each error that the module defines, and its base class."""
    own = inspect.getmembers(errors, inspect.isclass)
    return {
        name: error.__base__.__name__
        for name, error in own
        if error is not errors.CoachError and error.__base__ is not None
    }


def test_the_drawn_tree_is_the_one_defined() -> None:
    assert drawn_tree() == defined_tree()


def test_every_error_hangs_under_the_root() -> None:
    own = [error for _, error in inspect.getmembers(errors, inspect.isclass)]

    assert all(issubclass(error, errors.CoachError) for error in own)
    assert issubclass(errors.CoachError, Exception)


def test_every_error_says_what_it_means() -> None:
    own = inspect.getmembers(errors, inspect.isclass)

    assert [] == [name for name, error in own if not error.__doc__]
