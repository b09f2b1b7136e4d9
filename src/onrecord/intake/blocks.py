"""The text of an HTML tree, block by block, with the zones that its elements show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from onrecord.domain import Zone, ZoneKind

_NO_TEXT_TAGS = (
    "script style noscript template svg math iframe object canvas audio video head select "
    "textarea datalist map"
)
_BLOCK_TAGS = (
    "address article aside blockquote body button center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
# Whole parts of class names and ids, as WordPress and the common templates use them.
_FURNITURE_CLASSES = (
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer cookie cookies consent "
    "newsletter related recommended recommendations share sharing social comments comment "
    "respond tags taglist advert advertisement ad ads promo teaser pagination skip"
)
_NO_TEXT = frozenset(_NO_TEXT_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_FURNITURE_NAMES = frozenset(_FURNITURE_CLASSES.split())
_FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "menu", "dialog"})
_BYLINE_NAMES = frozenset({"byline", "author", "authors", "dateline", "timestamp", "pubdate"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_SPACE = re.compile(r"\s+")
_BYLINE = 120  # characters
_LINKED = 0.7  # share of a block's characters in links from which on it is a list of links
_LINK_LIST = 100  # characters; a longer block with so many links is a report about links


@dataclass(slots=True)
class _Block:
    """The text between two block boundaries, with the elements that it lies in."""

    kind: ZoneKind | None
    parts: list[str] = field(default_factory=list)
    linked: int = 0


@dataclass(frozen=True, slots=True)
class _Page:
    """The heading that is the report's title, and how many characters of paragraphs there are."""

    title: etree._Element | None
    prose: int


def read_blocks(root: etree._Element, *, title: etree._Element | None) -> tuple[str, list[Zone]]:
    """The text of `root` and the zones its mark-up shows.

    Each block element stands on its own lines, set off by an empty line; white space in it is
    collapsed, `<br>` is a line break. Scripts and styles are no text. Menus, footers, forms and
    the like are kept and marked as furniture; so are short blocks made of links. `title` is the
    heading that is the report's title.
    """
    text = ""
    zones: list[Zone] = []
    for block in _walk(root, title):
        lines = [_SPACE.sub(" ", line).strip() for line in "".join(block.parts).split("\n")]
        words = "\n".join(line for line in lines if line)
        if not words:
            continue
        text += "\n\n" if text else ""
        kind = block.kind or ("furniture" if _is_link_list(words, block.linked) else None)
        if kind is not None:
            zones.append(Zone(kind, (len(text), len(text) + len(words))))
        text += words
    return text, zones


def _is_link_list(words: str, linked: int) -> bool:
    return len(words) <= _LINK_LIST and linked >= _LINKED * len(words)


def read_words(element: etree._Element) -> str:
    """The text of an element, comments aside, with its white space collapsed."""
    return " ".join(str(element.xpath("string()")).split())


def _walk(root: etree._Element, title: etree._Element | None) -> list[_Block]:
    page = _Page(title, _count_prose(root))
    blocks = [_Block(None)]
    kinds: list[ZoneKind | None] = [None]
    links = 0
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        silent = event in ("comment", "pi") or element.tag in _NO_TEXT
        if event == "start" and silent:
            walker.skip_subtree()
        elif event == "start":
            kinds.append(_find_kind(element, page) or kinds[-1])
            links += element.tag == "a"
            if element.tag in _BLOCKS:
                blocks.append(_Block(kinds[-1]))
            _add_text(blocks[-1], "\n" if element.tag == "br" else element.text, links)
        elif not silent:
            kinds.pop()
            links -= element.tag == "a"
            if element.tag in _BLOCKS:
                blocks.append(_Block(kinds[-1]))
        if event != "start" and element is not root:
            _add_text(blocks[-1], element.tail, links)
    return blocks


def _count_prose(element: etree._Element) -> int:
    return sum(len(read_words(paragraph)) for paragraph in element.iter("p"))


def _add_text(block: _Block, words: str | None, links: int) -> None:
    if words:
        block.parts.append(words if words == "\n" else words.replace("\n", " "))
        block.linked += len(words.strip()) if links else 0


def _find_kind(element: etree._Element, page: _Page) -> ZoneKind | None:
    """What an element shows its text to be; None where it shows nothing."""
    if element is page.title:
        return "title"
    if element.tag == "figcaption":
        return "caption"
    if element.tag in ("html", "body", "main", "article"):
        return None
    names = set(re.split(r"[\s_-]+", f"{element.get('class', '')} {element.get('id', '')}".lower()))
    marked = (
        element.tag in _FURNITURE
        or element.get("role") in _ROLES
        or not names.isdisjoint(_FURNITURE_NAMES)
    )
    if element.tag == "header":
        marked = marked or next(element.iterancestors("article", "main"), None) is None
    if marked:
        return None if _holds_report(element, page) else "furniture"
    signed = names & _BYLINE_NAMES or element.get("rel") == "author" or element.tag == "time"
    return "byline" if signed and len(read_words(element)) <= _BYLINE else None


def _holds_report(element: etree._Element, page: _Page) -> bool:
    """Whether an element, whatever it is called, is wrapped around the report itself.

    Some templates put the whole page into a form, or call its frame "content-sidebar-wrap".
    """
    if page.title is not None and any(one is element for one in page.title.iterancestors()):
        return True
    return _count_prose(element) * 2 > page.prose
