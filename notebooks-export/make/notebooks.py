"""Executes the notebooks and makes what is committed of them: a page for each, the handbook's page on the
article, and results/README.md. scripts/notebooks calls this; the same sources and tables give the same bytes.

usage: notebooks.py [--check] [NAME...]
"""

import concurrent.futures
import html
import os
import pathlib
import re
import sys
import tempfile

import jupytext
import nbclient
import results
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from traitlets.config import Config

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks-export"
HANDBOOK_PAGE = "Sources/Handbook/Handbook.docc/Explanation/TheArticle.md"
REJECTED = ROOT / ".build/notebooks"
# The article comes first, then the experiments.
SOURCES = sorted((p for p in FOLDER.glob("*.py") if p.name != "lab.py"), key=lambda p: (p.stem != "article", p.stem))
MARKDOWN = MarkdownIt("commonmark").enable("table")
CODE = HtmlFormatter(nowrap=True)


class Wrong(Exception):
    """What is wrong with a notebook, in words."""


def executed(source):
    """The notebook with the outputs of its cells. A cell that fails, or warns, is an error."""
    notebook = jupytext.read(source)
    # A socket in a folder of its own, which other users cannot read: nobody else is on the machine's ports.
    sockets = tempfile.TemporaryDirectory()
    settings = Config(KernelManager={"transport": "ipc", "ip": f"{sockets.name}/kernel"})
    client = nbclient.NotebookClient(
        notebook,
        config=settings,
        kernel_name="python3",
        timeout=300,
        record_timing=False,
        resources={"metadata": {"path": str(FOLDER)}},
    )
    try:
        with sockets:
            client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
        raise Wrong(f"{source.name}: failed: a cell does not run:\n{text.strip()}") from None
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise Wrong(f"{source.name}: failed: cell {number} warns:\n{output.text.strip()}")
    return notebook


def shown(output, prefix):
    """An output of a cell as HTML."""
    if output.output_type == "stream":
        return f'<pre class="said">{html.escape(output.text.rstrip())}</pre>'
    data = output.data
    if "image/svg+xml" in data:
        # Ids are those of the page, on which there are other figures.
        svg = re.sub(r'\bid="', f'id="{prefix}-', data["image/svg+xml"])
        svg = re.sub(r"url\(#", f"url(#{prefix}-", svg)
        svg = re.sub(r'href="#', f'href="#{prefix}-', svg)
        return f"<figure>{svg}</figure>"
    if "text/markdown" in data:
        return markdown(data["text/markdown"])
    return f'<pre class="said">{html.escape(data["text/plain"])}</pre>'


def markdown(text):
    rendered = MARKDOWN.render(text).strip()
    return rendered.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")


def title(source):
    return re.search(r"^# # (.+)$", source.read_text(encoding="utf-8"), re.M)[1]


def page(source, notebook):
    """The notebook as a page that needs nothing else and runs no script."""
    body = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            body.append(markdown(cell.source))
        elif cell.cell_type == "code":
            code = f"<pre>{highlight(cell.source, PythonLexer(), CODE).rstrip()}</pre>"
            if "words" in cell.metadata.get("tags", []):
                # Code that only makes sentences stands behind them.
                code = f"<details><summary>code</summary>{code}</details>"
                body += [shown(o, f"c{number:02d}-{i}") for i, o in enumerate(cell.outputs)] + [code]
                continue
            body.append(code)
            body += [shown(o, f"c{number:02d}-{i}") for i, o in enumerate(cell.outputs)]
    links = []
    for other in SOURCES:
        label = "The article" if other.stem == "article" else other.stem
        here = ' aria-current="page"' if other == source else ""
        links.append(f'<a href="{other.stem}.html"{here}>{label}</a>')
    text = source.read_text(encoding="utf-8")
    tables = sorted(set(re.findall(r'"\.\./(results/[\w/.-]+\.csv)"', text)))
    if not tables:
        tables = sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("results/*/*.csv"))
    read = "".join(
        f"<li>{t}<br><code>{results.digest(ROOT / t)}</code></li>" for t in tables
    )
    joined = "\n".join(body)
    content = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title(source))}</title>
