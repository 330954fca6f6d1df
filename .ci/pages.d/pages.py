"""Opens pages in a browser without a screen: pages.py BROWSER PAGE...

At 390 and 1280 pixels, light and dark: no message of the browser, no request, nothing wider than the screen, contrast of every
text at least 4.5 (3 of large letters), by WCAG 2.1. The tabulator reaches every link and every fold in the order of the page.
The first chart begins on the first screen, of a phone on the second. Every chart has a title, a description and a caption.
Printed on A4: no heading is the last line of a sheet, no row and no picture is cut.
"""

import io
import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright
from pypdf import PdfReader

WIDTHS = (390, 1280)

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement)
    if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true; return false; };
  const found = [];
  if (document.documentElement.scrollWidth > room) found.push(`the page has ${document.documentElement.scrollWidth} of ${room}`);
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    if (!e.closest('svg') && box.width > 0 && box.right > room + 1 && !inside(e)) found.push(`${e.tagName} ${e.textContent.slice(0, 40)}`);
  }
  return found;
}"""

LOW_CONTRAST = """() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = [r, g, b].map(v => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  const ground = (e) => { for (let p = e; p; p = p.parentElement) { const c = parts(getComputedStyle(p).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const style = getComputedStyle(e);
    if (!own || style.visibility === 'hidden' || e.getClientRects().length === 0) continue;
    const color = parts(e.closest('svg') ? style.fill : style.color);
    if (color.length < 3) continue;
    const [a, b] = [light(color), light(ground(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 600;
    const least = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least) found.push(`${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 40)}`);
  }
  return [...new Set(found)];
}"""

# what is hidden at this width is no stop
SEEN_STOPS = "[...document.querySelectorAll('a[href], summary')].filter(e => e.getClientRects().length > 0)"
STOPS = f"() => {SEEN_STOPS}.length"
SCROLLED = "() => [...document.querySelectorAll('.wide, .only, .side')].length"
STOP = f"() => {SEEN_STOPS}.indexOf(document.activeElement)"
CUT = """() => { const found = [];
  for (const e of document.querySelectorAll('figure, main > .wide, tr, .warning, .summary')) if (getComputedStyle(e).breakInside !== 'avoid') found.push(e.tagName);
  for (const e of document.querySelectorAll('h2, h3, .lead')) if (getComputedStyle(e).breakAfter !== 'avoid') found.push(e.tagName);
  return [...new Set(found)]; }"""
FIRST_CHART = """() => { const chart = document.querySelector('figure'); return chart ? chart.getBoundingClientRect().top + scrollY : 0; }"""
WITHOUT_WORDS = """() => [...document.querySelectorAll('figure')].filter(f =>
  [...f.querySelectorAll('svg')].some(s => !s.querySelector('title') || !s.querySelector('desc')) || !f.querySelector('svg') ||
  !f.querySelector('figcaption')).map(f => f.textContent.slice(0, 40))"""
# a page with every fault but one of the order of stops, and a word of each that has to be found
PLANTED = """<!DOCTYPE html><style>.wide{width:3000px}p{color:#ccc}figure{margin-top:3000px}</style><script>console.log("planted")</script>
<img src="http://127.0.0.1:9/none.png" alt=""><h2>A heading</h2><p>Pale.</p><div class="wide">Wide</div><table><tr><td>1</td></tr></table>
<figure><svg><desc>Nameless</desc></svg></figure>"""
SEEN = ("the browser says planted", "asks for http", "too wide", "contrast", "may be cut when printed", "the first chart", "without words")
HEADINGS = "() => [...document.querySelectorAll('h2, h3')].map(e => e.textContent.trim())"
# of a laptop and of a phone
SCREENS = {1280: 800, 390: 2 * 844}


def faults(browser, page_file):
    """What is wrong with a page."""
    url = pathlib.Path(page_file).resolve().as_uri()
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            said, asked = [], []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(url)
            where = f"{page_file} {width} px {scheme}"
            if page.evaluate(FIRST_CHART) > SCREENS[width]:
                yield f"{where}: the first chart begins at {page.evaluate(FIRST_CHART):.0f} px"
            yield from (f"{where}: a chart without words: {what}" for what in page.evaluate(WITHOUT_WORDS))
            page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            yield from (f"{where}: the browser says {text}" for text in said)
            yield from (f"{where}: asks for {to}" for to in asked if to != url and not to.startswith("data:"))
            yield from (f"{where}: too wide: {what}" for what in page.evaluate(TOO_WIDE))
            yield from (f"{where}: contrast {what}" for what in page.evaluate(LOW_CONTRAST))
            if scheme == "light":
                yield from (f"{where}: {what}" for what in out_of_order(page))
            if (scheme, width) == ("light", WIDTHS[-1]):
                yield from (f"{where}: {what}" for what in badly_printed(page))
            context.close()


def out_of_order(page):
    # what scrolls gets a stop of its own
    n, stops = page.evaluate(STOPS), []
    for _ in range(2 * n + page.evaluate(SCROLLED)):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
        if stops[-1] == n - 1:
            break
    reached = [stop for stop in stops if stop >= 0]
    if reached != list(range(n)):
        yield f"the tabulator reaches {reached} of {n} links and folds"


def badly_printed(page):
    page.emulate_media(media="print")
    yield from (f"may be cut when printed: {what}" for what in page.evaluate(CUT))
    headings = set(page.evaluate(HEADINGS))
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    for number, sheet in enumerate(sheets[:-1], 1):
        lines = [line.strip() for line in sheet.extract_text().splitlines() if line.strip()]
        if lines and lines[-1] in headings:
            yield f"sheet {number} ends with the heading {lines[-1]}"


def main():
    program, *files = sys.argv[1:]
    if not files:
        sys.exit("there is no page to open")
    with sync_playwright() as tools, tempfile.TemporaryDirectory() as folder:
        browser = tools.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        wrong = [fault for file in files for fault in faults(browser, file)]
        planted = pathlib.Path(folder, "planted.html")
        planted.write_text(PLANTED)
        found = "\n".join(faults(browser, planted))
        wrong += [f"a planted fault was not found: {name}" for name in SEEN if name not in found]
        browser.close()
    print("\n".join(wrong))
    print(f"{len(files)} pages in a browser, {len(wrong)} faults")
    sys.exit(1 if wrong else 0)


main()
