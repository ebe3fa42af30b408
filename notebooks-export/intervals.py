# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How far can an interval be trusted?
#
# All other notebooks compare means, and say by their 95 % intervals whether a difference is one. That is worth as much
# as the intervals are. `coverage` repeats experiments whose truth is known in closed form, a thousand times each, and
# counts how often the interval contains it. `variance` measures how much each technique that saves runs does save.
# Neither is about the article: this is about the instrument.

# %% Load
import altair as alt
import pandas as pd
from scipy import stats

import lab

coverage = pd.read_csv("../results/coverage/coverage.csv")
variance = pd.read_csv("../results/variance/variance.csv")
cost = pd.read_csv("../results/cost/runs.csv")
finality = pd.read_csv("../results/finality/runs.csv")

# %% [markdown]
# ## Coverage
#
# Each row is a thousand experiments on a queue. Were intervals right, 950 of them contain the truth, give or take chance.
# The exact test is of a binomial count; with this many rows Holm's correction keeps the chance of any false alarm at 5 %.

# %% Test
hits = (coverage.covered * coverage.experiments).round().astype(int)
coverage["p"] = [stats.binomtest(int(h), int(n), 0.95).pvalue for h, n in zip(hits, coverage.experiments)]
ranked = coverage.p.sort_values()
left = pd.Series(range(len(ranked), 0, -1), index=ranked.index)
holm = (ranked * left).cummax().clip(upper=1)
coverage["p, Holm"] = holm.reindex(coverage.index)
lab.table(coverage[["model", "quantity", "method", "covered", "p", "p, Holm"]],
          **{"p": lab.p_value, "p, Holm": lab.p_value})

# %% Plot
coverage["case"] = coverage.model + ", " + coverage.quantity
coverage["by"] = coverage.method.map(lambda m: m.split(",")[0].split(" of ")[0])
coverage["row"] = coverage["case"] + " (" + coverage["by"] + ")"
y = alt.Y("row:N", title=None, sort=list(coverage["row"]), axis=alt.Axis(labelLimit=420))
x = alt.X("covered:Q", scale=alt.Scale(domain=[0.9, 1]), title="share whose interval contains the truth")
level = alt.Chart(pd.DataFrame({"covered": [0.95]})).mark_rule(strokeDash=[4, 4], color="#555").encode(x=x)
bars = alt.Chart(coverage).mark_rule(strokeWidth=3, color=lab.PALETTE[0]).encode(
    y=y, x=alt.X("covered_low:Q"), x2="covered_high:Q")
dots = alt.Chart(coverage).mark_point(filled=True, size=50, opacity=1, color=lab.PALETTE[0]).encode(y=y, x=x)
(level + bars + dots).properties(
    width=330, height=400,
    title=alt.Title("A 95 % interval holds in 95 % of experiments",
                    subtitle=f"{coverage.experiments.max():,} experiments a row; bars: exact 95 % interval"))

# %% tags=["words"]
worst = coverage.loc[coverage["p, Holm"].idxmin()]
refused = (coverage["p, Holm"] < 0.05).sum()
lab.say(f"""**What came out.** Intervals hold in {lab.digits(100 * coverage.covered.min())} to
{lab.digits(100 * coverage.covered.max())} % of the experiments. Of {len(coverage)} rows {refused} differ from 95 % by
more than chance; the smallest p-value, corrected, is {lab.p_value(worst["p, Holm"])} ({worst.model}, {worst.quantity}).""")

# %% [markdown]
# ## Pairs
#
# Common random numbers make runs of one replication alike, so that differences are known better than means. How much
# better, in the results that are kept? The first interval is Welch's, of two independent samples; the second that of
# pairs, of the same runs.

# %%
def widths(name, first, second):
    """Half-widths of both intervals of the difference of means, and how many times fewer runs pairs need."""
    pairs = pd.concat([first, second], axis=1).dropna()
    a, b = pairs.iloc[:, 0], pairs.iloc[:, 1]
    apart = stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    together = stats.ttest_rel(a, b).confidence_interval()
    apart, together = ((i.high - i.low) / 2 for i in (apart, together))
    return {"difference": name, "of means": (a - b).mean(), "± independent": apart, "± paired": together,
            "runs saved, times": (apart / together) ** 2}


