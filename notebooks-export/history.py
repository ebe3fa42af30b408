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
# # What did data cost through 2024?
#
# On 13 March 2024 Ethereum got blobs, and OP Mainnet used them a day later. The experiment `history` replays a day
# of each month of 2024, with the base fee and the load of that time, and two figures for how many bytes of a
# transaction are left after compression: 0.6 of them, which is the preset's, and 1.19, which is what fits the days in
# calldata. `history-by-day` replays every day and puts what was paid beside it.
#
# **What the article says** (sections 0c and 2c): the price of space on the settlement chain is what a rollup's
# costs, and so its profit, hang on. The article is of 2022, when there was calldata alone; this is what came after.

# %% Load
import math

import altair as alt
import pandas as pd
from scipy import stats

import lab

points = pd.read_csv("../results/history/points.csv")
runs = pd.read_csv("../results/history/runs.csv")
months = pd.read_csv("../results/history-by-day/months.csv")
COST = "cost_data_wei_per_tx_mean"
lab.table(months.head(3))

# %% [markdown]
# ## A day of each month
#
# `settlement_starts_at` is in Unix seconds; what is measured begins an hour later. On 13 March the poster changes from calldata
# to blobs in the middle of the run.

# %% Filter
cost = points[points.measure == COST].copy()
cost["day"] = pd.to_datetime(cost.settlement_starts_at, unit="s").dt.strftime("%Y-%m-%d")
cost["bytes"] = cost.poster_compression.map("{:g}".format)
cost["low"] = cost.ci_low.clip(lower=cost["mean"] / 10)
cost["gwei"] = cost.settlement_base_fee_wei_per_gas / 1e9
wide = cost.pivot(index=["day", "gwei"], columns="bytes", values="mean").reset_index()
lab.table(wide.rename(columns={"gwei": "base fee [gwei]", "0.6": "wei, share 0.6", "1.19": "wei, share 1.19"}))

# %% Plot
x = alt.X("day:T", title="2024", axis=alt.Axis(format="%b", tickCount="month"),
          scale=alt.Scale(domain=["2024-01-01", "2024-12-31"]))
scale = alt.Scale(type="log", nice=False, padding=8)
SHARES = ["0.6", "1.19"]
colour = alt.Color("bytes:N", title="share of bytes left",
                   scale=alt.Scale(domain=SHARES, range=lab.PALETTE[:2]))
shape = alt.Shape("bytes:N", title="share of bytes left",
                  scale=alt.Scale(domain=SHARES, range=["circle", "square"]))
base = alt.Chart(cost).encode(x=x, color=colour)
bars = base.mark_rule(strokeWidth=3).encode(y=alt.Y("low:Q", scale=scale), y2="ci_high:Q")
line = base.mark_line(strokeWidth=1, opacity=0.6).encode(
    y=alt.Y("mean:Q", scale=scale, title="data of a transaction [wei]", axis=alt.Axis(format=".0e")))
dot = base.mark_point(filled=True, size=45, opacity=1).encode(
    y="mean:Q", shape=shape)
dencun = alt.Chart(pd.DataFrame({"day": ["2024-03-14"], "word": ["blobs"]}))
mark = (dencun.mark_rule(strokeDash=[4, 4], color="#777").encode(x=x)
        + dencun.mark_text(align="left", dx=5, color="#555").encode(x=x, y=alt.value(8), text="word"))
(mark + bars + line + dot).properties(
    width=520, height=280,
    title=alt.Title("What the data of a transaction of OP Mainnet cost",
                    subtitle="simulated, one day a month; bars: 95 % interval, cut at a tenth of the mean"))

# %% [markdown]
# ## Before and after
#
# The last whole day in calldata and the first in blobs, with the load and the base fee that each had. With common random
# numbers the replications are pairs.

# %% Test
starts = sorted(runs.settlement_starts_at.unique())
before, after = [s for s in starts if s < 1710288000][-1], [s for s in starts if s > 1710374400][0]
rows = []
for share, part in runs.groupby("poster_compression"):
    data = part.pivot(index="replication", columns="settlement_starts_at", values=COST)
    fee = part.groupby("settlement_starts_at").settlement_base_fee_wei_per_gas.first()
    test = lab.paired_ratio(data[before], data[after])
    rows.append({"share of bytes left": f"{share:g}", "calldata over blobs": test.ratio, "low": test.low,
                 "high": test.high, "p": test.p, "of which the base fee": fee[before] / fee[after]})
dropped = pd.DataFrame(rows)
lab.table(dropped, p=lab.p_value)

