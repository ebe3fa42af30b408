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
# # If everybody leaves at once, who gets out?
#
# The operator of a rollup serves no withdrawal any more and hands out no data. One user asks the contract for his
# balance and is not served, the rollup is frozen, and everybody takes what he has by a transaction of his own on the
# settlement chain. They bid against each other and against all others for the room of its blocks. The experiment
# `mass-exit` does so for four systems with the rules of their contracts, for ten thousand users to a million.
#
# **What the article says** (section 0c): with the data on the settlement chain anybody can rebuild the state, and leave.
#
# All settle on one chain, Ethereum after the merge, so that they differ by their rules alone. What users have (on average
# 2,000 USD, most of it with few), how long they hesitate and what leaving is worth to them (a hundredth or a tenth of
# what they have, at most) are assumptions. What an exit takes is counted by operations where no figure was found, and is
# a range.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/mass-exit/points.csv")
runs = pd.read_csv("../results/mass-exit/runs.csv")
RUNS = runs.replication.nunique()
SETTING = ["system", "exits_users", "exits_worth", "data_withholding_collusion"]
means = points.pivot(index=["point", *SETTING], columns="measure", values="mean").reset_index()
lab.table(points.head(3))

# %% [markdown]
# ## Who leaves, when, and for how much
#
# Days count from when the operator serves nobody. They contain the time until the contract lets itself be frozen:
# 7 days on StarkEx, 15 on Loopring, 80,640 blocks on zkSync Lite. From then on everybody has a week.

# %% Table
table = means.copy()
table["system"] = table.system.map(lab.name)
table["open [d]"] = table.exit_open_s / 86_400
table["p95 [d]"] = table.exit_s_p95 / 86_400
table["last [d]"] = table.exit_s_max / 86_400
table = table.rename(columns={
    "exits_users": "users", "exits_worth": "worth", "data_withholding_collusion": "colludes",
    "exit_left_share": "leave", "exit_left_value_share": "of value", "exit_fee_usd_mean": "fee [USD]",
    "exit_base_fee_wei_max": "base fee, most [wei]"})
lab.table(table[["system", "users", "worth", "colludes", "open [d]", "p95 [d]", "last [d]", "leave", "of value", "fee [USD]",
                 "base fee, most [wei]"]])

# %% Plot
honest = table[table.colludes == 0]
alt.Chart(honest).mark_line(point=True).encode(
    x=alt.X("users:Q", scale=alt.Scale(type="log"), title="users who leave"),
    y=alt.Y("leave:Q", title="share of users who leave within a week", axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1])),
    color=alt.Color("system:N", title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
    strokeDash=alt.StrokeDash("worth:N", title="of a balance, at most"),
).properties(width=440, height=300, title=alt.Title(
    "The value leaves, and the users with little stay", subtitle=f"means over {RUNS} replications"))

# %% tags=["words"]
cheap, dear = honest[honest.worth == 0.1], honest[honest.worth == 0.01]
lab.say(f"""**What came out.** Where an exit is worth a tenth of a balance, {lab.digits(100 * cheap.leave.min(), 2)} to
{lab.digits(100 * cheap.leave.max(), 2)} % of the users leave within a week, with
{lab.digits(100 * cheap["of value"].min(), 2)} to {lab.digits(100 * cheap["of value"].max(), 2)} % of the value; where it is
worth a hundredth, {lab.digits(100 * dear.leave.min(), 2)} to {lab.digits(100 * dear.leave.max(), 2)} % of the users with
{lab.digits(100 * dear["of value"].min(), 2)} to {lab.digits(100 * dear["of value"].max(), 2)} % of the value. Blocks have room
for all of ten thousand in some hours; what keeps the others is the fee, which their own rush raises to
{lab.digits(cheap["base fee, most [wei]"].max() / 1e9, 2)} gwei at most.""")

# %% [markdown]
# ## A crowd bids its own fee up
#
# Ten times the users, paired by replication: the same users and the same market.

# %% Test
rows = []
honest_runs = runs[runs.data_withholding_collusion == 0]
for (system, worth), part in honest_runs.groupby(["system", "exits_worth"], sort=False):
    fees = part.pivot(index="replication", columns="exits_users", values="exit_fee_usd_mean")
    for low, high in zip(fees.columns, fees.columns[1:]):
        test = lab.paired_ratio(fees[high], fees[low])
        rows.append({"system": lab.name(system), "worth": worth, "users": f"{low:,} to {high:,}", "fee, times": test.ratio,
                     "95 % interval": lab.interval(test.low, test.high), "p": test.p})
lab.table(pd.DataFrame(rows), p=lab.p_value)

# %% [markdown]
# ## Without the data nobody leaves
#
# ImmutableX keeps its data with a committee of seven. If none of them hands it out, no balance can be proved.

# %% tags=["words"]
held = means[means.data_withholding_collusion == 1].iloc[0]
lab.say(f"""**What came out.** Of a hundred thousand users of ImmutableX {lab.digits(100 * held.exit_left_share, 2)} % leave
when its committee withholds with the operator, and {lab.digits(100 * held.exit_unprovable_share, 3)} % cannot prove what they
have. The systems with their data on the chain need nobody for that.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
