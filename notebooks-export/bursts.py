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
# # What do bursts do?
#
# The experiment `bursts` has six rollups that are alike but for when their ten transactions a second come: independently, one every
# 100 ms, by the hour of the day, ten times as many in bursts of five minutes, each bringing others with it, or in groups of 20.
# Blocks of 2 s have room for so much gas that the mean load is 0.3, 0.7 or 0.9 of it; what finds 10,000 others waiting is
# dropped.
#
# **What the article says** (section 1): rates fall short of what theory has, and yet quick confirmations make rollups feel fast and
# cheap. That is true of a rate that stands still; here the mean rate does, and nothing else.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/bursts/points.csv")
runs = pd.read_csv("../results/bursts/runs.csv")
RUNS = runs.replication.nunique()
NAMES = {"regular": "regular", "poisson": "independent", "exciting": "self-exciting", "groups": "groups of 20",
         "daily": "by the hour", "modulated": "calm and bursts"}
GAS, RULE = "rollups_poisson_sequencer_block_gas", "rollups_poisson_fees_rule"
for table in (points, runs):
    table["name"] = table.rollup.map(NAMES)
    # 73,300 gas a transaction of the mix, twenty in the time of a block.
    table["load"] = (20 * 73_300 / table[GAS]).round(2)
fixed = runs[runs[RULE] == "constant"]
lab.table(points[["load", "name", "measure", "mean", "ci_low", "ci_high", "n"]].head(3))

# %% [markdown]
# ## How long an answer takes, and who has none
#
# An answer is the block with the transaction. Who is dropped has none, and is in no mean of answers.

# %% Filter
KEPT = {"finality_soft_s_mean": "answer, mean", "finality_soft_s_p95": "95th percentile", "finality_soft_s_max": "longest",
        "throughput_executed_tx_per_s": "executed [1/s]", "throughput_dropped_share": "dropped"}
means = fixed.groupby(["load", "name"], sort=False)[list(KEPT)].mean().rename(columns=KEPT).reset_index()
means["order"] = means.name.map(list(NAMES.values()).index)
means = means.sort_values(["load", "order"]).drop(columns="order")
lab.table(means, **{c: lab.duration for c in ("answer, mean", "95th percentile", "longest")})

# %% Plot
kept = points[(points.measure == "finality_soft_s_p95") & (points[RULE] == "constant")].copy()
kept["low"] = kept.ci_low.clip(lower=1)
base = alt.Chart(kept).encode(
    x=alt.X("load:O", title="mean load over what blocks have room for", axis=alt.Axis(labelAngle=0)),
    xOffset=alt.XOffset("name:N", sort=list(NAMES.values())),
    color=alt.Color("name:N", title=None, sort=list(NAMES.values()), scale=alt.Scale(range=lab.PALETTE[:6])))
scale = alt.Scale(type="log")
(base.mark_rule(strokeWidth=3).encode(y=alt.Y("low:Q", scale=scale), y2="ci_high:Q")
 + base.mark_point(filled=True, size=60, opacity=1).encode(
     y=alt.Y("mean:Q", scale=scale, title="answer, 95th percentile [s]"),
     shape=alt.Shape("name:N", title=None, sort=list(NAMES.values())))
 ).properties(width=480, height=260, title=alt.Title(
     "The same mean load, from two seconds to a quarter of an hour",
     subtitle=f"bars: 95 % interval over {RUNS} replications, cut at 1 s"))

# %% [markdown]
# Against independent arrivals at the same load, in pairs of replications.

# %% Test
rows = []
for load, part in fixed.groupby("load"):
    answers = part.pivot(index="replication", columns="rollup", values="finality_soft_s_mean")
    for rollup, name in NAMES.items():
        if rollup == "poisson":
            continue
        test = lab.paired_ratio(answers[rollup], answers.poisson)
        rows.append({"load": load, "arrivals": name, "answer, times": test.ratio, "low": test.low, "high": test.high,
                     "p": test.p})
ratios = pd.DataFrame(rows)
lab.table(ratios, p=lab.p_value)

