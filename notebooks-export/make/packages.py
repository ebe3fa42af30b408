"""Validates results as Frictionless data packages, and CITATION.cff. scripts/check-packages calls this.

usage: packages.py [DIR...]
"""

import json
import pathlib
import sys

import frictionless
import results
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


def of_package(folder):
    """What is wrong with a folder of results, as lines, and how many tables and rows it has."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    problems = [f"error: {folder}/datapackage.json: {e.message}" for e in report.errors]
    for task in report.tasks:
        problems += [f"error: {folder}/{task.place}: {e.message}" for e in task.errors]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"] for r in package["resources"]}
    problems += [
        f"error: {folder}/{table.name}: is not described in datapackage.json"
        for table in sorted(folder.glob("*.csv"))
        if table.name not in described
    ]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, expected in manifest["files"].items():
        path = folder / name
        found = results.digest(path) if path.exists() else None
        if found != expected:
            problems.append(f"error: {path}: {'differs from' if found else 'is missing, and in'} manifest.json")
    rows = sum(task.stats.get("rows") or 0 for task in report.tasks)
    return problems, len(report.tasks), rows


def of_citation():
    """What is wrong with CITATION.cff, as lines: what format 1.2.0 demands, and what has to fit."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    problems = [
        f"error: CITATION.cff: expected the key '{key}'"
        for key in ("cff-version", "message", "title", "authors", "version", "license")
        if not citation.get(key)
    ]
    manifest = json.loads((ROOT / "results/finality/manifest.json").read_text(encoding="utf-8"))
    if str(citation.get("version")) != manifest["program"]["version"]:
        problems.append(
            f"error: CITATION.cff: version {citation.get('version')} differs from that of the program, "
            f"{manifest['program']['version']}"
        )
    return problems


folders = [pathlib.Path(a) for a in sys.argv[1:]]
wrong = []
if not folders:
    folders = sorted(p.parent.relative_to(pathlib.Path.cwd()) if p.is_relative_to(pathlib.Path.cwd()) else p.parent
                     for p in ROOT.glob("results/*/datapackage.json"))
    wrong += of_citation()
    if not wrong:
        print("CITATION.cff: valid")
for folder in folders:
    problems, tables, rows = of_package(folder)
    wrong += problems
    if not problems:
        print(f"{folder}: valid, {tables} tables, {rows:,} rows")
print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
sys.exit(1 if wrong else 0)
