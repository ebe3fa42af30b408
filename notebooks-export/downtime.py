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
# # How much of the time does a rollup make blocks?
#
# One sequencer is one machine: while it is down nobody makes blocks, and everybody waits. Others can stand by; but if all run
# the same program, a bug takes all of them down. The experiment `downtime` varies how many machines there are, in how many client
# implementations, and how long it takes until one that stands by takes over.
#
# **What the article says** (sections 2a and 4): a single sequencer is a single point of failure, and clients in several languages
# keep a rollup up.
#
# A machine fails each ten days and is repaired in four hours in the mean; an implementation has a bug each thirty days, which
# takes four hours as well. These figures are assumed. Of eight outages of rollups that were found, lengths lie between one hour
# and fourteen: too few for a law.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/downtime/points.csv")
runs = pd.read_csv("../results/downtime/runs.csv")
MACHINES, CLIENTS, TAKEOVER = "nodes_sequencers", "nodes_implementations", "nodes_takeover_s"
runs[TAKEOVER] = runs.pop("nodes_takeover").str.removesuffix(" s").astype(float)
lab.table(points.head(3))

# %% [markdown]
# ## Availability
#
# A machine alone is there for 240 / 244 of the time, an implementation without a bug for 720 / 724. The formulas for several are
# those of the oracle `machines`; the take-over comes on top.

# %% Availability
SHOWN = {"availability_sequencer_share": "blocks are made", "availability_nodes_share": "machines up",
         "availability_gap_count": "gaps", "availability_gap_s_mean": "gap [s]", "availability_gap_s_max": "longest gap [s]",
         "finality_soft_s_mean": "wait, mean [s]", "finality_soft_s_max": "wait, longest [s]"}
table = runs.groupby([TAKEOVER, MACHINES, CLIENTS])[list(SHOWN)].mean().reset_index()
lab.table(table.rename(columns={**SHOWN, MACHINES: "machines", CLIENTS: "implementations", TAKEOVER: "take-over [s]"}))

# %% Plot
down = table.assign(down=1 - table.availability_sequencer_share)
alt.Chart(down).mark_line(point=True).encode(
    x=alt.X(f"{MACHINES}:O", title="machines"), y=alt.Y("down:Q", scale=alt.Scale(type="log"), title="share of time without blocks"),
    color=alt.Color(f"{CLIENTS}:N", title="implementations"), column=alt.Column(f"{TAKEOVER}:N", title="take-over [s]"),
).properties(width=200, height=260, title="More machines help until they fail together")

# %% tags=["words"]
made = table.set_index([TAKEOVER, MACHINES, CLIENTS])
quick, slow = sorted(table[TAKEOVER].unique())
share = made.availability_sequencer_share
lab.say(f"""**What came out.** One machine makes no blocks for {lab.digits(100 * (1 - share[(quick, 1, 1)]), 2)} % of the time, four that run
one implementation for {lab.digits(100 * (1 - share[(quick, 4, 1)]), 2)} %: what is left are the bugs that all of them have. With four
implementations and a take-over of a second it is {lab.digits(100 * (1 - share[(quick, 4, 4)]), 2)} %. A take-over of 15 minutes leaves
{lab.digits(100 * (1 - share[(slow, 4, 4)]), 2)} %: then each failure is a gap, and more machines do not make gaps fewer. Users wait
{lab.digits(made.finality_soft_s_mean[(quick, 1, 1)], 2)} s for a confirmation in the mean with one machine, and
{lab.digits(made.finality_soft_s_mean[(quick, 4, 4)], 2)} s with four in four implementations, of which a block of 0.25 s takes its part.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
