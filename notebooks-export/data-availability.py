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
# # Who keeps the data, and what if it is withheld?
#
# A rollup can put its data on the settlement chain, leave it with a committee, put it on another chain, or let each
# transaction choose. The experiment `data-availability` runs one rollup in each of these ways, stops handing out data
# at a random moment, and asks what the data costs, whose balances nobody can prove any more, and for how long.
#
# **What the article says** (sections 0c, 1 and 4c): with the data on the settlement chain anybody can rebuild the rollup
# when its operator runs away. A validium or a layer 3 can keep its data elsewhere, for less, at the price of trust.
#
# How often members of a committee fail and how many of them are honest is published by nobody. Here each is up 48 h and
# down 6 h and is honest with a probability of 0.8: these are settings to see what follows, not figures of a system.

# %% Load
import altair as alt
import pandas as pd
from scipy.stats import binom

import lab

points = pd.read_csv("../results/data-availability/points.csv")
runs = pd.read_csv("../results/data-availability/runs.csv")
RUNS = runs.replication.nunique()
SETTING = ["data_mode", "poster_carrier", "data_off_host", "data_committee_quorum", "data_committee_common_share",
           "data_withholding_collusion"]
MODES = {"host": "host", "external": "another chain", "volition": "volition", "committee": "committee"}
lab.table(points.head(3))

# %% [markdown]
# ## Cost against what is frozen
#
# Frozen is the share of settled value that nobody can prove, on average from the beginning of withholding to the
# horizon, and at the horizon. Somebody needs an hour to rebuild the state, so all is frozen for that long in each mode.
# It is a share of what is settled: a committee that is rarely complete settles little. Blobs are those of Ethereum
# after Dencun.

# %% Filter
MEASURES = {"cost_data_usd_per_tx_mean": "cost of data [USD]", "data_frozen_share_mean": "frozen, mean",
            "data_frozen_share_end": "frozen at the end", "data_in_flight_share": "in flight",
            "finality_posted_s_mean": "until posted [s]"}
mean = points[points.measure.isin(MEASURES)].pivot(index=["point", *SETTING], columns="measure", values="mean")
mean = mean.reset_index().rename(columns=MEASURES)
mean["mode"] = mean.data_mode.map(MODES)
by_carrier = mean[mean.data_mode.isin(["host", "external"]) | (mean.data_mode == "volition")
                  | ((mean.data_mode == "committee") & (mean.data_committee_quorum == 5))].copy()
by_carrier["off host"] = by_carrier.data_off_host.where(by_carrier.data_mode == "volition")
by_carrier["carrier"] = by_carrier.poster_carrier.where(by_carrier.data_mode.isin(["host", "volition"]), "–")
by_carrier["collusion"] = by_carrier.data_withholding_collusion.where(
    by_carrier.data_mode.isin(["committee", "volition"]))
lab.table(by_carrier[["mode", "carrier", "off host", "collusion", *MEASURES.values()]].astype({"mode": str}))

# %% Plot
alt.Chart(mean).mark_point(filled=True, size=70, opacity=0.9).encode(
    x=alt.X("cost of data [USD]:Q", scale=alt.Scale(type="log"), title="cost of data for a transaction [USD]"),
    y=alt.Y("frozen at the end:Q", title="share of value frozen at the end", axis=alt.Axis(format="%")),
    color=alt.Color("mode:N", title=None, scale=alt.Scale(domain=list(MODES.values()), range=lab.PALETTE[:4])),
    shape=alt.Shape("mode:N", title=None, scale=alt.Scale(
        domain=list(MODES.values()), range=["circle", "square", "triangle-up", "diamond"])),
).properties(width=440, height=300, title=alt.Title(
    "The host freezes nothing, and blobs cost no more", subtitle=f"means over {RUNS} replications; each point is a setting"))

# %% [markdown]
# Pairs over replications, which met the same fees and the same draws.

# %% Test
def column(measure, **setting):
    chosen = runs
    for key, value in setting.items():
        chosen = chosen[chosen[key] == value]
    assert chosen.point.nunique() == 1, "the setting is not one point"
    return chosen.set_index("replication")[measure]


SAFE = {"data_committee_common_share": 0.0, "data_committee_quorum": 5}
COST = "cost_data_usd_per_tx_mean"
committee = column(COST, data_mode="committee", **SAFE)
external = column(COST, data_mode="external")
rows = []
for carrier in ("blobs", "calldata"):
    host = column(COST, data_mode="host", poster_carrier=carrier)
    for other, cost in (("committee, 5 of 6", committee), ("another chain", external)):
        test = lab.paired_ratio(host, cost)
        rows.append({"host": carrier, "instead": other, "times cheaper": test.ratio,
                     "95 % interval": lab.interval(test.low, test.high), "low": test.low, "high": test.high,
                     "p": test.p})
savings = pd.DataFrame(rows)
lab.table(savings[["host", "instead", "times cheaper", "95 % interval", "p"]], p=lab.p_value)

