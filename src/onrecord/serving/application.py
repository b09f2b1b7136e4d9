"""The WSGI application: each request is checked, given its page or rows, and answered.

1. The Host header must name our own address.
2. A request that writes must come from one of our pages, or from no page at all; a form, hold the
   token of this process.
3. What is read is read in one transaction of a read-only connection.
4. What is decided is decided in one transaction, by the functions that the command line uses.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from onrecord.deciding import decide
from onrecord.decisions import Decision
from onrecord.errors import DecisionError, InputError, RecordError
from onrecord.record.connection import open_record, transaction
from onrecord.serving.addresses import ROUTES, find_thing
from onrecord.serving.asking import Asked, read_form, read_json
from onrecord.serving.engine import Engine
from onrecord.serving.faults import Fault, name_fault, write_sentence
from onrecord.serving.guards import HEADERS, Bound, is_own_host, is_own_origin, is_token
from onrecord.settings import Settings
from onrecord.views import api
from onrecord.views.columns import EXPORTS, Export, Row
from onrecord.views.decisions import to_decided
from onrecord.views.web import overviews, pages
from onrecord.views.web.frame import Cut, Frame
from onrecord.views.web.rendering import render_style

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST_BODY = 256 * 1024
_LONGEST_QUOTATION = 4000
_LAST_PART = 100_000
_HTML, _JSON, _FORM = "text/html", "application/json", "application/x-www-form-urlencoded"


class LimitedRequest(Request):
    """A request whose body is never read beyond a limit."""

    max_content_length = LARGEST_BODY
    max_form_memory_size = LARGEST_BODY


class Application:
    """The pages and rows of one record. `who` is the name that forms begin with."""

    def __init__(self, settings: Settings, engine: Engine, bound: Bound, *, who: str = "") -> None:
        self.token = secrets.token_urlsafe(32)
        self._settings = settings
        self._engine = engine
        self._bound = bound
        self._frame = Frame(self.token, who)
        self._deciding = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        request = LimitedRequest(environ)
        response = self._answer(request)
        response.headers.update(HEADERS)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        in_json = request.path == "/api" or request.path.startswith("/api/")
        try:
            return self._respond(request, in_json=in_json)
        except (HTTPException, RecordError, sqlite3.OperationalError) as error:
            fault = name_fault(error)
        except (InputError, DecisionError) as error:
            fault = Fault(400, "That can’t be done", write_sentence(str(error)))
        return self._write_fault(fault, in_json=in_json)

    def _write_fault(self, fault: Fault, *, in_json: bool) -> Response:
        if fault.location is not None:
            return redirect(fault.location, 308)
        if in_json:
            body = api.write_json(api.write_error(fault.status, fault.text))
            response = Response(body, fault.status, mimetype=_JSON)
        else:
            body = overviews.render_error(fault.title, fault.text, self._frame)
            response = Response(body, fault.status, mimetype=_HTML)
        response.headers.update(fault.headers)
        return response

    def _respond(self, request: Request, *, in_json: bool) -> Response:
        host = request.headers.get("Host", "")
        if not is_own_host(host, self._bound):
            raise Fault(421, "Not here", f"This server answers at {self._bound.url} only.").raised()
        endpoint, values = ROUTES.bind_to_environ(request.environ).match()
        if request.method == "POST":
            self._require_own(request, host, _JSON if in_json else _FORM)
            if in_json:
                return self._decide_json(request)
            return self._decide_form(request, **values)
        if endpoint == "style":
            return Response(render_style(), mimetype="text/css")
        with self._reading() as connection:
            answer = getattr(self, f"_get_{endpoint}")(connection, request, **values)
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, str):
            return Response(answer, mimetype=_HTML)
        return Response(api.write_json(answer), mimetype=_JSON)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The record as it is at one moment."""
        with closing(open_record(self._settings.record, read_only=True)) as connection:
            connection.execute("BEGIN")
            yield connection

    # Writing ---------------------------------------------------------------------------------

    def _require_own(self, request: Request, host: str, mimetype: str) -> None:
        site = request.headers.get("Sec-Fetch-Site", "none")
        if not is_own_origin(request.headers.get("Origin"), site, host):
            text = "Decisions are taken from these pages only, not from another site."
            raise Fault(403, "Not from here", text).raised()
        if request.mimetype != mimetype:
            raise Fault(415, "Not understood", f"Send this as {mimetype}.").raised()

    def _decide_form(self, request: Request, *, folder: str, one: str, action: str) -> Response:
        form = request.form.to_dict(flat=False)
        if not is_token(request.form.get("token", ""), self.token):
            text = "This form is from before the server was last started. Reload the page."
            raise Fault(403, "The form is out of date", text).raised()
        try:
            with self._reading() as connection:
                found = find_thing(connection, folder, one)
            decision = self._decide(read_form(folder, found, action, form))
        except (InputError, DecisionError) as error:
            refusal = write_sentence(str(error))
            frame = replace(self._frame, refusal=refusal, form=action, typed=form)
            with self._reading() as connection:
                return Response(
                    self._render(connection, folder, find_thing(connection, folder, one), frame),
                    422,
                    mimetype=_HTML,
                )
        return redirect(f"/{folder}/{found}?decided={decision.id}", 303)

    def _decide_json(self, request: Request) -> Response:
        try:
            body = json.loads(request.get_data())
        except ValueError as error:
            raise InputError("the body isn't JSON") from error
        decision = self._decide(read_json(body))
        with self._reading() as connection:
            row = api.get_decision(connection, decision.id)
        headers = {"Location": f"/api/decisions/{decision.id}"}
        return Response(api.write_json(row), 201, headers, mimetype=_JSON)

    def _decide(self, asked: Asked) -> Decision:
        """Decides and links anew: both, or nothing. One at a time."""
        with (
            self._deciding,
            closing(open_record(self._settings.record)) as connection,
            transaction(connection),
        ):
            ruling = asked.rule(connection)
            return decide(connection, ruling, self._engine.link, who=asked.who, why=asked.why)

    # Reading ---------------------------------------------------------------------------------

    def _get_front(self, connection: sqlite3.Connection, request: Request) -> str:
        return overviews.render_front(connection, self._frame, _read_cut(request))

    def _get_actors(self, connection: sqlite3.Connection, request: Request) -> str:
        return overviews.render_actors(connection, self._frame, _read_cut(request))

    def _get_decisions(self, connection: sqlite3.Connection, request: Request) -> str:
        return overviews.render_decisions(connection, self._frame)

    def _get_signs(self, connection: sqlite3.Connection, request: Request) -> str:
        return overviews.render_signs(self._frame)

    def _get_search(self, connection: sqlite3.Connection, request: Request) -> str:
        typed = request.args.get("q", "")
        return overviews.render_search(connection, typed[:_LONGEST_QUOTATION], self._frame)

    def _get_check(self, connection: sqlite3.Connection, request: Request) -> str | Response:
        asked = _read_question(request)
        if not asked.get("quotation"):
            return overviews.render_check(None, asked, self._frame)
        try:
            verdict = self._engine.check(connection, asked)
        except InputError as error:
            frame = replace(self._frame, refusal=write_sentence(str(error)))
            return Response(overviews.render_check(None, asked, frame), 422, mimetype=_HTML)
        return overviews.render_check(verdict, asked, self._frame)

    def _get_thing(
        self, connection: sqlite3.Connection, request: Request, folder: str, one: str
    ) -> str | Response:
        try:
            found = find_thing(connection, folder, one)
        except InputError as error:
            raise NotFound(write_sentence(str(error))) from error
        if found != one:
            query = f"?{request.query_string.decode()}" if request.query_string else ""
            return redirect(f"/{folder}/{found}{query}", 302)
        return self._render(connection, folder, one, self._add_notice(connection, request), request)

    def _add_notice(self, connection: sqlite3.Connection, request: Request) -> Frame:
        """The frame, saying what has just been decided if the address names it."""
        decided = request.args.get("decided")
        if decided is None:
            return self._frame
        try:
            row = api.get_decision(connection, find_thing(connection, "decisions", decided))
        except InputError:
            return self._frame
        return replace(self._frame, decided=to_decided(row))

    def _render(
        self,
        connection: sqlite3.Connection,
        folder: str,
        one: str,
        frame: Frame,
        request: Request | None = None,
    ) -> str:
        if folder == "actors":
            cut = Cut(1) if request is None else _read_cut(request)
            return pages.render_actor(connection, one, frame, cut)
        makers = {
            "stories": pages.render_story,
            "utterances": pages.render_utterance,
            "statements": pages.render_statement,
            "reports": pages.render_report,
            "decisions": overviews.render_decision,
        }
        return makers[folder](connection, one, frame)

    # JSON ------------------------------------------------------------------------------------

    def _get_api(self, connection: sqlite3.Connection, request: Request) -> Row:
        return api.list_routes()

    def _get_api_check(self, connection: sqlite3.Connection, request: Request) -> Mapping[str, Any]:
        asked = _read_question(request)
        if not asked.get("quotation"):
            raise InputError("say in ?quotation= what is to be checked")
        return self._engine.check(connection, asked)

    def _get_api_rows(self, connection: sqlite3.Connection, request: Request, what: str) -> Row:
        return api.list_rows(connection, _name_export(what), request.args.to_dict())

    def _get_api_row(
        self, connection: sqlite3.Connection, request: Request, what: str, one: str
    ) -> Row:
        try:
            return api.get_row(connection, _name_export(what), one)
        except InputError as error:
            raise NotFound(write_sentence(str(error))) from error


def _name_export(what: str) -> Export:
    return next(one for one in EXPORTS if one == what)


def _read_cut(request: Request) -> Cut:
    typed = request.args.get("page", "1")
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= _LAST_PART:
        raise NotFound("The list has no such part.")
    return Cut(int(typed[:9]))


def _read_question(request: Request) -> dict[str, str]:
    names = ("quotation", "by", "on", "language")
    asked = {one: typed for one in names if (typed := request.args.get(one, "").strip())}
    if len(asked.get("quotation", "")) > _LONGEST_QUOTATION:
        raise InputError(f"the quotation has more than {_LONGEST_QUOTATION:,} characters")
    return asked
