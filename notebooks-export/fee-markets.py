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
# # What do the fee markets do?
#
# Rollups share the settlement chain's blobs with each other and with everybody else. The experiment `fee-markets` puts
# OP Mainnet beside five other rollups or nine, across three forks: Fusaka put a floor under the price of blobs, BPO1 and
# BPO2 raised their number. In half an hour others may want four times as much gas, or blobs.
#
# **What the article says** (section 2c): a rollup's profit is what its users pay, less what the settlement chain asks
# and what machines cost. It says nothing of markets for blobs, which came later; this is what the middle term does.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/fee-markets/points.csv")
runs = pd.read_csv("../results/fee-markets/runs.csv")
fees = pd.read_csv("../results/fee-markets/fees.csv")
FACTORS = {"settlement_starts_at": "fork", "settlement_blob_demand_level": "level",
           "neighbours_large_count": "more", "settlement_demand_shock_factor": "gas_shock",
           "settlement_blob_demand_shock_factor": "blob_shock"}
FORKS = {1764791351: "Fusaka", 1765282871: "BPO1", 1767740471: "BPO2"}
points, runs, fees = (t.rename(columns=FACTORS) for t in (points, runs, fees))
for table in (points, runs, fees):
    table["fork"] = table.fork.map(FORKS)
    table["rollups"] = table.more.map({0: "six rollups", 4: "ten rollups"})
lab.table(fees.head(3))

# %% [markdown]
# `fees.csv` has the path of both fees in the first replication of each point. Each run begins an hour before what is measured,
# and its fork comes two hours after the beginning.
#
# ## A path
#
# The blob fee where others want blobs at their usual level, with a shock of blob demand from 3 h on.

# %% Plot
paths = fees[(fees.level == 1.4) & (fees.gas_shock == 1) & (fees.blob_shock == 4)].copy()
paths["h"] = paths.time_s / 3600
paths["gwei"] = paths.blob_base_fee_wei_per_gas / 1e9
shock = alt.Chart(pd.DataFrame({"from": [3], "to": [3.5]})).mark_rect(color="#999", opacity=0.18).encode(
    x="from:Q", x2="to:Q")
fork = alt.Chart(pd.DataFrame({"h": [2]})).mark_rule(strokeDash=[4, 4], color="#777").encode(x="h:Q")
line = alt.Chart().mark_line(strokeWidth=1.5).encode(
    x=alt.X("h:Q", title="time [h]"), color=alt.Color("rollups:N", title=None),
    y=alt.Y("gwei:Q", scale=alt.Scale(type="log"), title="blob fee [gwei]",
            axis=alt.Axis(format="~g", tickCount=6)))
alt.layer(shock, fork, line, data=paths).properties(width=540, height=120).facet(
    row=alt.Row("fork:N", title=None, sort=list(FORKS.values())),
    title=alt.Title("The blob fee around three forks, with a shock",
                    subtitle="first replication; dashed: the fork; grey: others want four times as many blobs"))

# %% [markdown]
# ## Neighbours
#
# What the rollup pays for a blob with nine neighbours over what it pays with five, in pairs of replications, without shocks.

# %% Test
quiet = runs[(runs.gas_shock == 1) & (runs.blob_shock == 1)]
rows = []
for (fork, level), part in quiet.groupby(["fork", "level"], sort=False):
    blob = part.pivot(index="replication", columns="more", values="market_blob_own_wei_per_blob_mean")
    whole = part.pivot(index="replication", columns="more", values="cost_total_wei_per_tx_mean")
    used = part.pivot(index="replication", columns="more", values="market_blob_use_share").mean()
    test, cost = lab.paired_ratio(blob[4], blob[0]), lab.paired_ratio(whole[4], whole[0])
    rows.append({"fork": fork, "others' level": f"{level:g}", "blobs used, of target": used[0],
                 "with ten rollups": used[4], "price of a blob, times": test.ratio, "low": test.low,
                 "high": test.high, "p": test.p, "cost of a transaction, times": cost.ratio})
neighbours = pd.DataFrame(rows)
lab.table(neighbours, p=lab.p_value)

