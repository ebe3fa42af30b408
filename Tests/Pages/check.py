"""Looks at reports as a reader would: opens, points, filters, zooms, and compares with the CSV.

usage: check.py RESULTS [FOLDER]
"""
import csv, pathlib, re, shutil, sys
from playwright.sync_api import sync_playwright

results = pathlib.Path(sys.argv[1])
pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None


def rows_of(name):
    with open(results / name / "points.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Page:
    """A report in the browser, and everything that it complained of."""

    def __init__(self, context, path):
        self.page = context.new_page()
        self.complaints = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.goto(path.resolve().as_uri())
        self.page.wait_for_function("document.body.dataset.ready === 'yes'", timeout=30_000)

    def marks(self, figure):
        """How many marks a figure has."""
        return self.page.locator(f"[data-figure='{figure}'] svg .mark-symbol path").count()

    def hover(self, mark):
        """What the tooltip says of a mark, by the titles of its lines."""
        # Above the chart, so that the tooltip of another mark goes.
        self.page.mouse.move(2, 2)
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2 - 1, box["y"] + box["height"] / 2)
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        tooltip = self.page.locator("#vg-tooltip-element.visible")
        tooltip.wait_for(timeout=5000)
        titles, texts = (tooltip.locator(f"td.{part}").all_inner_texts() for part in ("key", "value"))
        return {title.strip(): text.strip() for title, text in zip(titles, texts)}

    def set_level(self, field, level, shown):
        """Shows or hides a level of a factor, and waits for figures to follow."""
        box = self.page.locator(f"#filters input[data-field='{field}'][data-level='{level}']")
        box.set_checked(shown)
        self.page.wait_for_timeout(400)

    def plot(self, chart):
        """Where the first panel of a chart is, once it is in sight."""
        self.page.locator(chart).scroll_into_view_if_needed()
        return self.page.locator(f"{chart} svg .background").evaluate_all(
            """nodes => nodes.map(node => node.getBoundingClientRect())
                 .filter(box => box.width > 100 && box.height > 100 && box.height < 900)
                 .map(({x, y, width, height}) => ({x, y, width, height})).pop()""")

    def cells(self, table):
        """The cells of a table, a list for each row."""
        return [row.locator("td").all_inner_texts() for row in self.page.locator(f"#{table} tbody tr").all()]


def same(text, number):
    """Whether a text of a tooltip is a number of the CSV, in the six digits that it shows."""
    shown = float(re.match(r"[-+0-9.,e]+", text)[0].replace(",", ""))
    return abs(shown - number) <= 1e-5 * abs(number)


def check_hover(report, name):
    """Each of some marks says a mean that the table has, for the levels that it says."""
    rows = rows_of(name)
    said = 0
    for number in range(report.page.locator("[data-figure]").count()):
        marks = report.page.locator(f"[data-figure='{number}'] svg .mark-symbol path")
        for place in {0, marks.count() // 2}:
            lines = report.hover(marks.nth(place))
            if "Mean" in lines:
                assert any(same(lines["Mean"], float(row["mean"])) for row in rows), (name, lines)
            else:
                assert any("fee" in title for title in lines), (name, lines)
            said += 1
    return said


def check_filter(report, name, field, level, label):
    """A hidden level is in no figure and no table, and comes back."""
    before, rows = report.marks(0), len(report.cells("points"))
    report.set_level(field, level, False)
    fewer = report.cells("points")
    assert 0 < report.marks(0) < before, (name, before, report.marks(0))
    assert 0 < len(fewer) < rows and not any(label in row for row in fewer), (name, fewer)
    report.set_level(field, level, True)
    assert report.marks(0) == before and len(report.cells("points")) == rows, name


def check_table(report, name, measure):
    """The table of a measure has every number of the CSV, in full where one points at it."""
    report.page.select_option("#measure", measure)
    report.page.wait_for_timeout(500)
    titles = report.page.locator("#points tbody td[title]").evaluate_all(
        "cells => cells.map(cell => cell.title)")
    expected = [f"{row['mean']} ({row['ci_low']} to {row['ci_high']}) {row['unit']}"
                for row in rows_of(name) if row["measure"] == measure]
    numbers = lambda text: [float(part) for part in re.findall(r"-?\d[0-9.e+-]*", text)]
    assert len(titles) == len(expected) and all(
        numbers(a) == numbers(b) for a, b in zip(titles, expected)), (name, measure)
    assert report.page.locator("#explorer svg .mark-symbol path").count() >= len(expected), name


def check_explorer(report, name):
    """Dragging keeps rows, and a click in the legend fades the others."""
    report.page.select_option("#row", "")
    report.page.wait_for_timeout(500)
    count = len(report.cells("points"))
    box = report.plot("#explorer")
    report.page.mouse.move(box["x"] + 2, box["y"] + 2)
    report.page.mouse.down()
    report.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] - 2, steps=5)
    report.page.mouse.up()
    report.page.wait_for_timeout(400)
    assert 0 < len(report.cells("points")) < count, (name, count, len(report.cells("points")))
    faded = "marks => marks.filter(mark => Number(mark.getAttribute('opacity')) < 1).length"
    marks = report.page.locator("#explorer svg .mark-symbol.role-mark path")
    assert marks.evaluate_all(faded) == 0, name
    report.page.locator("#explorer svg .role-legend-symbol path").first.click()
    report.page.wait_for_timeout(400)
    assert 0 < marks.evaluate_all(faded) < marks.count(), name


