#!/usr/bin/env python3
"""Opens the page of `xp-score --format html` in a headless Chromium: a synthetic stream of 5,000 pairs, or with --page a
page that is there. Checks that nothing is logged or loaded, that filters leave what the stream says, that sorting
sorts, that keys move and links lead to their example, that wide tables scroll in their boxes, and how long it takes; --shots DIR keeps screenshots in light and dark and the printed page."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import report_stream
from chromium import Chromium
from tools import ROOT

LOAD_SECONDS = 3.0
FILTER_MILLISECONDS = 300.0
failures: list[str] = []


def check(what: str, holds: bool, found=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what}{f': {found}' if found != '' else ''}")
    if not holds:
        failures.append(what)


def make_page(binaries: Path, folder: Path, cases: list[dict]) -> Path:
    stream = folder / "cases.jsonl"
    stream.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases))
    metrics = folder / "metrics.jsonl"
    metrics.write_text("".join(
        json.dumps({"step": step, "loss": 8 / step ** 0.5, "losses": {"explain": 9 / step ** 0.5, "behave": 0.1}}) + "\n"
        for step in range(1, 121)))
    page = folder / "report.html"
    subprocess.run([binaries / "xp-score", "--quiet", "--self", "M60", "--self", "M120", "--orig", "M0", "--baseline", "M0",
                    "--by", "kind", "--arm", "both=M60,M120", "--arm", "late=M120", "--metrics", metrics,
                    "--claim", "F1: both > 0", "--claim", "F1: both.self > M0.self", "--figures", folder / "figures",
                    "--format", "html", "--force", "-o", page, stream], check=True)
    return page


def count(browser: Chromium) -> int:
    return int(browser.evaluate("document.getElementById('count').textContent").split(" ")[0].replace(",", ""))


def choose(browser: Chromium, **values) -> float:
    """Sets filters as a person does; the milliseconds until the list shows it."""
    return browser.evaluate(f"""(() => {{
      const form = document.getElementById("filters"), start = performance.now();
      for (const [name, value] of Object.entries({json.dumps(values)})) form.elements[name].value = value;
      form.dispatchEvent(new Event("input", {{ bubbles: true }}));
      document.getElementById("list").getBoundingClientRect();
      return performance.now() - start;
    }})()""")


def check_filters(browser: Chromium, cases: list[dict]):
    slowest = 0.0
    clear = {name: "" for name in ["task", "kind", "self", "origRight", "diverged", "said", "changed", "text"]}
    explainers = {"M60": "0", "M120": "1"}
    for explainer, place in explainers.items():
        rows = report_stream.pairs(cases, explainer, "M0")
        tries = [{}, {"text": "question 7:"}, {"text": "<img src=x"}, {"task": "hint", "said": "yes", "changed": "no"}]
        for name in ["task", "kind", "self", "origRight", "diverged", "said", "changed"]:
            tries += [{name: value} for value in sorted({row[name] for row in rows})]
        for filters in tries:
            wanted = sum(all(value in row[name].lower() if name == "text" else row[name] == value
                             for name, value in filters.items()) for row in rows)
            slowest = max(slowest, choose(browser, **clear | {"explainer": place} | filters))
            if count(browser) != wanted:
                check(f"filter {explainer} {filters}", False, f"{count(browser)}, expected {wanted}")
    choose(browser, **clear | {"explainer": "1"})
    check(f"{2 * len(tries)} filters leave what the stream says", not failures)
    check(f"a filter takes less than {FILTER_MILLISECONDS:.0f} ms", slowest < FILTER_MILLISECONDS, f"{slowest:.0f} ms")


def check_order(browser: Chromium, cases: list[dict]):
    """As the page opens: the last of --self, disagreements before the rest."""
    explainer = browser.evaluate("document.getElementById('filters').elements.explainer.selectedOptions[0].textContent")
    check("the browser opens on the last explainer", explainer == "M120", explainer)
    diverged = sum(row["diverged"] == "yes" for row in report_stream.pairs(cases, "M120", "M0"))
    order = browser.evaluate("""filtered(Object.assign(Object.fromEntries(new FormData(document.getElementById("filters"))),
      { explainer: 1, orig: data.origs[0] })).map((place) => facts(data.pairs[place], 1, data.origs[0]).diverged)""")
    check("disagreements come first", order == ["yes"] * diverged + ["no"] * (2 * len(cases) - diverged), diverged)


def check_link(browser: Chromium, cases: list[dict]):
    browser.evaluate("document.querySelector('#rows .row:nth-child(3)').click()")
    link = browser.evaluate("document.querySelector('#detail a').href")
    check("a selected example is in the page's address", browser.evaluate("location.href") == link, link.split("#")[-1])
    case = cases[-1]
    choose(browser, text="nothing has this text")
    browser.evaluate(f"""new Promise((resolve) => {{
      window.addEventListener("hashchange", () => setTimeout(resolve), {{ once: true }});
      location.hash = "#" + new URLSearchParams({{ example: {json.dumps(case["id"])}, part: "sentence", explainer: "M60" }});
    }})""")
    shown = browser.evaluate("""[document.querySelector("#detail h3").textContent, document.querySelector("#detail mark").textContent,
      document.querySelector("#detail .chosen th").textContent]""")
    check("a link shows its example", shown == [case["id"], case["features"][1]["text"], "M60"], shown)
    browser.evaluate("""new Promise((resolve) => {
      window.addEventListener("hashchange", () => setTimeout(resolve), { once: true });
      location.hash = "#example=nowhere";
    })""")
    said = browser.evaluate("document.getElementById('count').textContent")
    check("a link to no example says so", said.endswith("nowhere is not among them"), said)
    browser.evaluate("history.replaceState(null, '', location.pathname)")


def check_sorting(browser: Chromium):
    column = """Array.from(document.querySelector("table.sortable").tBodies[0].rows, (row) => parseFloat(row.cells[4].textContent))"""
    click = "document.querySelector('table.sortable thead').rows[0].cells[4].querySelector('button').click()"
    browser.evaluate(click)
    up = browser.evaluate(column)
    browser.evaluate(click)
    down = browser.evaluate(column)
    check("a column sorts up and down", up == sorted(up) and down == sorted(up, reverse=True) and up != down, f"{up}, {down}")
    check("the baseline stays below", browser.evaluate("document.querySelector('table.sortable').rows[3].cells[0].textContent") == "M0 (baseline)")
    check("the sorted column says so", browser.evaluate("document.querySelectorAll('th[aria-sort=descending]').length") == 1)


def position(browser: Chromium) -> int:
    return int(browser.evaluate("document.querySelector('[aria-selected=true]').getAttribute('aria-posinset')"))


def check_keys(browser: Chromium, pairs: int):
    browser.evaluate("document.activeElement.blur()")
    for key in "jjjk":
        browser.press(key)
    check("j and k move in the list", position(browser) == 3, position(browser))
    seen = []
    for _ in range(200):
        browser.press("Tab")
        seen.append(browser.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.tagName"))
        if seen[-1] == "list":
            break
    check("Tab reaches the list, after the filters", seen[-1] == "list" and "self" in seen and "text" in seen, len(seen))
    check("the focus can be seen", browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none")
    browser.press("End")
    check("End goes to the last", position(browser) == pairs, position(browser))
    browser.press("ArrowUp")
    check("an arrow moves by one", position(browser) == pairs - 1, position(browser))
    browser.press("Home")
    check("Home goes to the first", position(browser) == 1, position(browser))
    active = browser.evaluate("document.getElementById(document.getElementById('list').getAttribute('aria-activedescendant')).textContent")
    check("the list names its active row", bool(active))
    browser.press("/")
    browser.press("j")
    check("/ goes to the search, where j is a letter", browser.evaluate("document.activeElement.value") == "j")
    choose(browser, text="")


def check_hostile(browser: Chromium, cases: list[dict]):
    choose(browser, text="<img src=x", kind="hint")
    mark = browser.evaluate("document.querySelector('#detail mark').textContent")
    content = browser.evaluate("document.querySelector('#detail .content').textContent")
    case = browser.evaluate("document.querySelector('#detail h3').textContent")
    wanted = next(c for c in cases if c["id"] == case)["messages"][0]["content"]
    check("a hostile feature is marked, as text", mark == report_stream.HOSTILE)
    check("its prompt is shown to the letter", content == wanted)
    check("nothing of it runs", browser.evaluate("window.broken === undefined && !document.querySelector('#detail img')"))
    choose(browser, text="", kind="")


def check_page(browser: Chromium, page: Path):
    seconds = browser.open(page)
    check(f"the page is there within {LOAD_SECONDS} s", seconds < LOAD_SECONDS, f"{seconds:.2f} s, {page.stat().st_size / 1e6:.1f} MB")
    rows = browser.evaluate("document.querySelectorAll('#rows .row').length")
    check("only the rows in view are made", 0 < rows < 60, rows)
    unnamed = browser.evaluate("""Array.from(document.querySelectorAll("select, input, button, svg, section, [role=region]"))
      .filter((e) => !(e.labels?.length || e.textContent.trim() && e.matches("button") || e.getAttribute("aria-label")
        || e.getAttribute("aria-labelledby")?.split(" ").every((id) => document.getElementById(id)?.textContent))).length""")
    check("all controls, figures and regions have names", unnamed == 0, unnamed)
    ids = browser.evaluate("(() => { const ids = Array.from(document.querySelectorAll('[id]'), (e) => e.id); return ids.length - new Set(ids).size; })()")
    check("ids are unique", ids == 0, ids)
    wide = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check("the page does not scroll sideways", wide <= 0, wide)


def check_widths(browser: Chromium):
    """Tables scroll in their boxes, where the first column stays; nothing else is wider than the page."""
    for width in [1440, 390]:
        browser.resize(width, 900)
        wide = browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check(f"at {width} px the page does not scroll sideways", wide <= 0, wide)
        moved = browser.evaluate("""Array.from(document.querySelectorAll(".scroll"), (box) => {
          const head = box.querySelector("tbody th");
          if (box.scrollWidth <= box.clientWidth || !head || getComputedStyle(head).position !== "sticky") return 0;
          const before = head.getBoundingClientRect().left;
          box.scrollLeft = 1e6;
          const after = head.getBoundingClientRect().left, reached = box.scrollLeft > 0;
          box.scrollLeft = 0;
          return Math.abs(after - before) + (reached ? 0 : 1);
        }).filter((distance) => distance > 1).length""")
        check(f"at {width} px first columns stay where tables scroll", moved == 0, moved)
    main = browser.evaluate("(() => { const box = document.querySelector('#tables .scroll'); return box.scrollWidth > box.clientWidth; })()")
    check("at 390 px the main table is one that scrolls", main)
    browser.resize(1280, 900)


def check_without_script(browser: Chromium, page: Path):
    figures = browser.evaluate("document.querySelectorAll('svg').length")
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    shown = browser.evaluate("[document.querySelectorAll('.verdicts li').length, document.querySelectorAll('svg').length, document.querySelectorAll('tbody tr').length, document.getElementById('browser').hidden]")
    check("without script verdicts, figures and tables are there", shown[0] > 0 and shown[1] == figures and shown[2] > 0 and shown[3], shown)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def shoot(browser: Chromium, page: Path, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ["light", "dark"]:
        browser.media(scheme)
        browser.open(page)
        browser.screenshot(folder / f"{scheme}.png")
    browser.pdf(folder / "print.pdf")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--bin", default=os.environ.get("BIN", ROOT / ".build/release"), type=Path)
    arguments.add_argument("--page", type=Path, help="a page that is there: only what holds for any page is checked")
    arguments.add_argument("--pairs", default=5_000, type=int)
    arguments.add_argument("--shots", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cases = [] if options.page else report_stream.stream(options.pairs // 2)
        start = time.monotonic()
        page = options.page or make_page(options.bin.resolve(), Path(scratch), cases)
        if not options.page:
            print(f"xp-score took {time.monotonic() - start:.2f} s")
        browser = Chromium()
        check_page(browser, page)
        check_widths(browser)
        if cases:
            check_order(browser, cases)
            check_filters(browser, cases)
            check_sorting(browser)
            check_keys(browser, 2 * len(cases))
            check_hostile(browser, cases)
            check_link(browser, cases)
        check_without_script(browser, page)
        if options.shots:
            shoot(browser, page, options.shots)
        check("nothing is logged", not browser.problems, browser.problems[:3] or "")
        others = [url for url in browser.requests if url != page.resolve().as_uri()]
        check("nothing is loaded", not others, others[:3] or "")
        browser.close()
    print("all bounds hold" if not failures else f"{len(failures)} bounds broken: {'; '.join(failures)}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
