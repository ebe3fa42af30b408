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
# # What do five kinds of layer 3 cost?
#
# Private transfers, payments, an NFT market, a game and an exchange, each as a preset, on ZKsync Era and on Arbitrum One, paying the host
# its part of what it pays, with data on the host, with a committee, on Celestia, or in blobs on the settlement chain itself; and on a
# host whose sequencer is down for six hours. Most figures of the presets are assumed, and unknown ones are drawn.
#
# **What the article says** (section 4c): the most interesting layer 3s will be private, for payments, NFT markets, games, and exchanges;
# what they do with their data is the challenge.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/layer3-kinds/runs.csv")
RUNS = runs.replication.nunique()
HOST, KIND, MODE, DOWN = "rollups_host_system", "rollups_child_system", "rollups_child_data_mode", "rollups_host_nodes_outage_hits"
means = runs.groupby([HOST, KIND, MODE, DOWN, "rollup"]).mean(numeric_only=True).reset_index()
means["kind"] = means[KIND].str.removeprefix("layer3-")
means["host"] = means[HOST].map(lab.name)
child = means[means.rollup == "child"]
up = child[child[DOWN] == "none"]
lab.table(up[up[MODE] == "host"][["kind", "host", "finality_soft_s_mean", "finality_final_s_mean", "cost_total_usd_per_tx_mean"]],
          finality_soft_s_mean=lab.duration, finality_final_s_mean=lab.duration)

# %% Plot
alt.Chart(up).mark_bar().encode(
    x=alt.X(f"{MODE}:N", title=None), y=alt.Y("cost_total_usd_per_tx_mean:Q", scale=alt.Scale(type="log"), title="cost of a transaction [USD]"),
    color=alt.Color(f"{MODE}:N", title="data", scale=alt.Scale(range=lab.PALETTE[:4])),
    column=alt.Column("kind:N", title=None), row=alt.Row("host:N", title=None),
).properties(width=110, height=160, title=alt.Title("Five kinds by where their data is", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
costs = up.pivot_table(index=["kind", HOST], columns=MODE, values="cost_total_usd_per_tx_mean")
kinds = costs["host"].groupby("kind").mean().sort_values()
saved = costs["host"] / costs["committee"]
data = up.pivot_table(index=["kind", HOST], columns=MODE, values="cost_data_usd_per_tx_mean")
beside = data["settlement"] / data["host"]
lab.say(f"""**What came out.** With its data on the host a transaction costs {lab.digits(kinds.min(), 2)} USD ({kinds.idxmin()}) to
{lab.digits(kinds.max(), 2)} USD ({kinds.idxmax()}). With a committee it is {lab.digits(saved.min(), 2)} to {lab.digits(saved.max(), 2)} times cheaper. In
blobs on the settlement chain itself its data costs {lab.digits(beside.min(), 2)} to {lab.digits(beside.max(), 2)} times what it costs on the host. All
answer within {lab.duration(up.finality_soft_s_mean.max())} and are final with their host and their own proof or window.""")

# %% [markdown]
# ## An outage below

# %% Outage
pairs = child[child[MODE] == "host"].pivot_table(index=["kind", "host"], columns=DOWN, values=["finality_soft_s_mean", "finality_final_s_mean", "finality_final_s_max"])
late = (pairs["finality_final_s_max"]["sequencer"] - pairs["finality_final_s_max"]["none"]).reset_index(name="later")
lab.table(late, later=lab.duration)

# %% tags=["words"]
soft = pairs["finality_soft_s_mean"]["sequencer"] / pairs["finality_soft_s_mean"]["none"]
lab.say(f"""**What came out.** While the host's sequencer is down a layer 3 goes on: its own blocks come as ever ({lab.digits(soft.min(), 3)} to
{lab.digits(soft.max(), 3)} times as late), and what it posts waits. The last transaction is final {lab.duration(late.later.min())} to
{lab.duration(late.later.max())} later.""")

# %% [markdown]
# ## Limits
#
# The game counts its challenge in blocks as its host tells them: 45,818 of Ethereum on Arbitrum One, and 13 h of Era's own on that. Each
# kind stands alone on its host, with five transactions a second whatever it is. What a host does that censors a layer 3, or
# stops, is in `layer3-exits`. Data on the settlement chain is in blobs of each kind's own, which
# pays for a whole one however little is in it, and claims of it wait until it is final.
