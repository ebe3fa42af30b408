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
# # How long does an exit through two layers take?
#
# A layer 3 on a layer 2 that takes all it sends, takes nothing any more, or has stopped for good. What the host does not take goes through
# the settlement chain, by the forced inclusion of the host: after 24 hours on Arbitrum One in 2024, after what its delay buffer leaves since, and
# after 12 hours on OP Mainnet. A game (optimistic, 45,818 blocks) and payments (with proofs), with their data on the host or on the settlement
# chain itself.
#
# **What the article says** (section 4c): a layer 3 with its data on layer 1 is a rollup as before, but its exit may be more complicated.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/layer3-exits/runs.csv")
RUNS = runs.replication.nunique()
HOST, KIND, MODE = "rollups_host_system", "rollups_child_system", "rollups_child_data_mode"
GUESTS, STOPS = "rollups_host_censorship_guests", "rollups_host_nodes_stops_at_s"
OUT = "finality_withdrawable_s_mean"
runs["operator"] = runs[GUESTS].map({"none": "takes all", "all": "takes nothing"}).where(runs[STOPS] == 0, "has stopped")
keys = [HOST, KIND, MODE, "operator"]
means = runs.groupby([*keys, "rollup"]).mean(numeric_only=True).reset_index()
means["kind"] = means[KIND].str.removeprefix("layer3-")
means["host"] = means[HOST].map(lab.name)
child = means[means.rollup == "child"]
alone = means[(means.rollup == "host") & (means.operator == "takes all")]
shown = child.pivot_table(index=["kind", "host", MODE], columns="operator", values=OUT).reset_index()
lab.table(shown, **{"takes all": lab.duration, "takes nothing": lab.duration, "has stopped": lab.duration})

# %% Plot
chart = child.assign(days=child[OUT] / 86400)
alt.Chart(chart).mark_bar().encode(
    x=alt.X("operator:N", title=None, sort=["takes all", "takes nothing", "has stopped"]), y=alt.Y("days:Q", title="exit to the settlement chain [d]"),
    color=alt.Color("operator:N", title="operator of the host", scale=alt.Scale(range=lab.PALETTE[:3])),
    column=alt.Column("host:N", title=None), row=alt.Row("kind:N", title=None),
).transform_filter(alt.datum[MODE] == "settlement").properties(width=110, height=160, title=alt.Title(
    "An exit through two layers, data on the settlement chain", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
late = child.pivot_table(index=[KIND, HOST, MODE], columns="operator", values=OUT)
extra = (late["takes nothing"] - late["takes all"]).rename("extra").reset_index()
stopped = late["has stopped"] / late["takes nothing"]
by_host = extra.groupby([MODE, HOST]).extra.mean()
at_host = alone.groupby(HOST)[OUT].mean()
lab.say(f"""**What came out.** Where the host takes all, an exit takes {lab.duration(late['takes all'].min())} to {lab.duration(late['takes all'].max())};
one from the host itself {lab.duration(at_host.min())} to {lab.duration(at_host.max())}. Once the host takes nothing, each step of the layer 3 (its data, its claim, what
resolves or executes that) waits for the host's delay: {lab.duration(by_host['host'].min())} to {lab.duration(by_host['host'].max())} more with its data on the host, and
{lab.duration(by_host['settlement'].min())} to {lab.duration(by_host['settlement'].max())} more with its data on the settlement chain, which is one step less. A host that
has stopped is {lab.digits(stopped.min(), 4)} to {lab.digits(stopped.max(), 4)} times as slow as one that censors.""")

# %% tags=["words"]
buffered = extra[(extra[HOST] == "arbitrum-nitro") & (extra[MODE] == "host")].extra.max()
unbuffered = extra[(extra[HOST] == "arbitrum-nitro-2024") & (extra[MODE] == "host")].extra.max()
lab.say(f"""**Beside what is said of Arbitrum.** Its documents say that a sequencer can delay each move by 24 hours, and with the delay
buffer by two days in all and 30 minutes for each. Steps of the game are late by {lab.duration(unbuffered)} in all, and with the buffer by
{lab.duration(buffered)}, which is below that bound.""")

# %% [markdown]
# ## Limits
#
# Moves of disputes on a layer 3 are not simulated: a challenger who needs fifty of them needs fifty delays. The layer 3's own operator goes on,
# and its users are forced by nobody else. What comes through the settlement chain waits there until it is final, some 13 minutes a
# step. Fees of messages are not in what the layer 3 costs.
