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
# # What does a fast exit cost, and who pays for what goes wrong?
#
# The bridge of an optimistic rollup pays after a week. Somebody with money on the settlement chain can pay at once and have it
# back from the bridge: he lends for a week. The experiment `fast-exit` lets users withdraw coins, and providers lend what they
# have at the interest of Across, which rises with the use of their capital.
#
# **What the article says** (section 0b): users of an optimistic rollup wait for the dispute period to withdraw, unless
# somebody advances the money; validity rollups need nobody for that.
#
# Three hundred ETH an hour leave in 60 withdrawals, of users to whom waiting is worth 20 % a year in the mean. A user takes a
# fast exit if it costs less than the time that it saves. These figures are assumed; interest and its kink are an example of
# Across for ether in 2022 (UMIP-157).

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/fast-exit/points.csv")
runs = pd.read_csv("../results/fast-exit/runs.csv")
CAPITAL, RUN, PLAN, STAKES, STAGE, CHECKS = ("fast_exits_capital_eth", "fast_exits_run_users", "adversary_plan",
                                             "adversary_stakes", "fast_exits_pays_after", "fast_exits_checks")
calm = runs[(runs[RUN] == 0) & (runs[PLAN] == "none") & (runs[STAGE] == "soft")]
lab.table(points.head(3))

# %% [markdown]
# ## Capital and fee
#
# What is lent in the mean is what leaves by fast exits a second times the time until the bridge pays (Little's law; the oracle
# `fast-exits` holds the model to it, and to Erlang's formula for what is refused).

# %% Capital
SHOWN = {"fast_exit_share": "fast", "fast_exit_refused_share": "refused", "fast_exit_too_dear_share": "too dear",
         "fast_exit_fee_share_mean": "fee", "fast_exit_utilisation_mean": "use", "fast_exit_return_per_year": "return a year",
         "fast_exit_slow_s_mean": "bridge [s]"}
supply = calm.groupby(["system", CAPITAL])[list(SHOWN)].mean().reset_index()
lab.table(supply.rename(columns={**SHOWN, CAPITAL: "capital [ETH]"}))

# %% Plot
alt.Chart(supply[supply.fast_exit_share > 0]).mark_line(point=True).encode(
    x=alt.X(f"{CAPITAL}:Q", scale=alt.Scale(type="log"), title="capital [ETH]"),
    y=alt.Y("fast_exit_fee_share_mean:Q", scale=alt.Scale(type="log"), title="fee over amount"),
    color=lab.colours(),
).properties(width=420, height=300, title="The fee follows the use of the capital")

# %% tags=["words"]
nitro, era = (supply[supply.system == system].set_index(CAPITAL) for system in ("arbitrum-nitro", "zksync-era"))
lab.say(f"""**What came out.** Where users wait a week, 100,000 ETH serve {lab.digits(100 * nitro.fast_exit_share[100_000], 2)} % of
withdrawals at {lab.digits(1e4 * nitro.fast_exit_fee_share_mean[100_000], 2)} basis points in the mean, gas included, and earn
{lab.digits(100 * nitro.fast_exit_return_per_year[100_000], 2)} % a year. With an eighth of that capital the fee rises to
{lab.digits(1e4 * nitro.fast_exit_fee_share_mean[12_500], 2)} basis points, and most users wait. On ZKsync Era, whose bridge pays after
three hours, 2,000 ETH are more than anybody asks for: waiting costs {lab.digits(nitro.fast_exit_slow_s_mean[100_000] / era.fast_exit_slow_s_mean[2000], 2)}
times less, and a fast exit is worth its gas to {lab.digits(100 * era.fast_exit_share[2000], 2)} % of the users.""")

# %% [markdown]
# ## A run on the bridge
#
# Two or ten thousand users more withdraw within some hours.

# %% Run
run = runs[(runs.system == "arbitrum-nitro") & (runs[PLAN] == "none") & (runs[STAGE] == "soft")]
crowd = run.groupby([CAPITAL, RUN])[[*SHOWN, "fast_exit_utilisation_max"]].mean().reset_index()
crowd = crowd[crowd[CAPITAL].isin([25_000, 50_000, 100_000])]
lab.table(crowd.rename(columns={**SHOWN, CAPITAL: "capital [ETH]", RUN: "users", "fast_exit_utilisation_max": "largest use"}))

# %% tags=["words"]
crowded = crowd.set_index([CAPITAL, RUN])
lab.say(f"""**What came out.** Of 50,000 ETH a run of ten thousand users takes the use from
{lab.digits(100 * crowded.fast_exit_utilisation_max[(50_000, 0)], 2)} to {lab.digits(100 * crowded.fast_exit_utilisation_max[(50_000, 10_000)], 2)} %,
and the mean fee from {lab.digits(1e4 * crowded.fast_exit_fee_share_mean[(50_000, 0)], 2)} to
{lab.digits(1e4 * crowded.fast_exit_fee_share_mean[(50_000, 10_000)], 2)} basis points: providers earn by it, and the fee sends users to
the bridge before the capital is gone.""")

# %% [markdown]
# ## Claims that are contested
#
# An attacker contests one claim for as long as he can. Providers who compute the state themselves go on paying, and wait longer
# for their money; the fee of a week does not cover that.

# %% Dispute
DISPUTED = {"fast_exit_share": "fast", "fast_exit_fee_share_mean": "fee", "fast_exit_utilisation_mean": "use",
            "fast_exit_slow_s_mean": "bridge, mean [s]", "fast_exit_slow_s_max": "bridge, largest [s]",
            "fast_exit_return_per_year": "return a year"}
fights = runs[(runs[PLAN] == "delay_one")].groupby(["system", STAKES])[list(DISPUTED)].mean().reset_index()
lab.table(fights.rename(columns={**DISPUTED, STAKES: "stakes"}))

# %% [markdown]
# ## Claims that are wrong
#
# Providers who wait for a claim, and believe it with the probability that they do not compute the state, pay an adversary who
# withdraws what nobody has. One claim of twenty is wrong, and withdraws 1,000 ETH. Who looks on the chain first does not pay
# what somebody has contested by then.

# %% Lies
lies = runs[runs[STAGE] == "claimed"].groupby(CHECKS)[
    ["fast_exit_share", "fast_exit_turned_away_share", "fast_exit_lost_wei", "fast_exit_return_per_year",
     "dispute_wrong_effective_share"]].mean().reset_index()
lies["lost [ETH]"] = lies.pop("fast_exit_lost_wei") / 1e18
lab.table(lies)

# %% tags=["words"]
lost = lies.set_index(CHECKS)["lost [ETH]"]
lab.say(f"""**What came out.** In ten days providers who check nothing lose {lab.digits(lost[0.0], 2)} ETH of 50,000, those who check nine
of ten claims {lab.digits(lost[0.9], 2)}, and who checks every claim none, though each wrong claim was rejected in the end. A fast exit
rests on its provider's own node, not on the dispute that comes after.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
