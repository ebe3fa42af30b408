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
# # What do rollups save that share blobs, and who has it?
#
# A blob is paid for whole. A rollup that has little data pays for padding, or waits until it has more. The experiment
# `shared-blobs` runs 28 rollups with the data that they had, and the blobs that they posted at a time, from 2024-03-13 to
# 2024-08-26 (Lee, "180 days after EIP-4844", arXiv 2410.04111, table 1 as its author posted it): from Base, which nearly
# filled its blobs, to Metal and Nal, which posted some two hundred bytes. Each posts by itself, or gives its data to a
# service that posts six blobs as soon as they are full.
#
# **What the article says** (section 0): many that share a batch make each other cheaper. Here rollups are the many.
#
# Lee found at least 85 % saved by all, and also that blobs became only a fifth fewer: so it was the fee that fell. How far it
# falls depends on whether others take the blobs that are left, which his study does not say; here the elasticity of their
# demand is swept. Split by bytes is what he assumes; Crapis, Felten and Mamageishvili (arXiv 2310.01155) let two rollups
# bargain.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/shared-blobs/points.csv")
runs = pd.read_csv("../results/shared-blobs/runs.csv")
ELASTICITY, SPLIT = "settlement_blob_demand_elasticity", "services_pool_shared_blobs_split"
BASE, OTHERS = "rollups_base_poster_service", "rollups_kinto_poster_service"
ORDER = [name for name in runs.rollup.unique() if name != "pool"]
runs["posting"] = [
    "alone" if other == "own" else f"shared, {split}" if base == "pool" else "shared without Base"
    for base, other, split in zip(runs[BASE], runs[OTHERS], runs[SPLIT])]
cost = runs[runs.rollup.isin(ORDER)]
lab.table(points.head(3))

# %% [markdown]
# ## What is saved, by rollup and by how others react
#
# Cost of data for each transaction, shared by bytes against alone: of all replications together, since what is paid in
# the dear ones is most of what is paid. The blob fee of a day is a matter of chance when it is near its target.

# %% Saving
sums = cost.groupby([ELASTICITY, "rollup", "posting"]).cost_data_usd_per_tx_mean.mean().unstack("posting")
saved = (1 - sums["shared, bytes"] / sums["alone"]).rename("saved").reset_index().rename(columns={ELASTICITY: "elasticity"})
lab.table(saved.pivot(index="rollup", columns="elasticity", values="saved").loc[ORDER].reset_index())

# %% Fees
fees = runs[runs.rollup == "base"].pivot_table(index=[ELASTICITY, "replication"], columns="posting",
                                               values="fee_blob_wei_per_gas_mean")
rows = []
for elasticity, part in fees.groupby(level=0):
    test = lab.paired_ratio(part["shared, bytes"], part["alone"])
    rows.append({"elasticity": elasticity, "blob fee, shared over alone": test.ratio,
                 "95 % interval": lab.interval(test.low, test.high), "p": test.p})
lab.table(pd.DataFrame(rows), p=lab.p_value)

# %% Plot
alt.Chart(saved).mark_point(filled=True, size=60).encode(
    x=alt.X("saved:Q", title="saved of the cost of data", axis=alt.Axis(format="%")),
    y=alt.Y("rollup:N", sort=ORDER, title=None),
    color=alt.Color("elasticity:O", title="elasticity of others' demand", scale=alt.Scale(scheme="viridis")),
).properties(width=440, height=alt.Step(15), title=alt.Title(
    "All save where others leave the room that is won", subtitle=f"split by bytes; {runs.replication.nunique()} replications"))

# %% [markdown]
# ## At one fee, only those with padding save
#
# What sharing saves of what the same data would have cost in blobs of its own in the same blocks: the fee that all have
# lowered together is left out.

# %% Split
table = points[(points.measure == "shared_saving_share") & (points[ELASTICITY] == 0.3) & (points[BASE] == "pool")]
split = table.pivot(index="rollup", columns=SPLIT, values="mean").loc[[*ORDER, "pool"]]
lab.table(split.reset_index())

# %% Replications
wide = cost.pivot(index=[ELASTICITY, "rollup", "replication"], columns="posting", values="cost_data_usd_per_tx_mean")
each = (1 - wide["shared, bytes"] / wide["alone"]).dropna().rename("saved").reset_index()
by_day = each.groupby([ELASTICITY, "rollup"]).saved.agg(["median", lambda v: (v > 0).sum()]).reset_index()
by_day.columns = ["elasticity", "rollup", "saved in the median replication", f"of {runs.replication.nunique()}, save"]
lab.table(by_day)

# %% tags=["words"]
least = saved.groupby("elasticity").saved.min()
medians = by_day[by_day.elasticity == least.index[0]].set_index("rollup")["saved in the median replication"]
def outcome(share):
    """What a share that is saved means in words."""
    return f"saves {lab.digits(100 * share, 2)} %" if share >= 0 else f"pays {lab.digits(-100 * share, 2)} % more"
own, shared = split.drop("pool").bytes, split.drop("pool").savings
lab.say(f"""**What came out.** With others who hardly react (elasticity {least.index[0]:g}) every rollup saves at least
{lab.digits(100 * least.iloc[0], 3)} % of what it pays for data in all replications together, and Lee found at least 85 % over
five months. That is the doing of few: the blob fee is high in some replications and next to nothing in the others, and
sharing ends the dear ones. In the median replication {lab.name(medians.idxmin()).capitalize()} {outcome(medians.min())}.
With an elasticity of {least.index[-1]:g}, where others take what is left, the one that gains least {outcome(least.iloc[-1])}
over all.""")
lab.say(f"""A rollup that fills its blobs by itself has nothing but the fee. At one fee a split by bytes costs
{own.idxmin().capitalize()} {lab.digits(-100 * own.min(), 2)} % more than it would pay alone, for the gas of its part in each
transaction, and gives {own.idxmax().capitalize()} {lab.digits(100 * own.max(), 3)} %. Where each is to save the same in each
transaction, savings are from {lab.digits(100 * shared.min(), 2)} to {lab.digits(100 * shared.max(), 2)} %. Who brings full blobs
has a reason to come only where savings are split, or where it counts what its coming does to the fee.""")

# %% [markdown]
# ## What differs from the studies
#
# | | Lee | here |
# |---|---|---|
# | rollups | 26 | the 28 of his table, which does not say which two were left out |
# | data | what each posted, spread evenly between its postings | Poisson arrivals at its mean rate, also of those that began later |
# | trigger | full, without a limit of time | full, or an hour |
# | others | their blobs as they were | their mean, with an elasticity |
# | gas | the least of a transaction | 21,000, and 9,000 for each batch |
# | bargaining (Crapis et al.) | – | where two rollups bargain, the larger pays more than half and less than its part of the data: row `savings` of the oracle `shared-blobs`; sharing lowers the fee where both had blobs, and raises it where neither had: its rows `mean fee` |

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
