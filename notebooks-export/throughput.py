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
# # How much fits?
#
# The experiment `throughput` offers four rollups more and more transactions, up to a thousand per second, and
# counts what is executed, what is posted and what becomes final. Timers are short and the warm-up is long, so that
# rates show capacity and not how often batches are due.
#
# **What the article says** (section 2b, and 1): transactions per second are a bad measure. Each project assembles
# conditions and mixes notions until its number is larger than its rival's; in real use it is far less.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/throughput/points.csv")
runs = pd.read_csv("../results/throughput/runs.csv")
LOAD = "workload_arrivals_poisson_rate_per_s"
TOP = runs[LOAD].max()
RUNS = runs.replication.nunique()
lab.table(points.head(3))

# %% [markdown]
# ## Four numbers for one rollup
#
# `claimed` is what a headline would say: the capacity of execution, if every transaction were the smallest of the
# mix. The capacities are those of the mix as it is: what blocks of the rollup hold, what the settlement
# chain can carry if nobody else uses it, and what the provers can prove. `final` is what was simulated at the highest
# load.

# %% Filter
NUMBERS = {"throughput_claimed_tx_per_s": "claimed", "throughput_capacity_execution_tx_per_s": "execution",
           "throughput_capacity_data_tx_per_s": "data", "throughput_capacity_proving_tx_per_s": "proving",
           "throughput_final_tx_per_s": "final"}
top = points[(points[LOAD] == TOP) & points.measure.isin(NUMBERS)].copy()
top["number"] = top.measure.map(NUMBERS)
wide = top.pivot(index="system", columns="number", values="mean").loc[list(lab.NAMES), list(NUMBERS.values())]
wide.insert(0, "system", [lab.name(s) for s in wide.index])
wide["tightest"] = wide[["execution", "data", "proving"]].idxmin(axis=1)
lab.table(wide)

# %% Plot
RATES = {"throughput_executed_tx_per_s": "executed", "throughput_posted_tx_per_s": "posted",
         "throughput_final_tx_per_s": "final"}
rates = points[points.measure.isin(RATES)].copy()
rates["rate"] = rates.measure.map(RATES)
rates["name"] = rates.system.map(lab.name)
rates["load"] = rates[LOAD]
rates["low"] = rates.ci_low.clip(lower=1)
x = alt.X("load:Q", scale=alt.Scale(type="log", nice=False), title="load [transactions/s]",
          axis=alt.Axis(values=[10, 30, 100, 300, 1000]))
scale = alt.Scale(type="log", domain=[5, 1300], nice=False, clamp=True)
y = alt.Y("mean:Q", scale=scale, title="rate [transactions/s]", axis=alt.Axis(values=[10, 30, 100, 300, 1000]))
colour = alt.Color("rate:N", sort=list(RATES.values()), title="rate of what is")
lines = alt.Chart(rates).encode(x=x, color=colour)
chart = (lines.mark_area(opacity=0.15).encode(y=alt.Y("low:Q", scale=scale), y2="ci_high:Q")
         + lines.mark_line().encode(y=y, strokeDash=alt.StrokeDash(
             "rate:N", sort=list(RATES.values()), title="rate of what is"))
         + lines.mark_point(filled=True, size=35, opacity=1).encode(y=y))
chart.properties(width=250, height=190).facet(
    facet=alt.Facet("name:N", title=None, sort=list(lab.NAMES.values())), columns=2,
    title=alt.Title("What is executed need not be what becomes final",
                    subtitle=f"bands: 95 % interval over {RUNS} replications, cut at the ends of the axis"))

# %% [markdown]
# ## The headline and what is final
#
# Replications are few, so intervals are wide; the claim is a constant of the scenario, and so the pair is one
# of a measured rate with a number.

# %% Test
rows = []
for system, part in runs[runs[LOAD] == TOP].groupby("system", sort=False):
    part = part.set_index("replication")
    headline = lab.paired_ratio(part.throughput_claimed_tx_per_s, part.throughput_final_tx_per_s)
    limit = lab.paired_ratio(part.throughput_final_tx_per_s, part.throughput_bottleneck_tx_per_s)
    executed = lab.paired_ratio(part.throughput_executed_tx_per_s, part.throughput_final_tx_per_s)
    rows.append({"system": lab.name(system), "claimed over final": headline.ratio, "low": headline.low,
                 "high": headline.high, "p": headline.p, "final over bottleneck": limit.ratio,
                 "executed over final": executed.ratio})
