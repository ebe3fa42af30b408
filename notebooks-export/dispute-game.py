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
# # How long do attackers delay a claim that is right?
#
# Somebody contests a claim that is right. Whoever defends it has to answer each move on the settlement chain before a clock
# runs out. The experiment `dispute-game` plays the games of four systems, by the figures of their contracts: Arbitrum Classic
# and Nitro, where a defender meets one opponent after the other; BoLD, where he meets all at once; and OP's tree of claims.
#
# **What the article says** (sections 0b and 1): fraud proofs let anybody correct a wrong claim, as on Arbitrum and Optimism.
#
# Attackers know that they lose. What they buy is time: they use up their clocks, and move three hours before those run out.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/dispute-game/points.csv")
runs = pd.read_csv("../results/dispute-game/runs.csv")
STAKES, PACE = "adversary_stakes", "adversary_pace"
ATTACK, DEFENCE = "adversary_capital_eth", "watchers_capital_eth"
delay = runs[runs[PACE] == "last_moment"].copy()
delay["days"] = delay.dispute_claim_s_mean / 86_400
delay["staked [ETH]"] = delay.dispute_attacker_lost_wei / 1e18
lab.table(points.head(3))

# %% [markdown]
# ## Delay by stakes

# %% Table
order = ["arbitrum-classic", "arbitrum-nitro-2024", "arbitrum-nitro", "optimism-fault-proofs"]
table = delay.groupby(["system", STAKES])[["days", "staked [ETH]", "dispute_moves_mean", "dispute_lost_share"]].mean()
table = table.loc[order].reset_index()
table["system"] = table.system.map(lab.name)
lab.table(table.rename(columns={STAKES: "stakes", "dispute_moves_mean": "moves", "dispute_lost_share": "defenders lose"}))

# %% Plot
alt.Chart(table).mark_line(point=True).encode(
    x=alt.X(f"{STAKES}:Q", scale=alt.Scale(type="log"), title="stakes of the attacker"),
    y=alt.Y("days:Q", scale=alt.Scale(type="log"), title="days from the claim to the end of its dispute"),
    color=alt.Color("system:N", sort=[lab.name(s) for s in order], title=None, scale=alt.Scale(range=lab.PALETTE[:4])),
).properties(width=440, height=300, title=alt.Title(
    "One after the other the delay has no bound", subtitle=f"means over {runs.replication.nunique()} replications"))

# %% tags=["words"]
at = delay.groupby(["system", STAKES]).days.mean()
cost = delay.groupby(["system", STAKES])["staked [ETH]"].mean()
lab.say(f"""**What came out.** With 16 stakes an attacker delays a claim of Nitro before BoLD by
{lab.digits(at[("arbitrum-nitro-2024", 16)], 3)} days for {lab.digits(cost[("arbitrum-nitro-2024", 16)], 3)} ETH, and one of
BoLD by {lab.digits(at[("arbitrum-nitro", 16)], 3)} days for {lab.digits(cost[("arbitrum-nitro", 16)], 4)} ETH: no longer than
with one stake ({lab.digits(at[("arbitrum-nitro", 1)], 3)} days). OP's game is over after
{lab.digits(at[("optimism-fault-proofs", 1)], 3)} days, of which its extensions are a part. Who is right lost
{int((delay.dispute_lost_share > 0).sum())} of {len(delay)} games.""")

# %% [markdown]
# ## Resources in BoLD
#
# Another attacker wants to win. He posts as many rivals as he can stake for, draws all stakes of defenders out, and then holds
# them up. A rival stakes 3600, 555 and 79 ETH on its three levels, a defender 555 and 79 against each of them: a ratio of 6.68,
# 6.4 to 6.5 with gas (the docs say 6.46). Defenders who have less than the part of it lose.

# %% Fight
fight = runs[runs[PACE] == "hold"].groupby([ATTACK, DEFENCE])[["dispute_lost_share", "dispute_stake_ratio"]].mean().reset_index()
fight["rivals"] = (fight[ATTACK] / 4234).astype(int).clip(upper=64)
fight["defenders need [ETH]"] = fight.rivals * 634
fight["expected"] = (fight[DEFENCE] < fight["defenders need [ETH]"]).astype(int)
lab.table(fight.rename(columns={ATTACK: "attacker [ETH]", DEFENCE: "defenders [ETH]", "dispute_lost_share": "defenders lose"}))

# %% tags=["words"]
agree = int((fight.dispute_lost_share.round() == fight.expected).sum())
lab.say(f"""**What came out.** In {agree} of {len(fight)} settings the side wins that the ratio of stakes says. Assumptions: one
purse for all defenders, whose stakes come back when a match is over and can be used at once; rivals who part from the truth at
random places, so that some moves and stakes of defenders count against several; no other cost than stakes and gas.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
