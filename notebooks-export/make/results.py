"""results/README.md: every reference result with its question, figures, command and the SHA-256 of its tables."""

import hashlib
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What no sweep makes: question, command, and where one reads on.
OTHERS = {
    "coverage": (
        "How often do the simulator's confidence intervals contain the truth, where a closed form knows it?",
        "scripts/coverage",
    ),
    "history-by-day": (
        "How near does the experiment history come to what OP Mainnet paid on each day of 2024?",
        "scripts/history OP GAS",
    ),
    "portability": (
        "How many rows of the first replications differ where the C library has neither FMA nor AVX2?",
        "scripts/portability",
    ),
    "variance": (
        "How much variance do common random numbers, controls, antithetic pairs and sampled unknowns save?",
        ".build/release/rollsim-bench variance 512 2 > results/variance/variance.csv",
    ),
}
# Notebooks of another name than their result.
NOTEBOOKS = {"coverage": "intervals", "history-by-day": "history", "variance": "intervals"}
HEAD = """# Reference results

What the program gives, kept so that anybody can compare. `scripts/results` makes every sweep again and compares
the tables byte for byte, and `scripts/test` the first replications of those that take long; `scripts/check-packages` reads each table against the types, units and keys of its
`datapackage.json`; `scripts/rollsim verify results/NAME` replays a result from its manifest. Notebooks that
load, filter, plot and test the tables are in [`notebooks-export/`](../notebooks-export/README.md).

| result | question | tables | figures | notebook |
|---|---|--:|--:|---|
"""


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def replications(rule):
    return f"{rule} replications" if isinstance(rule, int) else "as many replications as a precision takes"


def section(folder):
    """A row of the table of contents, and the section of a result."""
    name = folder.name
    manifest = folder / "manifest.json"
    if manifest.exists():
        content = json.loads(manifest.read_text(encoding="utf-8"))
        question = content["question"]
        # What the manifest names is the program alone, which scripts/rollsim builds and calls.
        command = "scripts/" + " ".join(content["command"])
        random = content["random"]
        made = (
            f"{replications(content['specification']['replications'])}, seed {random['seed']}, model version "
            f"{content['program']['model_version']}; specification "
            f"[`{content['inputs'][0]['path']}`](../{content['inputs'][0]['path']})."
        )
    else:
        question, command = OTHERS[name]
        made = ""
    tables = sorted(folder.glob("*.csv"))
    figures = sorted(folder.glob("figures/*.svg"))
    notebook = NOTEBOOKS.get(name, name)
    has_notebook = (ROOT / f"notebooks-export/{notebook}.html").exists()
    link = f"[{notebook}](../notebooks-export/{notebook}.html)" if has_notebook else "-"
    row = f"| [`{name}`](#{name}) | {question} | {len(tables)} | {len(figures)} | {link} |"
    lines = [f"## {name}", "", question, ""]
    if made:
        lines += [made, ""]
    lines += ["```", command, "```", ""]
    for figure in figures:
        title = json.loads(figure.with_suffix(".vl.json").read_text(encoding="utf-8"))["title"]
        lines += [f"![{figure.stem}: {title['text']}]({name}/figures/{figure.name})", "", f"*{title['subtitle']}*", ""]
    lines += ["| table | rows | SHA-256 |", "|---|--:|---|"]
    for table in tables:
        rows = table.read_bytes().count(b"\n") - 1
        lines.append(f"| [`{table.name}`]({name}/{table.name}) | {rows:,} | `{digest(table)}` |")
    return row, "\n".join(lines)


def readme():
    names = {p.stem for p in ROOT.glob("experiments/*.yaml")} | set(OTHERS)
    folders = [ROOT / "results" / name for name in sorted(names)]
    folders = [folder for folder in folders if folder.is_dir()]
    sections = [section(folder) for folder in folders]
    rows = "\n".join(row for row, _ in sections)
    note = "<!-- Made by scripts/notebooks from notebooks-export/make/results.py: change that. -->"
    return HEAD + rows + "\n\n" + "\n\n".join(text for _, text in sections) + f"\n\n{note}\n"
