"""One person's browser, as far as the coach can tell: its forms, its cookies, its open page.

It speaks to the pages as Streamlit's own script in a browser does: one WebSocket for an open
page, a message for each thing that somebody does, and messages back until the page is drawn.
"""

from __future__ import annotations

import re
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websocket import WebSocket, create_connection

#: Seconds after which a person would have given up.
PATIENCE = 30.0
_TOKEN = re.compile(rb'name="token" value="([^"]+)"')
_SIGN_IN = "/account/sign-in"
#: What a page says when something went wrong, by Streamlit's kinds of it.
_BAD = {Alert.ERROR, Alert.WARNING}


class FaultError(Exception):
    """Something that no person should meet; says what, and never what their page holds."""


class Browser:
    """A browser with its own cookies, at the coach's ``address`` such as http://127.0.0.1:8501.

    ``heard`` is everything that the coach sent in answer to the last step, as bytes.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.heard = b""
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form and send it. Raises ``FaultError`` if that does not lead in."""
        found = _TOKEN.search(self._fetch(_SIGN_IN))
        if found is None:
            raise FaultError("the sign-in form has no token")
        fields = {"token": found[1].decode(), "email": email, "password": password, "next": "/"}
        self._fetch(_SIGN_IN, urlencode(fields).encode())
        if "coach" not in self._held():
            raise FaultError("the sign-in gave no cookie")
        # From here a browser gets what protects its forms.
        self._fetch("/_stcore/health")

    def open(self, path: str) -> Page:
        """Open the page at ``path``, such as ``pair?pair=…``, and wait until it is drawn."""
        page = Page(self, path)
        try:
            page.draw()
        except BaseException:
            page.close()
            raise
        return page

    def connect(self) -> WebSocket:
        """The way on which an open page speaks to the coach."""
        held = self._held()
        host = urlsplit(self.address).netloc
        return create_connection(
            f"ws://{host}/_stcore/stream",
            timeout=PATIENCE,
            origin=self.address,
            cookie="; ".join(f"{name}={value}" for name, value in held.items()),
            subprotocols=["streamlit", held.get("_streamlit_xsrf", "")],
        )

    def _held(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self._cookies}

    def _fetch(self, path: str, form: bytes | None = None) -> bytes:
        request = Request(self.address + path, form)  # noqa: S310 - the coach's own address
        with self._opener.open(request, timeout=PATIENCE) as answer:
            self.heard = bytes(answer.read())
        return self.heard


class Page:
    """An open page: what is on it, and what can be done there. Widgets are found by their keys."""

    def __init__(self, browser: Browser, path: str) -> None:
        self._browser = browser
        self._name, _, self._query = path.partition("?")
        self._script = ""
        self._values: dict[str, WidgetState] = {}
        self._drawn: dict[tuple[int, ...], Element] = {}
        self._wire = browser.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it, as a browser does when it goes to another address."""
        # Without waiting for an answer: the wait would swallow whatever ends the person meanwhile.
        self._wire.close(timeout=0)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all widgets on the page."""
        return tuple(_key(widget.id) for widget in self._widgets())

    def key(self, start: str) -> str:
        """The only key that begins with ``start``. Raises ``FaultError``."""
        found = [key for key in self.keys if key.startswith(start)]
        if len(found) != 1:
            raise FaultError(f"the page {self._name!r} has {len(found)} widgets {start!r}")
        return found[0]

    def says(self, words: str) -> bool:
        """Whether ``words`` stand there to be read, and not only in a box to be filled in."""
        return any(words in element.markdown.body for element in self._drawn.values())

    def fill(self, key: str, **value: Any) -> None:
        """Put a value into a widget; it is sent with the next step."""
        ident = self._id(key)
        self._values[ident] = WidgetState(id=ident, **value)

    def type(self, key: str, text: str) -> None:
        """Type into a box and leave it, so that the page is drawn anew."""
        self.fill(key, string_value=text)
        self.draw()

    def press(self, key: str) -> None:
        """Press a button, and wait until the page is drawn."""
        ident = self._id(key)
        self.draw(WidgetState(id=ident, trigger_value=True))

    def draw(self, pressed: WidgetState | None = None) -> None:
        """Have the page drawn with all that was filled in.

        Raises ``FaultError`` for a page that shows a fault, and ``OSError`` or the socket's own
        errors where the coach does not answer.
        """
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_name = "" if self._script else self._name
        state.page_script_hash = self._script
        state.context_info.timezone = "Europe/Paris"
        state.context_info.locale = "en"
        state.context_info.url = f"{self._browser.address}/{self._name}"
        state.widget_states.widgets.extend(self._values.values())
        if pressed is not None:
            state.widget_states.widgets.append(pressed)
        self._wire.send_binary(message.SerializeToString())
        frames: list[bytes] = []
        try:
            while not frames or not self._take(ForwardMsg.FromString(frames[-1])):
                frame = self._wire.recv()
                frames.append(frame if isinstance(frame, bytes) else frame.encode())
        finally:
            self._browser.heard = b"".join(frames)
        self._must_be_well()

    def _take(self, said: ForwardMsg) -> bool:
        """Put one message of the coach's on the page; gives whether the page is drawn."""
        kind = said.WhichOneof("type")
        if kind == "new_session":
            if not said.metadata.run.fragment_ids:
                self._drawn.clear()
        elif kind == "delta" and said.delta.HasField("new_element"):
            self._drawn[tuple(said.metadata.delta_path)] = said.delta.new_element
        elif kind == "navigation":
            self._script = said.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = said.page_info_changed.query_string
        elif kind == "page_not_found":
            raise FaultError(f"there is no page {self._name!r}")
        elif kind == "session_event":
            raise FaultError("the page's script cannot be read")
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and said.script_finished != early

    def _must_be_well(self) -> None:
        for element in self._drawn.values():
            kind = element.WhichOneof("type")
            if kind == "exception":
                raise FaultError(f"the page {self._name!r} shows an exception")
            if kind == "alert" and element.alert.format in _BAD:
                raise FaultError(f"the page {self._name!r} shows a warning")

    def _widgets(self) -> list[Any]:
        found = []
        for element in self._drawn.values():
            kind = element.WhichOneof("type")
            inner = getattr(element, kind) if kind else None
            if getattr(inner, "id", ""):
                found.append(inner)
        return found

    def _id(self, key: str) -> str:
        for widget in self._widgets():
            if _key(widget.id) == key:
                return str(widget.id)
        raise FaultError(f"the page {self._name!r} has no widget {key!r}")


def _key(ident: str) -> str:
    """The key in a widget's identifier, which is ``$$ID-<hash>-<key>``."""
    return ident.split("-", 2)[-1]
