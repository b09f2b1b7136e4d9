"""The pages in a real browser, without scripts of their own: nothing is wider than the window."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import html
from tests.serving.conftest import Desk
from tests.views.test_dossier import CHROMIUM, needs_chromium

PATHS = (
    "/", "/actors", "/actors/a1", "/stories/y1", "/utterances/u1", "/statements/s2a", "/reports/r2",
    "/reports/r4", "/decisions", "/check", "/search?q=pier", "/signs", "/nothing",
)  # fmt: skip
OPEN = """<script>
  document.querySelectorAll('details').forEach(one => one.open = true);
  const page = document.documentElement;
  document.title = [page.clientWidth, page.scrollWidth].join(' ');
</script>"""
SUM_UP = """<script>addEventListener('load', () => {
  document.title = Array.from(frames, one => one.document.title).join('; ');
})</script>"""
# Of the frames' scrollbars, which take room that those of a phone don't.
PLAIN = "<style>::-webkit-scrollbar { display: none }</style>"


def write_pages(desk: Desk, folder: Path, width: int) -> Path:
    """All pages as files with their style inside, in one page of frames of a width."""
    style = f"<style>{desk.get('/static/pages.css').text}</style>{PLAIN}"
    frames = []
    for number, path in enumerate(PATHS):
        page = re.sub(r"<link rel=\"stylesheet\"[^>]*>", lambda _: style, desk.get(path).text)
        assert page.count("<style>") == 2
        (folder / f"{number}.html").write_text(page.replace("</body>", OPEN), encoding="utf-8")
        frames.append(
            f'<iframe src="{number}.html" style="width:{width}px;height:900px;border:0"></iframe>'
        )
    whole = folder / "frames.html"
    whole.write_text("".join(frames) + SUM_UP, encoding="utf-8")
    return whole


@needs_chromium
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_needs_scrolling_sideways(library: Desk, tmp_path: Path, width: int) -> None:
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--allow-file-access-from-files", f"--user-data-dir={tmp_path}/profile",
        "--virtual-time-budget=20000", "--dump-dom", write_pages(library, tmp_path, width).as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = html.document_fromstring(done.stdout).xpath("string(//title)").split("; ")
    assert dict(zip(PATHS, found, strict=True)) == dict.fromkeys(PATHS, f"{width} {width}")