# %% tags=["words"]
ratio = savings.set_index(["host", "instead"])["times cheaper"]
lab.say(f"""**What came out.** Against calldata a committee of which five sign makes data
{lab.digits(ratio["calldata", "committee, 5 of 6"], 2)} times cheaper, another chain
{lab.digits(ratio["calldata", "another chain"], 2)} times. Against blobs after Dencun both cost more, the committee
{lab.digits(1 / ratio["blobs", "committee, 5 of 6"], 2)} times and the other chain
{lab.digits(1 / ratio["blobs", "another chain"], 2)} times as much: a batch is a few blobs, which cost less than what is left
on the host in the other modes, the signatures and the proof of the relay.""")

# %% [markdown]
# ## Independent members are too good to be true
#
# For how much of the time enough of six members are up to sign, when they fail by themselves, and when in addition a
# common cause, every ten days for six hours, takes all of them down. The lines are closed forms: P(at least m of 6) with
# a = 48/54, and (1 − c) times that with c = 6/246.

# %%
A, C, Q = 48 / 54, 6 / 246, 0.8
available = points[(points.measure == "data_availability") & (points.data_mode == "committee")].copy()
available["members fail"] = available.data_committee_common_share.map({0.0: "by themselves", 1.0: "together as well"})
closed = pd.DataFrame([
    {"data_committee_quorum": m, "members fail": name, "closed form": factor * binom.sf(m - 1, 6, A)}
    for name, factor in (("by themselves", 1), ("together as well", 1 - C)) for m in range(1, 7)])
base = alt.Chart(available).encode(
    x=alt.X("data_committee_quorum:O", title="signatures that a batch needs, of 6", axis=alt.Axis(labelAngle=0)),
    color=alt.Color("members fail:N", title="members fail", scale=alt.Scale(range=lab.PALETTE[:2])))
(alt.Chart(closed).mark_line(strokeDash=[4, 3]).encode(
    x="data_committee_quorum:O", y=alt.Y("closed form:Q"), color="members fail:N")
 + base.mark_rule(strokeWidth=2).encode(y=alt.Y("ci_low:Q", title="availability of the committee",
                                                scale=alt.Scale(zero=False)), y2="ci_high:Q")
 + base.mark_point(filled=True, size=60, opacity=1).encode(y="mean:Q", shape="members fail:N")).properties(
    width=440, height=280, title=alt.Title("No quorum helps against a common cause",
                                           subtitle=f"95 % intervals over {RUNS} replications; dashed: closed form"))

# %% [markdown]
# ## A higher quorum is more honest members, unless they collude
#
# What is frozen for good of the value with the committee. A batch is lost if none of the m members who signed it is
# honest, (1 − q)^m, or if all withhold together: c + (1 − c)(1 − q)^m, with q = 0.8 and c of 0 or 5 %.

# %%
frozen = points[(points.measure == "data_frozen_share_end") & (points.data_mode == "committee")].copy()
frozen["all collude"] = frozen.data_withholding_collusion.map({0.0: "never", 0.05: "with 5 %"})
frozen["closed form"] = [c + (1 - c) * (1 - Q) ** m for c, m in zip(
    frozen.data_withholding_collusion, frozen.data_committee_quorum)]
frozen["inside"] = (frozen.ci_low <= frozen["closed form"]) & (frozen["closed form"] <= frozen.ci_high)
lab.table(frozen[["data_committee_quorum", "all collude", "mean", "ci_low", "ci_high", "closed form", "inside"]].rename(
    columns={"data_committee_quorum": "signatures"}))

# %% tags=["words"]
one = frozen.set_index(["all collude", "data_committee_quorum"])["mean"]
up = available.set_index(["members fail", "data_committee_quorum"])["mean"]
lab.say(f"""**What came out.** With one signature {lab.digits(100 * one["never", 1], 2)} % of the value is frozen for good,
with six {lab.digits(100 * one["never", 6], 2)} %; but as soon as members can withhold together, six signatures leave
{lab.digits(100 * one["with 5 %", 6], 2)} %. The price is that batches wait: six of six are up for
{lab.digits(100 * up["by themselves", 6], 2)} % of the time, one of six for
{lab.digits(100 * up["by themselves", 1], 3)} %. What makes withholding unlikely makes waiting likely, and no choice of
quorum helps against what hits all members at once. The chance that members are up when data is asked for adds to what is
frozen: with honest members that are down it comes later. Intervals assume a normal mean; where nearly no run freezes
anything they are short.""")

# %% [markdown]
# ## What each mode leaves in flight
#
# An operator that vanishes takes with it what it had confirmed and not yet put where it can be found for good. That share
# depends on how long a batch takes and on the finality of the settlement chain, and hardly on who keeps the data.

# %%
flight = mean[mean.data_mode.isin(MODES)].groupby("mode")[["in flight", "until posted [s]"]].mean().reset_index()
lab.table(flight)

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
