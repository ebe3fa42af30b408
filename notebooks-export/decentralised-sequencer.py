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
# # What do several sequencers cost?
#
# One sequencer is quick, and one machine. Several can take turns, buy the right to make blocks, vote on each block, race to post,
# or be the proposers of the settlement chain. The experiment `decentralised-sequencer` puts them in the same place: a rollup whose
# blocks are due each second.
#
# **What the article says** (section 4): sequencers have to be decentralised, which costs capital.
#
# Stakes of 32 ETH, 5 % a year for capital, delays and faults are assumed: what is compared is how they act, not what somebody has.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/decentralised-sequencer/points.csv")
runs = pd.read_csv("../results/decentralised-sequencer/runs.csv")
KIND, MEMBERS, FAULT, TERM = ("sequencer_set_kind", "sequencer_set_members", "sequencer_set_fault", "sequencer_set_term_s")
TIMEOUT, DELAY, FAULTY = "sequencer_set_timeout_s", "sequencer_set_bft_delay", "sequencer_set_bft_faulty"
SETTINGS = [KIND, MEMBERS, FAULT, TERM, TIMEOUT, DELAY, FAULTY]
lab.table(points.head(3))

# %% [markdown]
# ## Who makes blocks, with and without faults
#
# Eight members, terms of a minute, and 10 s until others see that a leader is silent. A fault is the probability that whoever has a
# term, a slot or a settlement block makes no block of the rollup in it.

# %% Kinds
SHOWN = {"finality_soft_s_mean": "confirmation, mean [s]", "finality_soft_s_p99": "99th percentile [s]",
         "finality_soft_s_max": "longest [s]", "sequencer_gap_share": "share of time in gaps",
         "sequencer_capital_usd_per_day": "capital [USD/d]"}
alike = runs[(runs[MEMBERS] == 8) & (runs[TERM] == 60) & (runs[TIMEOUT] == 10) & (runs[FAULTY] == 0)
             & (runs[DELAY].astype(str).isin(["0.1 s", "100 ms"]))]
kinds = alike.groupby([KIND, FAULT])[list(SHOWN)].mean().reset_index()
lab.table(kinds.rename(columns={**SHOWN, KIND: "who", FAULT: "fault"}))

# %% Plot
alt.Chart(kinds).mark_line(point=True).encode(
    x=alt.X(f"{FAULT}:Q", title="probability of a fault"),
    y=alt.Y("finality_soft_s_p99:Q", scale=alt.Scale(type="log"), title="confirmation, 99th percentile [s]"),
    color=alt.Color(f"{KIND}:N", title="who makes blocks"),
).properties(width=420, height=300, title="A leader who fails is a gap for all")

# %% [markdown]
# ## Committees
#
# Each block is decided by votes (Tendermint): three messages to a quorum. Members can be silent.

# %% Committees
VOTES = {"finality_soft_s_mean": "confirmation, mean [s]", "sequencer_decision_s_mean": "decision, mean [s]",
         "sequencer_rounds_mean": "rounds", "sequencer_late_share": "after the first round"}
votes = runs[runs[KIND] == "bft"].groupby([MEMBERS, DELAY, FAULTY])[list(VOTES)].mean().reset_index()
lab.table(votes.rename(columns={**VOTES, MEMBERS: "members", DELAY: "delay of a message", FAULTY: "silent"}))

# %% tags=["words"]
at = kinds.set_index([KIND, FAULT])
wait = at.finality_soft_s_mean
lab.say(f"""**What came out.** One operator confirms after {lab.digits(wait[("operator", 0)], 2)} s in the mean, eight members who take turns
after {lab.digits(wait[("round_robin", 0)], 2)}, a committee of eight after {lab.digits(wait[("bft", 0)], 2)}, and the proposers of the
settlement chain after {lab.digits(wait[("settlement_proposers", 0)], 2)}: a block each 12 s. If one term of five is missed, users of a
rotation wait {lab.digits(wait[("round_robin", 0.2)], 2)} s. Stakes of eight members cost
{lab.digits(at.sequencer_capital_usd_per_day[("round_robin", 0)], 2)} USD a day.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
