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
# # How long does each layer take?
#
# A rollup that settles on a rollup posts its batches, claims and proofs as transactions of its host, and what is final for it
# waits for what is final for that. The experiment `layer3` puts a copy of a layer 2, a child, on a host with ten transactions a
# second of its own, beside the same rollup alone on the settlement chain: validity and optimistic ones in all four pairs, at three
# loads, paid by the host's price of gas or at cost.
#
# **What the article says** (sections 3 and 4): recursion lets a validity rollup grow by layers; the settlement chain is the hour
# hand of a clock, layer 2 the minute hand, layer 3 the second hand.
#
# A child has the sizes, provers and intervals of the layer 2 that it copies: no layer 3 had published its own.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/layer3/runs.csv")
RUNS = runs.replication.nunique()
LOAD = "rollups_child_workload_arrivals_poisson_rate_per_s"
KEYS = ["rollups_host_system", "rollups_child_system", "rollups_child_host_pricing", LOAD]
STAGES = ["finality_soft_s_mean", "finality_settled_s_mean", "finality_final_s_mean"]
means = runs.groupby([*KEYS, "rollup"]).mean(numeric_only=True).reset_index()
wide = means.pivot_table(index=KEYS, columns="rollup", values=[*STAGES, "cost_total_usd_per_tx_mean"]).reset_index()
lab.table(means[[*KEYS, "rollup", *STAGES, "cost_total_usd_per_tx_mean"]].head(6))

# %% [markdown]
# ## Stages by layer

# %% Table
child = means[(means.rollup == "child") & (means[LOAD] == 1) & (means.rollups_child_host_pricing == "at_cost")]
rows = []
for row in child.itertuples():
    for name in ("host", "child", "alone"):
        part = means[(means.rollup == name) & (means.rollups_host_system == row.rollups_host_system)
                     & (means.rollups_child_system == row.rollups_child_system) & (means[LOAD] == 1)
                     & (means.rollups_child_host_pricing == "at_cost")].iloc[0]
        rows.append({"host": lab.name(row.rollups_host_system), "child": lab.name(row.rollups_child_system), "rollup": name,
                     "soft": part.finality_soft_s_mean, "settled": part.finality_settled_s_mean,
                     "final": part.finality_final_s_mean, "cost [USD]": part.cost_total_usd_per_tx_mean})
lab.table(pd.DataFrame(rows), soft=lab.duration, settled=lab.duration, final=lab.duration)

# %% tags=["words"]
later = wide["finality_final_s_mean"]["child"] - wide["finality_final_s_mean"]["host"]
behind = wide["finality_settled_s_mean"]["child"] / wide["finality_settled_s_mean"]["host"]
soft = wide["finality_soft_s_mean"]["child"]
lab.say(f"""**What came out.** A child answers after {lab.duration(soft.min())} to {lab.duration(soft.max())}, as a layer 2 does. Its data is on the
settlement chain for good {lab.digits(behind.min(), 2)} to {lab.digits(behind.max(), 2)} times as late as that of its host, and it is final
{lab.duration(later.min())} to {lab.duration(later.max())} after its host: it adds its own wait to that.""")

# %% [markdown]
# ## What a transaction costs

# %% Plot
means["pair"] = means.rollups_child_system.map(lab.name) + " on " + means.rollups_host_system.map(lab.name)
shown = means[means.rollup.isin(["child", "alone"])]
alt.Chart(shown).mark_line(point=True).encode(
    x=alt.X(f"{LOAD}:Q", scale=alt.Scale(type="log"), title="load of the child [1/s]"),
    y=alt.Y("cost_total_usd_per_tx_mean:Q", scale=alt.Scale(type="log"), title="cost of a transaction [USD]"),
    color=alt.Color("pair:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("rollup:N", title=None),
    column=alt.Column("rollups_child_host_pricing:N", title=None),
).properties(width=260, height=260, title=alt.Title("A child and the same rollup alone", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
ratio = wide["cost_total_usd_per_tx_mean"]["alone"] / wide["cost_total_usd_per_tx_mean"]["child"]
lab.say(f"""**What came out.** Alone a transaction costs {lab.digits(ratio.min(), 2)} to {lab.digits(ratio.max(), 2)} times what it costs on a host.""")

# %% [markdown]
# ## Limits
#
# One child and one host, on calldata, without a committee of the child's own, and nobody leaves it by force. What the host's proof of
# a child's proof costs is its gas of verification on the host; provers of hosts do no more work for it than for other gas.
