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
# # What does it take to prove?
#
# A validity rollup has to prove every batch. The experiment `prover-scaling` cuts batches of ZKsync Era into chunks,
# proves them on 16 to 256 machines and joins the proofs in a tree, at one and at ten transactions per second. A
# chunk takes 358 s whatever it has and 4.21 s more for a transaction, on one machine (Chaliasos et al. 2024). One
# attempt in a hundred fails and is made again. Machines are paid for while they are idle, too.
#
# **What the article says** (sections 0d and 3): proofs are a cost that stays for ever. They get cheaper with more
# provers, larger batches and recursion.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/prover-scaling/points.csv")
runs = pd.read_csv("../results/prover-scaling/runs.csv")
LOAD, CHUNK, PROVERS = "workload_arrivals_poisson_rate_per_s", "prover_chunk_work", "prover_provers"
TIME, COST = "finality_proven_s_p50", "cost_prover_usd_per_tx_mean"
lab.table(points.head(3))

# %% [markdown]
# ## Time to proof
#
# Prover work is counted in plain transfers; a transaction of the mix has 2.125 of them. A chunk of 300 units is some
# 140 transactions, and of 100,000 the whole batch.

# %% Filter
runs["chunk"] = runs[CHUNK].map(lambda c: "whole batch" if c > 50_000 else f"{c:,.0f}")
CHUNKS = list(dict.fromkeys(runs.chunk))
means = runs.groupby([LOAD, "chunk", PROVERS], sort=False)[
    [TIME, COST, "prover_utilisation", "prover_parts_mean", "throughput_utilisation_proving"]].mean().reset_index()
means["keeps up"] = means.throughput_utilisation_proving < 1
ten = means[means[LOAD] == 10]
wide = ten.pivot(index="chunk", columns=PROVERS, values=TIME).loc[CHUNKS]
wide.columns = [f"{c} provers" for c in wide.columns]
lab.table(wide.reset_index(), **{c: lab.duration for c in wide.columns})

# %% Plot
colour = alt.Color("chunk:N", sort=CHUNKS, title="work of a chunk")
base = alt.Chart(means).encode(color=colour, shape=alt.Shape("chunk:N", sort=CHUNKS, title="work of a chunk"))
axis = alt.Scale(type="log", base=2, nice=False, padding=12)
panels = []
for load in (1, 10):
    part = base.transform_filter(alt.datum[LOAD] == load).encode(
        x=alt.X(f"{PROVERS}:Q", scale=axis, title="provers", axis=alt.Axis(values=[16, 32, 64, 128, 256])),
        y=alt.Y(f"{TIME}:Q", scale=alt.Scale(type="log", nice=False, padding=12), title="median time until proven [s]"))
    panels.append((part.mark_line(opacity=0.6) + part.mark_point(filled=True, size=60, opacity=1)).properties(
        width=240, height=260, title=f"{load} transactions/s"))
alt.hconcat(*panels).properties(
    title=alt.Title("More machines help until no chunk waits", subtitle="mean of six replications"))

# %% Test
rows = []
for (load, provers), part in runs.groupby([LOAD, PROVERS], sort=False):
    by = part.pivot(index="replication", columns="chunk", values=TIME)
    utilisation = means[(means[LOAD] == load) & (means[PROVERS] == provers)].set_index("chunk")
    test = lab.paired_ratio(by["whole batch"], by["300"])
    rows.append({"load [1/s]": load, "provers": provers, "whole batch over chunks of 300": test.ratio,
                 "low": test.low, "high": test.high, "p": lab.p_value(test.p),
                 "both keep up": bool(utilisation.loc[["whole batch", "300"], "keeps up"].all())})
chunking = pd.DataFrame(rows)
lab.table(chunking)

# %% tags=["words"]
able = chunking[chunking["both keep up"]]
fast, slow = ten[ten["keeps up"]][TIME].min(), ten[(ten.chunk == "whole batch") & ten["keeps up"]][TIME].min()
lab.say(f"""**What came out.** Where provers keep up, cutting a batch into chunks of 300 units has its proof
{lab.digits(able["whole batch over chunks of 300"].min(), 2)} to
{lab.digits(able["whole batch over chunks of 300"].max(), 2)} times sooner than proving it whole. At ten
transactions per second a whole batch is proven after {lab.duration(slow)} however many machines there are, and the
smallest chunks after {lab.duration(fast)}. Beyond what chunks need more machines change nothing.""")

# %% [markdown]
# ## What it costs
#
# Every chunk takes its 358 s, so small ones need more machines for the same batch. Where machines do not keep up, the
# queue grows for as long as the load lasts and a price means little: such points are left out.

# %%
kept = means[means["keeps up"]]
cheapest = kept.loc[kept.groupby([LOAD, "chunk"], sort=False)[COST].idxmin()]
lab.table(cheapest[[LOAD, "chunk", PROVERS, TIME, COST, "prover_utilisation"]].rename(
    columns={LOAD: "load [1/s]", PROVERS: "provers", TIME: "until proven", COST: "USD per transaction",
             "prover_utilisation": "utilisation"}), **{"until proven": lab.duration})

# %%
dots = alt.Chart(kept).encode(
    x=alt.X(f"{COST}:Q", scale=alt.Scale(type="log", nice=False, padding=12), title="provers, USD per transaction"),
    y=alt.Y(f"{TIME}:Q", scale=alt.Scale(type="log", nice=False, padding=12), title="median time until proven [s]"),
    color=colour, shape=alt.Shape(f"{LOAD}:N", title="load [1/s]"))
(dots.mark_point(filled=True, size=70, opacity=1)).properties(
    width=460, height=300, title=alt.Title("Sooner is dearer, and load is what makes it cheap",
                                           subtitle="points whose provers keep up"))

# %% tags=["words"]
best = cheapest.groupby(LOAD)[COST].min()
lab.say(f"""**What came out.** With the number of machines that suits it a transaction costs
{lab.digits(best[1], 2)} USD of proving at one per second and {lab.digits(best[10], 2)} at ten:
{lab.digits(best[1] / best[10], 2)} times less, because the least number of machines here, 16, is idle most of the time
at the lower load. More provers than are needed cost their rent and bring nothing.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# The time of a chunk was measured to 200 transactions on one machine, and larger ones are extrapolated. Joining eight
# proofs takes 60 s here, and the last step 1,075 s on one of eight aggregators, whose rent is counted only while they
# work; the former is chosen, the latter the median of the benchmark. Nobody publishes how large the chunks of a
# system in use are. The execution delay of ZKsync Era is left out: it has nothing to do with proving.