LOAD = "workload_arrivals_poisson_rate_per_s"
ten = cost[(cost[LOAD] == 10) & (cost.poster_carrier == "calldata")]
data = ten.pivot(index="replication", columns="system", values="cost_data_usd_per_tx_mean")
fast = finality[finality[LOAD] == 10]
fast = fast.pivot(index="replication", columns="system", values="finality_final_s_p50")
lab.table(pd.DataFrame([
    widths(f"{what}, {lab.name(first)} less {lab.name(second)}", runs[first], runs[second])
    for what, runs in (("data in calldata [USD]", data), ("time to finality [s]", fast))
    for first, second in (("arbitrum-nitro", "optimism-fault-proofs"), ("arbitrum-nitro", "starknet"))
]))

# %% [markdown]
# ## Techniques that save runs
#
# `variance.csv` has, for each technique, setting and quantity, the variance without it over that with it: as many times
# fewer runs do. Its interval is a bootstrap's, by the program. Where it is empty the technique leaves no variance at all.

# %%
saved = variance.dropna(subset=["factor"]).copy()
saved["technique"] = saved.technique.str.split(" demand_").str[0].str.split(" throughput_").str[0]
saved["effect"] = "not told apart"
saved.loc[saved.ci_low > 1, "effect"] = "saves"
saved.loc[saved.ci_high < 1, "effect"] = "costs"
summary = saved.groupby("technique", sort=False).agg(
    rows=("factor", "size"), smallest=("factor", "min"), median=("factor", "median"), largest=("factor", "max"),
    saves=("effect", lambda e: int((e == "saves").sum())), costs=("effect", lambda e: int((e == "costs").sum())))
lab.table(summary.reset_index())

# %%
effects = {"saves": "#009E73", "not told apart": "#999999", "costs": "#D55E00"}
techniques = list(saved.technique.unique())
x = alt.X("factor:Q", scale=alt.Scale(type="log", nice=False), title="variance without over variance with",
          axis=alt.Axis(format="~s", tickCount=8))
base = alt.Chart(saved).encode(
    y=alt.Y("technique:N", sort=techniques, title=None, axis=alt.Axis(labelLimit=300)),
    yOffset=alt.YOffset("row:N"),
    color=alt.Color("effect:N", title=None, scale=alt.Scale(domain=list(effects), range=list(effects.values()))),
).transform_calculate(row="datum.setting + datum.quantity")
one = alt.Chart(pd.DataFrame({"factor": [1]})).mark_rule(strokeDash=[4, 4], color="#555").encode(x=x)
(one + base.mark_rule(strokeWidth=2).encode(x=alt.X("ci_low:Q"), x2="ci_high:Q")
 + base.mark_point(filled=True, size=30, opacity=1).encode(x=x)).properties(
    width=420, height=380,
    title=alt.Title("What saves runs, and for which quantity it does not",
                    subtitle="a row for each setting and quantity; bars: 95 % interval, bootstrap"))

# %% tags=["words"]
counts = saved.effect.value_counts()
top = saved.loc[saved.factor.idxmax()]
lab.say(f"""**What came out.** In {counts.get("saves", 0)} of {len(saved)} combinations a technique saves runs, in
{counts.get("costs", 0)} it costs some, and in {counts.get("not told apart", 0)} the two cannot be told apart. The largest factor is
{lab.digits(top.factor, 2)} ({top.technique}, {top.quantity}). No technique helps every quantity: pairs help where two
points meet the same weather, and hardly where each has its own.""")

# %% [markdown]
# ## Limits
#
# Coverage was measured on queues with closed forms, which are simpler than rollups, and for means and quantiles of the
# kinds that tables have. With few replications of something skewed an interval holds less often than it says; no closed
# form of such a world is known.
