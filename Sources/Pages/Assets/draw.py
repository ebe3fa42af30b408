# Draws Vega-Lite documents, or writes the scripts that draw them in a browser. Runs in the environment that
# scripts/setup makes; reads jobs.json of the folder that it is given and leaves answer.json there.
#
# jobs.json: {"jobs": [{"name": "for messages", "text": "the document", "formats": ["svg"] or null}],
#             "scripts": whether vega.js is wanted}
# answer.json: {"pictures": [{"job": 0, "format": "svg", "file": "0.svg"}], "problems": ["…"]}
import json, pathlib, re, sys
import vl_convert


def svg(document):
    """A picture whose names do not depend on what was drawn before it."""
    names = {}

    def renamed(match):
        number = names.setdefault(match[2], len(names))
        return f"{match[1]}{match[2].rstrip('0123456789')}{number}{match[3]}"

    text = vl_convert.vegalite_to_svg(document)
    return re.sub(r'(id="|url\(#)((?:clip|gradient_)\d+)("|\))', renamed, text).encode()


WRITERS = {
    "svg": svg,
    "png": lambda document: vl_convert.vegalite_to_png(document, scale=2),
    "pdf": vl_convert.vegalite_to_pdf,
}
folder = pathlib.Path(sys.argv[1])


def formats(job):
    """The formats that a document asks for, unless the job says otherwise."""
    content = json.loads(job["text"])
    asked = content.get("usermeta") if isinstance(content, dict) else None
    return job["formats"] or (asked or {}).get("formats") or ["svg", "png"]


def draw(number, job):
    """The pictures of a job, as the answer names them."""
    pictures = []
    for name in formats(job):
        if name not in WRITERS:
            raise ValueError(f"\nexpected a format of {', '.join(WRITERS)}; found '{name}'")
        file = f"{number}.{name}"
        (folder / file).write_bytes(WRITERS[name](job["text"]))
        pictures.append({"job": number, "format": name, "file": file})
    return pictures


work = json.loads((folder / "jobs.json").read_text(encoding="utf-8"))
answer = {"pictures": [], "problems": []}
for number, job in enumerate(work["jobs"]):
    try:
        answer["pictures"] += draw(number, job)
    except json.JSONDecodeError as error:
        place = f"{job['name']}:{error.lineno}:{error.colno}"
        answer["problems"].append(f"{place}: expected a JSON document: {error.msg}")
    except Exception as error:
        # The first line says only that it failed, those from the third on where in the renderer.
        reason = (str(error).splitlines() or ["no reason given"])[:2][-1].strip()
        answer["problems"].append(f"{job['name']}: expected a Vega-Lite document: {reason}")
if work["scripts"]:
    (folder / "vega.js").write_text(vl_convert.javascript_bundle(), encoding="utf-8")
(folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