def check_zoom(report, name):
    """Ctrl and the wheel move marks, a double-click brings them back."""
    marks = report.page.locator("[data-figure='0'] svg .mark-symbol path")
    places = lambda: [mark.get_attribute("transform") for mark in marks.all()]
    before, chart = places(), "[data-figure='0']"
    box = report.plot(chart)
    report.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    report.page.mouse.wheel(0, -20)
    report.page.wait_for_timeout(300)
    assert places() == before, (name, "the wheel alone zooms")
    box = report.plot(chart)
    report.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    report.page.keyboard.down("Control")
    report.page.mouse.wheel(0, -200)
    report.page.keyboard.up("Control")
    report.page.wait_for_timeout(300)
    assert places() != before, (name, "Ctrl and the wheel do not zoom")
    report.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + 40)
    report.page.wait_for_timeout(300)
    assert places() == before, (name, "a double-click does not bring all back")


def check_search(report, name):
    """The list of parameters can be searched."""
    rows = "table.parameters tbody tr:not([hidden])"
    count = report.page.locator(rows).count()
    report.page.fill("#search", "unknown")
    assert 0 < report.page.locator(rows).count() < count, name
    report.page.fill("#search", "")
    assert report.page.locator(rows).count() == count > 50, name


def check(context, name, field, level, label, measure):
    report = Page(context, results / name / "report.html")
    figures = report.page.locator("[data-figure] svg.marks").count()
    assert figures == len(list((results / name / "figures").glob("*.vl.json"))) > 0, name
    said = check_hover(report, name)
    check_filter(report, name, field, level, label)
    check_table(report, name, measure)
    check_zoom(report, name)
    check_explorer(report, name)
    check_search(report, name)
    assert report.page.locator("#difference-table tbody tr").count() > 0, name
    assert report.complaints == [], (name, report.complaints)
    if pictures:
        report.page.reload()
        report.page.wait_for_function("document.body.dataset.ready === 'yes'")
        pictures.mkdir(parents=True, exist_ok=True)
        report.page.screenshot(path=pictures / f"{name}.png", full_page=True)
    print(f"{name}: {figures} figures drawn, {said} marks say their numbers, filters, zoom, table and search work")


def shapes(page, svg):
    """Bars, cells and points that are seen in a picture, where its panel has them, to a thousandth of a
    pixel."""
    marks = page.locator(svg).evaluate(
        """svg => [...svg.querySelectorAll('.mark-rect.role-mark path, .mark-symbol.role-mark path')]
             .filter(mark => mark.getAttribute('opacity') !== '0')
             .map(mark => `${mark.getAttribute('d')} ${mark.getAttribute('transform') ?? ''}`)""")
    return [re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda n: f"{float(n[0]):.3f}", mark) for mark in marks]


def check_kinds(context):
    """Each kind of figure has the marks of the printed one, at the same places."""
    report = Page(context, results / "kinds" / "report.html")
    count = 0
    for node in report.page.locator("[data-figure]").all():
        name, number = node.get_attribute("aria-label"), node.get_attribute("data-figure")
        printed = context.new_page()
        printed.goto((results / "kinds" / "figures" / f"{name}.svg").resolve().as_uri())
        expected = shapes(printed, "svg")
        found = shapes(report.page, f"[data-figure='{number}'] svg.marks")
        assert found == expected, (name, found, expected)
        count += len(expected)
        printed.close()
    assert count > 50 and report.complaints == [], (count, report.complaints)
    assert report.page.locator("h1").inner_text() == "Do <all> kinds & 'quotes' work?"
    print(f"kinds: {count} marks of {int(number) + 1} figures are where print has them")


def check_index(context):
    page = context.new_page()
    page.goto((results / "index.html").resolve().as_uri())
    links = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    names = sorted(path.parent.name for path in results.glob("*/report.html"))
    assert [link.split("/")[-2] for link in links] == names, links
    assert page.locator("main img").evaluate_all("images => images.every(image => image.naturalWidth > 0)")
    page.locator("main a").first.click()
    page.wait_for_function("document.body.dataset.ready === 'yes'")
    print(f"index: {len(links)} experiments, pictures drawn, links lead to reports")


with sync_playwright() as playwright:
    chromium = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 900})
    check(context, "finality", "system", "starknet", "starknet", "finality_posted_s_p50")
    check(context, "cost", "system", "starknet", "starknet", "cost_data_wei_per_tx_mean")
    check(context, "fee-markets", "settlement_starts_at", "1764791351", "2025-12-03 19:49 UTC",
          "market_blob_own_wei_per_blob_mean")
    check_kinds(context)
    check_index(context)
    chromium.close()