headlines = pd.DataFrame(rows)
lab.table(headlines, p=lab.p_value)

# %% tags=["words"]
h = headlines.set_index("system")
sure = h[h.low > 1]
unsure = h[h.low <= 1]
doubt = "".join(f""" In {n} the replications cannot tell: the interval is
{lab.interval(r.low, r.high, 2)}, for its proofs rest on figures drawn from wide ranges.""" for n, r in unsure.iterrows())
lab.say(f"""**What came out.** A headline is {lab.digits(sure["claimed over final"].min(), 2)} to
{lab.digits(sure["claimed over final"].max(), 2)} times what becomes final at {TOP:,} offered transactions per second,
in {" and ".join(", ".join(sure.index).rsplit(", ", 1))}.{doubt} What is tightest differs:
{", ".join(f"{r.tightest} in {r.system}" for r in wide.itertuples())}, by mean capacities. The final rate is
{lab.digits(h["final over bottleneck"].min(), 2)} to {lab.digits(h["final over bottleneck"].max(), 2)} times the least
capacity of each run. On Arbitrum One it is that low because others use the settlement chain as well; it goes on executing
{lab.digits(h.loc["Arbitrum One", "executed over final"], 2)} times what can become final, so that its backlog
grows without end.""")

# %% [markdown]
# ## What an overload does to the user
#
# A rollup whose sequencer is the bottleneck makes users wait and drops what finds its mempool full; one whose data
# or proofs are the bottleneck goes on answering at once.

# %%
user = points[points.measure.isin(["finality_soft_s_p95", "throughput_dropped_share", "finality_final_s_p50"])
              & points[LOAD].isin([100, TOP])]
user = user.pivot(index=["system", LOAD], columns="measure", values="mean").reset_index()
user = pd.DataFrame({"system": user.system.map(lab.name), "load [1/s]": user[LOAD],
                     "answer, 95th percentile": user.finality_soft_s_p95,
                     "dropped": user.throughput_dropped_share, "final, median": user.finality_final_s_p50})
lab.table(user, **{"answer, 95th percentile": lab.duration, "final, median": lab.duration})

# %% tags=["words"]
over = user[user["load [1/s]"] == TOP].set_index("system")
calm = user[user["load [1/s]"] == 100].set_index("system")
lab.say(f"""**What came out.** At {TOP:,} per second OP Mainnet drops {lab.digits(100 * over.dropped["OP Mainnet"], 2)} % and
ZKsync Era {lab.digits(100 * over.dropped["ZKsync Era"], 2)} % of the transactions, and an answer takes up to
{lab.duration(over["answer, 95th percentile"].max())} where it took
{lab.duration(calm["answer, 95th percentile"]["OP Mainnet"])}. Arbitrum One still answers within
{lab.duration(over["answer, 95th percentile"]["Arbitrum One"])}, and nothing in its answers says that finality falls
behind: a rate of answers is no rate of finality.""")

# %% [markdown]
# ## What lasts
#
# A capacity is what a moment carries. What lasts is less: above its gas target the price of layer 2 gas rises without
# bound, and above the settlement chain's target that of data does.

# %%
LASTS = {"throughput_capacity_execution_tx_per_s": "execution, a moment",
         "throughput_sustained_execution_tx_per_s": "execution, lasting",
         "throughput_capacity_data_tx_per_s": "data, a moment",
         "throughput_sustained_data_tx_per_s": "data, lasting"}
lasts = points[(points[LOAD] == TOP) & points.measure.isin(LASTS)]
lasts = lasts.pivot(index="system", columns="measure", values="mean").loc[list(lab.NAMES), list(LASTS)]
lasts = lasts.rename(columns=LASTS)
lasts.insert(0, "system", [lab.name(s) for s in lasts.index])
lab.table(lasts)

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Execution is serial, with one gas limit per block; parallel execution is not modelled yet. The mix of
# transactions is assumed, and decides how far headline and mix lie apart. Nobody else competes for the
# rollup's sequencer, and load is steady. Rates of finality below the bottleneck scatter, since few claims
# fall into the measured half hour: read them at overload. Batches close after a minute here, which costs more than in
# practice.
