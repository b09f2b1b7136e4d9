"""The environment of the served pages: their templates, and links that are addresses."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader

from onrecord import __version__
from onrecord.views.reasons import Place
from onrecord.views.templating import make_environment
from onrecord.views.web.frame import Frame


class Paths:
    """Links to pages of their own."""

    pages = True

    def actor(self, actor: str) -> str:
        """The actor's page."""
        return f"/actors/{actor}"

    def utterance(self, utterance: str) -> str:
        """The utterance's page."""
        return f"/utterances/{utterance}"

    def statement(self, statement: str) -> str:
        """The statement's page."""
        return f"/statements/{statement}"

    def place(self, place: Place) -> str:
        """The words on the page of their report."""
        return f"/reports/{place.report.id}#{place.anchor}"


def render_page(name: str, frame: Frame, **values: object) -> str:
    """The page of that template."""
    template = _make_environment().get_template(f"{name}.html")
    return template.render(frame=frame, version=__version__, **values)


def render_style() -> str:
    """The style sheet of all served pages: the dossier's, then what only they need."""
    views = files("onrecord.views")
    own = views / "web" / "static" / "pages.css"
    shared = views / "templates" / "dossier.css"
    return shared.read_text(encoding="utf-8") + own.read_text(encoding="utf-8")


@cache
def _make_environment() -> Environment:
    loaders = [PackageLoader("onrecord.views.web"), PackageLoader("onrecord.views")]
    return make_environment(ChoiceLoader(loaders), Paths())