# %%
blobs = points[(points.measure == "market_blob_own_wei_per_blob_mean")
               & (points.gas_shock == 1) & (points.blob_shock == 1)].copy()
blobs["gwei"], blobs["low"], blobs["high"] = (blobs[c] / 1e9 for c in ("mean", "ci_low", "ci_high"))
blobs["low"] = blobs.low.clip(lower=blobs.gwei / 10)
blobs["others"] = blobs.level.map("others want blobs at level {:g}".format)
RUNS = runs.replication.nunique()
ROLLUPS = ["six rollups", "ten rollups"]
base = alt.Chart(blobs).encode(
    x=alt.X("fork:N", sort=list(FORKS.values()), title=None, axis=alt.Axis(labelAngle=0)), xOffset="rollups:N",
    color=alt.Color("rollups:N", title=None, scale=alt.Scale(domain=ROLLUPS, range=lab.PALETTE[:2])))
scale = alt.Scale(type="log")
(base.mark_rule(strokeWidth=3).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
 + base.mark_point(filled=True, size=60, opacity=1).encode(
     y=alt.Y("gwei:Q", scale=scale, title="price of a blob [gwei]", axis=alt.Axis(format="~s", tickCount=8)),
     shape=alt.Shape("rollups:N", title=None, scale=alt.Scale(domain=ROLLUPS, range=["circle", "square"])))
 ).properties(width=230, height=250).facet(
    column=alt.Column("others:N", title=None),
    title=alt.Title("Four more rollups matter until there is room for all",
                    subtitle=f"no shocks; bars: 95 % interval over {RUNS} replications, cut at a tenth of the mean"))

# %% tags=["words"]
by = neighbours.set_index(["fork", "others' level"])["price of a blob, times"]
used = neighbours.set_index(["fork", "others' level"])["with ten rollups"]
lab.say(f"""**What came out.** Four more large rollups make a blob {lab.digits(by["Fusaka", "1.4"], 2)} times as dear around
Fusaka at the higher level of others, {lab.digits(by["BPO1", "1.4"], 2)} times around BPO1 and
{lab.digits(by["BPO2", "1.4"], 2)} times around BPO2. What matters is how near use is to the target: at
{lab.digits(used["Fusaka", "1.4"], 2)} of it the price has no bound but what buyers will pay; at
{lab.digits(used["BPO2", "1.4"], 2)} of it a larger neighbourhood costs a factor and not orders of magnitude.""")

# %% [markdown]
# ## Shocks
#
# How many times the cost of a transaction is that without a shock, for both kinds of shock.

# %%
rows = []
for (fork, rollups), part in runs[runs.level == 1.4].groupby(["fork", "rollups"], sort=False):
    cost = part.pivot(index="replication", columns=["gas_shock", "blob_shock"],
                      values="cost_total_wei_per_tx_mean")
    for label, shocked in (("gas", (4, 1)), ("blobs", (1, 4)), ("both", (4, 4))):
        test = lab.paired_ratio(cost[shocked], cost[1, 1])
        rows.append({"fork": fork, "rollups": rollups, "shock of": label, "cost, times": test.ratio,
                     "low": test.low, "high": test.high, "p": test.p})
shocks = pd.DataFrame(rows)
lab.table(shocks, p=lab.p_value)

# %% tags=["words"]
s = shocks.groupby("shock of")["cost, times"]
gas, blob = s.get_group("gas"), s.get_group("blobs")
lab.say(f"""**What came out.** Half an hour of four times the demand for gas makes a transaction
{lab.digits(gas.min())} to {lab.digits(gas.max())} times as dear over the four measured hours; the same of
blobs {lab.digits(blob.min(), 2)} to {lab.digits(blob.max(), 2)} times. Which of the two markets a rollup has to fear
depends on how full the blobs are before.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Neighbours pay up to a cap and do not give up at a price, so a price at full blobs shows caps and is no forecast. Others'
# demand is a process fitted to published fees. Few replications of a heavy tail give wide intervals: ratios
# of geometric means, as here, are better known than means.
