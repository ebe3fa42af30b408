"""What the notebooks share: names and colours of the systems, the look of figures, paired tests, and numbers
as text. Everything else stands in the notebook that needs it."""

import math
import re

import altair as alt
import pandas as pd
from IPython.display import Markdown, display
from scipy import stats

# The colours are of Okabe and Ito's palette, which colour-blind readers tell apart.
NAMES = {
    "arbitrum-nitro": "Arbitrum One",
    "optimism-fault-proofs": "OP Mainnet",
    "zksync-era": "ZKsync Era",
    "starknet": "Starknet",
}
COLOURS = dict(zip(NAMES.values(), ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]))
SHAPES = dict(zip(NAMES.values(), ["circle", "square", "triangle-up", "diamond"]))
FAMILIES = {
    "arbitrum-nitro": "optimistic",
    "optimism-fault-proofs": "optimistic",
    "zksync-era": "validity",
    "starknet": "validity",
}
# For whatever is not a system.
PALETTE = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#555555"]


@alt.theme.register("rollsim", enable=True)
def _theme():
    axis = {"labelFontSize": 11, "titleFontSize": 12, "gridColor": "#e6e6e6"}
    axis |= {"domainColor": "#888", "tickColor": "#888"}
    title = {"anchor": "start", "fontSize": 14, "subtitleFontSize": 11, "subtitleColor": "#555", "offset": 12}
    return alt.theme.ThemeConfig(
        config={
            "font": "DejaVu Sans, Helvetica, Arial, sans-serif",
            "background": "white",
            "padding": 12,
            "axis": axis,
            "legend": {"labelFontSize": 11, "titleFontSize": 12, "symbolOpacity": 1},
            "header": {"labelFontSize": 12, "titleFontSize": 12},
            "title": title,
            "range": {"category": PALETTE},
            "view": {"stroke": None},
        }
    )


alt.renderers.enable("svg")


def wrong_claims(runs, setting):
    """How many claims of all runs in a setting were wrong, how many of them stood, and which share that is."""
    stood = runs.assign(stood=runs.dispute_wrong_effective_share * runs.dispute_wrong_count)
    sums = stood.groupby(setting)[["stood", "dispute_wrong_count"]].sum().reset_index()
    return sums.assign(share=sums.stood / sums.dispute_wrong_count)


def name(system):
    """What a system is called in text; a name that is not known stays."""
    return NAMES.get(system, system)


def colours(title="system", only=None):
    """The colour of a column 'name' of systems, the same in every figure."""
    chosen = [n for n in NAMES.values() if only is None or n in only]
    scale = alt.Scale(domain=chosen, range=[COLOURS[n] for n in chosen])
    return alt.Color("name:N", title=title, scale=scale)


def shapes(title="system", only=None):
    """The shape of the same column, for readers without colours; it shares the legend."""
    chosen = [n for n in NAMES.values() if only is None or n in only]
    scale = alt.Scale(domain=chosen, range=[SHAPES[n] for n in chosen])
    return alt.Shape("name:N", title=title, scale=scale)


def paired(first, second):
    """Student's test of pairs, the mean of first less second with its 95 % interval. Both are columns over
    the same replications, which met the same random numbers."""
    pairs = pd.concat([first, second], axis=1).dropna()
    test = stats.ttest_rel(pairs.iloc[:, 0], pairs.iloc[:, 1])
    interval = test.confidence_interval(0.95)
    difference = (pairs.iloc[:, 0] - pairs.iloc[:, 1]).mean()
    return pd.Series(
        {"difference": difference, "low": interval.low, "high": interval.high, "p": test.pvalue, "pairs": len(pairs)}
    )


def paired_ratio(first, second):
    """The same of logarithms, as a ratio: the geometric mean of first over second with its 95 % interval."""
    logarithms = paired(first.map(math.log), second.map(math.log))
    return pd.Series(
        {
            "ratio": math.exp(logarithms.difference),
            "low": math.exp(logarithms.low),
            "high": math.exp(logarithms.high),
            "p": logarithms.p,
            "pairs": logarithms.pairs,
        }
    )


def digits(value, count=3):
    """A number with so many significant digits, without an exponent where one can read it."""
    if value is None or pd.isna(value):
        return "–"
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e7:
        places = max(0, count - 1 - math.floor(math.log10(abs(float(f"{value:.{count - 1}e}")))))
        whole = f"{float(f'{value:.{count - 1}e}'):,.{places}f}"
        return whole
    mantissa, exponent = f"{value:.{count - 1}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def p_value(p):
    """A p-value as text: what is smaller than 1e-6 is only that."""
    return "below 1e-6" if p < 1e-6 else digits(p, 1)


def duration(seconds):
    """A time in the unit in which one reads it."""
    if pd.isna(seconds):
        return "–"
    for limit, unit, size in ((60, "s", 1), (3600, "min", 60), (172_800, "h", 3600), (math.inf, "d", 86_400)):
        if abs(seconds) < limit:
            return f"{digits(seconds / size)} {unit}"


def interval(low, high, count=3):
    return f"{digits(low, count)} to {digits(high, count)}"


def table(frame, **formats):
    """A frame as a Markdown table, so that it reads the same everywhere. A format is a function of a cell;
    numbers without one get three significant digits."""
    columns = [str(c).replace("_", " ") for c in frame.columns]
    numbers = frame.select_dtypes("number").columns
    right = [c in numbers or str(c) in formats for c in frame.columns]
    lines = ["| " + " | ".join(columns) + " |", "|" + "|".join("--:" if r else "---" for r in right) + "|"]
    for row in frame.itertuples(index=False):
        cells = []
        for column, value in zip(frame.columns, row):
            if column in formats:
                cells.append(formats[column](value))
            elif pd.api.types.is_bool(value):
                cells.append("yes" if value else "no")
            elif isinstance(value, float):
                # Loads are levels of the design and not measured.
                cells.append(f"{value:g}" if str(column).startswith("load") else digits(value))
            else:
                cells.append(str(value))
        lines.append("| " + " | ".join(re.sub(r"\|", "\\|", c) for c in cells) + " |")
    say("\n".join(lines))


def say(text):
    """Text of a cell, in Markdown."""
    display(Markdown(text))


def rests_on(points, runs):
    """What a result rests on: how many rows of points.csv rest on which evidence, and the unknown figures
    that the replications drew, of runs.csv."""
    counts = points.groupby("basis").size()
    parts = [f"{counts[b]:,} are {b}" for b in ("documented", "estimated", "unknown") if b in counts]
    say(f"Of the {len(points):,} rows of `points.csv`, {' and '.join(parts)} at worst.")
    drawn = [c for c in runs.columns if c.startswith("drawn_")]
    by = "system" if "system" in runs.columns else None
    rows = []
    for group, part in runs.groupby(by, sort=False) if by else [("", runs)]:
        for column in drawn:
            values = part[column].dropna()
            if len(values) and values.nunique() > 1:
                row = {"system": name(group)} if by else {}
                rows.append(row | {"figure drawn": column.removeprefix("drawn_"), "smallest": values.min(),
                                   "median": values.median(), "largest": values.max()})
    if rows:
        say("Unknown figures, which each replication draws from a range, and what was drawn:")
        table(pd.DataFrame(rows))