# %% tags=["words"]
by = means.set_index(["load", "name"])
times = ratios.set_index(["load", "arrivals"])["answer, times"]
lab.say(f"""**What came out.** At a load of 0.7 independent arrivals are answered within
{lab.duration(by.loc[(0.7, "independent"), "95th percentile"])} in 95 % of cases, groups of 20 within
{lab.duration(by.loc[(0.7, "groups of 20"), "95th percentile"])}, arrivals by the hour within
{lab.duration(by.loc[(0.7, "by the hour"), "95th percentile"])} and those in bursts within
{lab.duration(by.loc[(0.7, "calm and bursts"), "95th percentile"])}. Bursts whose rate is more than blocks have room for drop
most at each load, and are the worst at 0.3, where they make an answer {lab.digits(times[0.3, "calm and bursts"], 2)} times as long:
{lab.digits(100 * by.loc[(0.3, "calm and bursts"), "dropped"], 2)} % are dropped; at 0.9 it is
{lab.digits(100 * by.loc[(0.9, "calm and bursts"), "dropped"], 2)} %, and by the hour
{lab.digits(100 * by.loc[(0.9, "by the hour"), "dropped"], 2)} %. Above that the hours of the day, which last longer, make answers as late or later. What is short counts only where little room
is left: self-exciting arrivals, whose bursts last a minute or two, are answered within
{lab.duration(by.loc[(0.7, "self-exciting"), "95th percentile"])} at 0.7 and {lab.duration(by.loc[(0.9, "self-exciting"), "95th percentile"])}
at 0.9, independent ones within {lab.duration(by.loc[(0.9, "independent"), "95th percentile"])}. A regular stream waits {lab.digits(times[0.9, "regular"], 2)} times as long as an independent one at 0.9.""")

# %% [markdown]
# ## What batches, costs and posting make of it
#
# A batch is closed when it is full or ten minutes old. In a calm it is closed before it is full, and each of its transactions pays
# for more of the settlement chain.

# %% Batches
COSTS = {"batch_size_bytes_mean": "bytes of a batch", "batch_interval_s_mean": "between batches",
         "finality_posted_s_mean": "posted, mean", "cost_total_usd_per_tx_mean": "cost"}
bills = []
for (load, rollup), part in fixed.groupby(["load", "rollup"], sort=False):
    other = fixed[(fixed.load == load) & (fixed.rollup == "poisson")].set_index("replication")
    row = part[list(COSTS)].mean().rename(COSTS)
    test = lab.paired_ratio(part.set_index("replication").cost_total_usd_per_tx_mean, other.cost_total_usd_per_tx_mean)
    bills.append({"load": load, "arrivals": NAMES[rollup], "bytes of a batch": row["bytes of a batch"],
                  "between batches": row["between batches"], "posted, mean": row["posted, mean"],
                  "cost, times independent": test.ratio, "low": test.low, "high": test.high})
bills = pd.DataFrame(bills)
lab.table(bills, **{c: lab.duration for c in ("between batches", "posted, mean")})

# %% tags=["words"]
bill = bills.set_index(["load", "arrivals"])
burst, hour = bill.loc[(0.3, "calm and bursts")], bill.loc[(0.3, "by the hour")]
lab.say(f"""**What came out.** At a load of 0.3 batches of the rollup with bursts are {lab.digits(burst["bytes of a batch"] / 1000, 3)} kB against
{lab.digits(bill.loc[(0.3, "independent"), "bytes of a batch"] / 1000, 3)} kB of the independent one, and a transaction costs
{lab.digits(burst["cost, times independent"], 3)} times as much; by the hour it is {lab.digits(hour["cost, times independent"], 3)} times. Where
blocks are small, what was dropped is paid by nobody and fills no batch: at 0.9 bursts cost
{lab.digits(bill.loc[(0.9, "calm and bursts"), "cost, times independent"], 3)} times. What happens within minutes does not reach
the batch at all.""")

# %% [markdown]
# ## A price that follows blocks
#
# In two more rows the price of gas follows blocks as in EIP-1559, with a target of 1.25 of the mean load. Users send whatever it costs.

# %% Prices
moving = runs[runs[RULE] == "eip1559"]
prices = moving.groupby(["load", "name"], sort=False)[["fee_l2_wei_per_gas_mean", "fee_l2_wei_per_gas_max"]].mean() / 1e6
prices.columns = ["price over its least, mean", "largest"]
prices = prices.reset_index()
lab.table(prices)

# %% tags=["words"]
price = prices.set_index(["load", "name"])["price over its least, mean"]
lab.say(f"""**What came out.** Where blocks are large against the target the price takes bursts in: at a load of 0.3 gas costs
{lab.digits(price[0.3, "calm and bursts"], 2)} times its least price with bursts and {lab.digits(price[0.3, "by the hour"], 2)} times by the hour, and
{lab.digits(price[0.3, "independent"], 4)} times with independent arrivals. In smaller blocks bursts let the queue grow, and not the price: at 0.7 it is
{lab.digits(price[0.7, "calm and bursts"], 2)} times with bursts, which wait and are dropped in its place, and
{lab.digits(price[0.7, "by the hour"], 2)} times by the hour.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# All figures of arrivals are assumed; they are shapes and no fits to a rollup. Users neither give up nor come back later, and offer any price,
# so a burst is what it would be without a price. The mempool's 10,000 places say how long one waits at most, and from when on one is dropped
# instead. Means of the price have a heavy tail with bursts: a few long ones make most of it.
