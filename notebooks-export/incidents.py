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
# # Outages of the past, replayed
#
# What an outage took down, and for how long, is often published; what it did to users seldom is. The experiment `incidents` replays
# outages of four rollups on their presets.
#
# **What the article says** (section 2b): a fast confirmation is time that the user borrows.
#
# The load of Arbitrum in January 2022 follows from 284 transactions that were confirmed and not posted, if a batch was closed
# every four minutes; that of Polygon zkEVM from 4,000 that were affected in 14 hours. Other loads, how many transactions fit
# into a block, and 100 USD that rest on a confirmation, are assumed. Optimism in April 2023 had more load than it could serve, and
# no machine down; what that does is the matter of the experiment `throughput`.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/incidents/points.csv")
runs = pd.read_csv("../results/incidents/runs.csv")
HITS, LENGTH = "nodes_outage_hits", "nodes_outage_duration_s"
runs[LENGTH] = runs.pop("nodes_outage_duration").str.removesuffix(" s").astype(float)
lab.table(points.head(3))

# %% Outages
SHOWN = {"availability_unposted_count_mean": "confirmed, not posted", "availability_lost_count": "confirmations lost",
         "availability_lost_usd": "value lost [USD]", "availability_backlog_count_max": "backlog",
         "availability_clear_s_mean": "until it is gone [s]", "finality_soft_s_mean": "wait, mean [s]",
         "finality_soft_s_max": "wait, longest [s]", "finality_posted_s_max": "until posted, longest [s]"}
table = runs.groupby(["system", HITS, LENGTH])[list(SHOWN)].mean().reset_index()
lab.table(table.rename(columns={**SHOWN, HITS: "down", LENGTH: "for [s]"}))

# %% Plot
alt.Chart(table).mark_point(size=80, filled=True).encode(
    x=alt.X(f"{LENGTH}:Q", scale=alt.Scale(type="log"), title="outage [s]"),
    y=alt.Y("finality_soft_s_mean:Q", scale=alt.Scale(type="log"), title="wait for a confirmation, mean of the day [s]"),
    color=lab.colours(), shape=alt.Shape(f"{HITS}:N", title="down"),
).properties(width=420, height=300, title="What an outage adds to the day's mean")

# %% tags=["words"]
event = table.set_index(["system", LENGTH])
arbitrum, starknet = event.loc[("arbitrum-classic", 25_200)], event.loc[("starknet", 18_000)]
polygon = event.loc[("polygon-zkevm", 50_400)]
lab.say(f"""**What came out.** At Arbitrum {lab.digits(arbitrum.availability_unposted_count_mean, 2)} transactions are confirmed and not posted
when machines fail at a random moment of an interval of four minutes, and 284 just before its end. Users wait
{lab.digits(arbitrum.finality_soft_s_mean / 3600, 2)} hours in the mean of the day, and up to
{lab.digits(arbitrum.finality_soft_s_max / 3600, 2)}. Of Polygon's transactions {lab.digits(polygon.availability_backlog_count_max, 2)} wait when
blocks are made again. At Starknet, where what had not come to the chain was reverted, {lab.digits(starknet.availability_lost_count, 2)}
confirmations are lost with an outage of five hours: they depend on how long ago the last batch was closed, and not on how long the
outage is. Where only the poster is down (Optimism) confirmations come as ever, and data
{lab.digits(event.finality_posted_s_max[("optimism-2022", 25_200)] / 3600, 2)} hours late.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
