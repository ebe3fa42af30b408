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
# # How long can an operator keep a user out?
#
# A sequencer that decides what comes into blocks can leave somebody out. His way around it is a message to the settlement chain: the
# contract of the rollup sees to it that it is executed, after a delay. The experiment `censorship` leaves out a fifth of the
# transactions, in eight systems.
#
# **What the article says** (section 2a): one sequencer can censor.
#
# Users turn to the settlement chain after ten minutes. The operator serves what comes from there as it serves deposits, or delays
# it as long as the contract lets it. Nine of ten proposers of the settlement chain may help it.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/censorship/points.csv")
runs = pd.read_csv("../results/censorship/runs.csv")
INBOX, CENSORS = "forced_inbox", "settlement_censorship_share"
lab.table(points.head(3))

# %% Delays
SHOWN = {"censorship_delay_s_mean": "delay, mean [s]", "censorship_delay_s_max": "delay, largest [s]",
         "censorship_inclusion_s_mean": "inclusion [s]", "censorship_wei_per_tx_mean": "cost [ETH]",
         "censorship_buffer_blocks_min": "least buffer [blocks]", "censorship_stranded_share": "never executed"}
table = runs.groupby(["system", INBOX, CENSORS])[list(SHOWN)].mean().reset_index()
table["censorship_wei_per_tx_mean"] /= 1e18
lab.table(table.rename(columns={**SHOWN, INBOX: "operator", CENSORS: "censoring proposers"}))

# %% Plot
alt.Chart(table.dropna(subset=["censorship_delay_s_mean"])).mark_point(size=80, filled=True).encode(
    x=alt.X("censorship_delay_s_mean:Q", scale=alt.Scale(type="log"), title="delay of who is left out [s]"),
    y=alt.Y("system:N", title=None), color=alt.Color(f"{INBOX}:N", title="operator"),
    shape=alt.Shape(f"{CENSORS}:N", title="censoring proposers"),
).properties(width=420, height=260, title="A user waits as long as the contract lets the operator")

# %% tags=["words"]
alone = table[table[CENSORS] == 0].set_index(["system", INBOX])
helped = table[table[CENSORS] > 0].set_index(["system", INBOX])
delay = alone.censorship_delay_s_mean
DAYS = 86_400
lab.say(f"""**What came out.** An operator who delays keeps a user out for {lab.digits(delay[("optimism-fault-proofs", "delays")] / 3600, 2)} hours at
OP, {lab.digits(delay[("arbitrum-nitro-2024", "delays")] / 3600, 2)} at Arbitrum before BoLD,
{lab.digits(delay[("polygon-zkevm", "delays")] / DAYS, 2)} days at Polygon zkEVM and
{lab.digits(delay[("loopring", "delays")] / DAYS, 2)} at Loopring, where the exchange would be frozen after that. BoLD's contract counts 5,760 blocks and no time, so that it is
{lab.digits(delay[("arbitrum-nitro", "delays")] / 3600, 2)} hours; a day of this takes its delay buffer from 14,400 to
{lab.digits(alone.censorship_buffer_blocks_min[("arbitrum-nitro", "delays")], 3)} blocks, and a few days more would leave half an hour
(the oracle `forced-inclusion` has such messages). Starknet has no such way: who is left out stays out. Proposers of the settlement chain add little: nine of ten
who leave messages out make inclusion {lab.digits(helped.censorship_inclusion_s_mean[("optimism-fault-proofs", "delays")], 2)} s in place
of {lab.digits(alone.censorship_inclusion_s_mean[("optimism-fault-proofs", "delays")], 2)}.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