<style>
{(FOLDER / "make/page.css").read_text(encoding="utf-8")}{CODE.get_style_defs("pre")}
</style>
</head>
<body>
<nav>{" ".join(links)}</nav>
<main>
{joined}
</main>
<footer>
<p>Made by <code>scripts/notebooks</code> from <code>notebooks-export/{source.name}</code> and these tables,
with their SHA-256:</p>
<ul>{read}</ul>
</footer>
</body>
</html>
"""
    for forbidden in (str(ROOT), "<script", 'src="http', "@import", "<link"):
        if forbidden in content:
            raise Wrong(f"{source.name}: failed: the page would have '{forbidden}' in it")
    return content


def handbook(notebook):
    """What the cells tagged 'handbook' say, as a page of the handbook."""
    parts = []
    for cell in notebook.cells:
        if "handbook" not in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        else:
            parts += [o.data["text/markdown"] for o in cell.outputs if "text/markdown" in o.get("data", {})]
    text = "\n\n".join(part.strip() for part in parts) + "\n"
    # Files of the checkout are not part of the handbook's site.
    text = re.sub(r"\[`?([^\]`]+)`?\]\((?!https:)[^)]+\)", r"`\1`", text)
    note = "<!-- Made by scripts/notebooks from notebooks-export/article.py: change that. -->"
    first, rest = text.split("\n", 1)
    return f"{first}\n{rest.rstrip()}\n\n{note}\n"


def products(source):
    """What is made of a notebook: contents by path from the root."""
    notebook = executed(source)
    made = {f"notebooks-export/{source.stem}.html": page(source, notebook)}
    if source.stem == "article":
        made[HANDBOOK_PAGE] = handbook(notebook)
    return made


def main(arguments):
    check = "--check" in arguments
    names = [a for a in arguments if a != "--check"]
    known = {s.stem: s for s in SOURCES}
    for wrong in [n for n in names if n not in known]:
        print(f"notebooks: there is no notebook '{wrong}'; there are {', '.join(known)}", file=sys.stderr)
        return 2
    chosen = [known[n] for n in names] or SOURCES
    problems, made = [], {}
    if not names:
        made["results/README.md"] = results.readme()
        for specification in sorted((ROOT / "experiments").glob("*.yaml")):
            name = specification.stem
            if not (ROOT / "results" / name / "manifest.json").exists():
                problems.append(f"failed: experiments/{name}.yaml has no reference result results/{name}")
            if name not in known:
                problems.append(f"failed: experiments/{name}.yaml has no notebook notebooks-export/{name}.py")
        for stray in sorted(p for p in FOLDER.glob("*.html") if p.stem not in known):
            problems.append(f"failed: notebooks-export/{stray.name} has no source")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = {pool.submit(products, source): source for source in chosen}
        for future, source in futures.items():
            try:
                made |= future.result()
            except Wrong as error:
                problems.append(str(error))
    for path, content in made.items():
        target, content = ROOT / path, content.encode("utf-8")
        if target.exists() and target.read_bytes() == content:
            print(f"{path}: same bytes")
        elif check:
            REJECTED.mkdir(parents=True, exist_ok=True)
            (REJECTED / target.name).write_bytes(content)
            kept = (REJECTED / target.name).relative_to(ROOT)
            problems.append(f"{path}: differs from what its sources give, which is in {kept}"
                            if target.exists() else f"{path}: failed: is not there; what its sources give is in {kept}")
        else:
            temporary = target.with_name(f".{target.name}.{os.getpid()}")
            temporary.write_bytes(content)
            temporary.replace(target)
            print(f"{path}: written")
    print(*(f"notebooks: {p}" for p in problems), sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


sys.exit(main(sys.argv[1:]))