# %% tags=["words"]
d = dropped["calldata over blobs"]
own = d / dropped["of which the base fee"]
late = cost[cost.day >= "2024-11"].groupby("bytes")["mean"].mean()
cheap = cost[(cost.day > "2024-03-20") & (cost.day < "2024-11")].groupby("bytes")["mean"].mean()
lab.say(f"""**What came out.** Blobs made the data of a transaction {lab.digits(d.min(), 2)} to {lab.digits(d.max(), 2)}
times cheaper. The base fee fell between the two days as well; what blobs did alone is
{lab.digits(own.min(), 2)} to {lab.digits(own.max(), 2)} times. While blobs are below their target
their own price is next to nothing, and what is left is the gas of the transaction that carries them. In November and
December, with blobs at their target, data costs {lab.digits((late / cheap).min(), 2)} to
{lab.digits((late / cheap).max(), 2)} times as much as from March to October.""")

# %% [markdown]
# ## Beside what was paid
#
# Ratios of what is simulated to what was paid, over the transactions of each month, and how daily costs go together.
# Nothing was fitted to what was paid in blobs.

# %%
compared = months[~months.period.str.startswith("all") & (months.period != "in blobs below the target")].copy()
compared["bytes"] = compared.poster_compression.map("{:g}".format)
compared["month"] = compared.period.str.slice(0, 7) + compared.period.map(
    lambda p: " calldata" if p.endswith("calldata") else " blobs" if p.endswith("blobs") else "")
order = sorted(compared.month.unique(), key=lambda m: m.replace(" calldata", " a"))
one = alt.Chart(pd.DataFrame({"one": [1]})).mark_rule(strokeDash=[4, 4], color="#777").encode(y="one:Q")
ratio = alt.Chart(compared).mark_point(filled=True, size=60, opacity=1).encode(
    x=alt.X("month:N", title=None, sort=order, axis=alt.Axis(labelAngle=-40)),
    y=alt.Y("median_ratio_of_days:Q", scale=alt.Scale(type="log"), title="simulated over paid, median of days"),
    color=colour, shape=shape)
(one + ratio).properties(
    width=520, height=240,
    title=alt.Title("Simulated beside paid, month by month",
                    subtitle="with 1.19 of the bytes left within a factor of two, until blobs reach their target"))

# %%
totals = months[months.period.isin(["all in calldata", "all in blobs", "in blobs below the target"])]
totals = totals.assign(share=totals.poster_compression.map("{:g}".format))
lab.table(totals[["share", "period", "days", "ratio_of_means", "median_ratio_of_days",
                  "correlation_of_logarithms"]])

# %% [markdown]
# Is a correlation of days chance? Fisher's transformation gives its interval; days are not independent of each other,
# so it is narrower than it should be.

# %%
rows = []
for r in totals.itertuples():
    centre, half = math.atanh(r.correlation_of_logarithms), stats.norm.ppf(0.975) / math.sqrt(r.days - 3)
    rows.append({"share of bytes left": f"{r.poster_compression:g}", "period": r.period,
                 "correlation": r.correlation_of_logarithms, "low": math.tanh(centre - half),
                 "high": math.tanh(centre + half)})
lab.table(pd.DataFrame(rows))

# %% tags=["words"]
t = totals.set_index(["poster_compression", "period"])
best = t.loc[1.19]
month = compared[compared.poster_compression == 1.19].set_index("period").median_ratio_of_days
lab.say(f"""**What came out.** With 1.19 of the bytes left, the median day in calldata is
{lab.digits(best.median_ratio_of_days["all in calldata"], 2)} times what was paid, and
{lab.digits(best.median_ratio_of_days["in blobs below the target"], 2)} times in blobs below their target, without
having been fitted to the latter; daily costs go together with correlations of
{lab.digits(best.correlation_of_logarithms["all in calldata"], 2)} and
{lab.digits(best.correlation_of_logarithms["in blobs below the target"], 2)}. Over all days in blobs the correlation is
{lab.digits(best.correlation_of_logarithms["all in blobs"], 2)}: in November and December the simulated cost is
{lab.digits(month["2024-11"], 2)} and {lab.digits(month["2024-12"], 2)} times what was paid, because the blob fee is
taken from press reports of a few weeks, and in June one day of a high fee is missing from it.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# What a single day paid hangs on how the batcher was set that day, which is not known; from May to July fewer
# transactions shared a batch than the preset assumes. Base fees are 85 % of the mean gas price of a day and do not move
# within it. The daily figures are of third parties and not part of this project, so `months.csv` is the one table
# here that cannot be made from the project alone.
