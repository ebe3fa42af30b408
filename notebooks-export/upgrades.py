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
# # Who is out before an upgrade takes effect?
#
# Those who hold the keys of a rollup queue an upgrade that takes all its contracts hold. Users notice after some time, and
# withdraw as ever, by the bridge of their rollup: a block, a batch, a claim, its window or its proof, and a transaction of their
# own that bids for the room of a settlement block. Who is out before the block in which the upgrade takes effect has saved
# what he has. The experiment `upgrades` does so on four rollups, for delays from none to 30 days.
#
# **What the article says** (sections 2a and 4a): upgrades of most rollups are in the hands of a few, so to break one costs next to
# nothing against the more than a billion that it holds; upgrades should be for governance, or for nobody.
#
# All settle on one chain, Ethereum after Pectra, so that they differ by their rules alone. When users notice (six hours, two
# days, a week, exponential), what they have, what is locked (1e9 USD) and what a signer costs (1e6 USD) are assumptions.
# The delays that the systems have are documented, but for Starknet's and OP Mainnet's, which are estimated.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/upgrades/points.csv")
runs = pd.read_csv("../results/upgrades/runs.csv")
RUNS = runs.replication.nunique()
OWN = {"arbitrum-nitro": 1_500_216, "optimism-fault-proofs": 0, "zksync-era": 4 * 86_400, "starknet": 7 * 86_400}
NOTICE = {f"{{exponential: {{mean: {s} s}}}}": days for s, days in [(21_600, 0.25), (172_800, 2), (604_800, 7)]}
runs["notice"] = runs.exits_hesitation.map(NOTICE)
runs["delay [d]"] = runs.upgrades_delay_s / 86_400
means = runs.groupby(["system", "delay [d]", "notice"]).mean(numeric_only=True).reset_index()
lab.table(points.head(3))

# %% [markdown]
# ## Who is saved
#
# Where the delay is no longer than a withdrawal takes, nobody is, however soon he notices.

# %% Plot
means["rollup"] = means.system.map(lab.name)
alt.Chart(means).mark_line(point=True).encode(
    x=alt.X("delay [d]:Q", title="delay of the upgrade [d]"),
    y=alt.Y("upgrade_saved_share:Q", title="share of users who are out in time", axis=alt.Axis(format="%")),
    color=alt.Color("rollup:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("notice:N", title="users notice after [d], mean"),
).properties(width=460, height=300, title=alt.Title(
    "A delay saves nobody until it is longer than a withdrawal", subtitle=f"means over {RUNS} replications"))

# %% [markdown]
# ## The delays that there are

# %% Table
own = means[means.apply(lambda row: abs(row["delay [d]"] * 86_400 - OWN[row.system]) < 1, axis=1)]
table = own.pivot(index="rollup", columns="notice", values="upgrade_saved_share").reset_index()
table.columns = ["rollup", *[f"saved, noticed after {c} d" for c in table.columns[1:]]]
window = own.groupby("rollup").agg(
    delay=("delay [d]", "first"), window=("upgrade_window_s", "first"), bribe=("upgrade_bribe_share", "first")).reset_index()
window["window"] /= 86_400
lab.table(window.merge(table).rename(columns={
    "delay": "delay [d]", "window": "exit window [d]", "bribe": "bribe of the fewest signers by value locked"}))

# %% tags=["words"]
short = means[means.upgrade_window_s < 0].upgrade_saved_share
week = means[(means["delay [d]"] > 29) & (means.notice == 7)].upgrade_saved_share
lab.say(f"""**What came out.** Where the delay is shorter than a withdrawal takes, {lab.digits(100 * short.max(), 2)} % of the users are out
in time at most. With 30 days and users who notice after a week, {lab.digits(100 * week.min(), 2)} to
{lab.digits(100 * week.max(), 2)} % are. A council that needs no delay saves nobody, whatever delay others have. To bribe the fewest
signers who can replace the contracts costs {lab.digits(100 * window.bribe.min(), 2)} to {lab.digits(100 * window.bribe.max(), 2)} % of what
is locked, at a million each: with ten times as much each it is ten times as much.""")

# %% [markdown]
# ## Limits
#
# Nobody cancels here, and what a council or a vote can stop is left to who asks (`upgrades.council.vetoes`,
# `upgrades.vote`). Withdrawals wait for a claim as always: a rollup whose signers also hold its operator would not serve them.
