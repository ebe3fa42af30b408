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
# # What is it worth to execute transactions side by side?
#
# The experiment `parallel-execution` executes the transactions of each block on 1 to 32 lanes: by what they declare to touch,
# as UTXO systems do, or in the hope that they do not conflict, as Block-STM does. All or some of the swaps go to one pool,
# whose key each of them writes.
#
# **What the article says** (sections 1 and 3): Fuel V2 executes transactions side by side, since a UTXO model has no common
# state, and aims to be the fastest layer of execution; for optimistic rollups this is a direct and effective way to speed,
# and StarkNet's next sequencer does it, too.
#
# A lane executes half a million gas a second, so that runs are short; a block of 2 s then has 14 transactions of the mix on
# one lane, and 436 on 32. More are offered than 32 lanes execute. Which keys transactions touch is assumed.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/parallel-execution/points.csv")
runs = pd.read_csv("../results/parallel-execution/runs.csv")
LANES, MODE, SHARE = "execution_lanes", "execution_mode", "execution_classes_swap_hot_share"
lab.table(points.head(3))

# %% [markdown]
# ## Speed
#
# The speed-up is what transactions take on one lane over what their blocks took. It is never more than the number of lanes, nor
# more than all work over its longest chain of conflicts; the oracle `parallel-execution` holds the model to that, to Amdahl's
# law and to what is published of Block-STM.

# %% Speed-up
SHOWN = {"execution_speedup": "speed-up", "execution_speedup_bound": "bound by conflicts", "execution_utilisation": "use",
         "execution_retries_per_tx": "attempts in vain", "execution_aborted_share": "aborted", "execution_unused_share": "unused",
         "throughput_executed_tx_per_s": "tx/s", "finality_soft_s_mean": "confirmed after [s]"}
means = runs.groupby([MODE, SHARE, LANES])[list(SHOWN)].mean().reset_index()
lab.table(means.rename(columns={**SHOWN, MODE: "mode", SHARE: "swaps on one pool", LANES: "lanes"}))

# %% Plot
alt.Chart(means).mark_line(point=True).encode(
    x=alt.X(f"{LANES}:Q", scale=alt.Scale(type="log", base=2), title="lanes"),
    y=alt.Y("execution_speedup:Q", scale=alt.Scale(type="log", base=2), title="speed-up"),
    color=alt.Color(f"{SHARE}:O", title="swaps on one pool"),
    strokeDash=alt.StrokeDash(f"{MODE}:N", title="mode"),
).properties(width=420, height=300, title="A key that many write is what lanes cannot share")

# %% tags=["words"]
table = means.set_index([MODE, SHARE, LANES])
lab.say(f"""**What came out.** Without a pool 32 lanes are {lab.digits(table.execution_speedup[('declared', 0.0, 32)], 3)} times as
fast by declaration, and {lab.digits(table.execution_speedup[('optimistic', 0.0, 32)], 3)} times optimistically, where some of
their work is in vain. With all swaps on one pool they are {lab.digits(table.execution_speedup[('declared', 1.0, 32)], 3)} and
{lab.digits(table.execution_speedup[('optimistic', 1.0, 32)], 3)} times as fast: half of the gas is one chain, so no machine is more
than {lab.digits(table.execution_speedup_bound[('declared', 1.0, 32)], 3)} times as fast. A twentieth of the swaps on one pool
leaves {lab.digits(table.execution_speedup[('declared', 0.05, 32)], 3)}.""")

# %% [markdown]
# ## Throughput and waiting
#
# What is not executed in time waits, and beyond a thousand who wait transactions are dropped.

# %% Throughput
alt.Chart(means).mark_line(point=True).encode(
    x=alt.X(f"{LANES}:Q", scale=alt.Scale(type="log", base=2), title="lanes"),
    y=alt.Y("throughput_executed_tx_per_s:Q", scale=alt.Scale(type="log"), title="executed [tx/s]"),
    color=alt.Color(f"{SHARE}:O", title="swaps on one pool"),
    strokeDash=alt.StrokeDash(f"{MODE}:N", title="mode"),
).properties(width=420, height=300, title="Capacity is what lanes and conflicts leave")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
