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
# # How often to post?
#
# Who posts often pays the fixed part of a settlement transaction often; who waits makes users wait, and may meet a lower
# fee. The experiment `batch-posting` gives a rollup five policies: to post by size and age, on a grid of time that suits
# the price of delay, below a limit of the fee, below a percentile of past fees that rises with age, and by weighing
# the cost of delay, with the best policy of a decision process. It prices an hour of delay of one transaction at one cent, ten cents and a dollar, in a
# market that is calm and one in which the logarithm of the fee varies twice as much.
#
# **What the article says** (section 2b): how often to post is a choice between cost and delay.
#
# Policies see the fee that the next block charges and nothing later. What the rollup posts moves the fee.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/batch-posting/points.csv")
runs = pd.read_csv("../results/batch-posting/runs.csv")
FACTORS = {"poster_policy": "policy", "poster_delay_cost_usd_per_h": "delay_cost",
           "settlement_demand_volatility": "volatility"}
points, runs = (t.rename(columns=FACTORS) for t in (points, runs))
POLICIES = {"immediate": "size or age", "interval": "grid", "price_threshold": "limit", "percentile": "percentile",
            "cost_of_delay": "cost of delay"}
MARKETS = {0.17: "calm", 0.34: "volatile"}
for table in (points, runs):
    table["name"] = table.policy.map(POLICIES)
    table["market"] = table.volatility.map(MARKETS)
COST, DELAY, BOTH = "cost_data_usd_per_tx_mean", "finality_included_s_mean", "posting_objective_usd_per_tx_mean"
RUNS = runs.replication.nunique()
lab.table(runs[["name", "delay_cost", "market", "replication", COST, DELAY, BOTH]].head(3))

# %% [markdown]
# ## Cost against delay
#
# A point is a policy at a price of delay. Size or age, the limit and the percentile do the same at any price; the grid
# and the cost of delay are made for it.

# %% Plot
means = runs.groupby(["policy", "name", "delay_cost", "market"], sort=False)[[COST, DELAY, BOTH]].mean().reset_index()
means["min"] = means[DELAY] / 60
scale = alt.Scale(domain=list(POLICIES.values()), range=lab.PALETTE[:5])
base = alt.Chart(means).encode(
    x=alt.X("min:Q", scale=alt.Scale(type="log"), title="time until the data is in a settlement block [min]"),
    y=alt.Y(f"{COST}:Q", scale=alt.Scale(type="log", zero=False), title="cost of data [USD per transaction]",
            axis=alt.Axis(format="~g")),
    color=alt.Color("name:N", title="policy", scale=scale))
(base.mark_line(opacity=0.4) + base.mark_point(filled=True, size=70, opacity=1).encode(
    shape=alt.Shape("name:N", title="policy", scale=alt.Scale(
        domain=list(POLICIES.values()), range=["circle", "square", "triangle-up", "diamond", "cross"])))
 ).properties(width=260, height=260).facet(
    column=alt.Column("market:N", title=None, sort=list(MARKETS.values())),
    title=alt.Title("Cheap data is late data", subtitle=f"means over {RUNS} replications; both axes logarithmic"))

# %% [markdown]
# ## All that it costs
#
# Data and delay together, over that of size or age, in pairs of replications.

# %% Test
rows = []
for (market, price), part in runs.groupby(["market", "delay_cost"], sort=False):
    both = part.pivot(index="replication", columns="policy", values=BOTH)
    for policy in list(POLICIES)[1:]:
        test = lab.paired_ratio(both[policy], both["immediate"])
        rows.append({"market": market, "USD/h": f"{price:g}", "policy": POLICIES[policy], "times": test.ratio,
                     "low": test.low, "high": test.high, "p": test.p})
totals = pd.DataFrame(rows)
lab.table(totals, p=lab.p_value)

# %% tags=["words"]
best = totals[totals.policy == "cost of delay"]
grid = totals[totals.policy == "grid"]
cheapest = totals.loc[totals.groupby(["market", "USD/h"], sort=False).times.idxmin()]
wins = (cheapest.policy == "cost of delay").sum()
others = [r for r in cheapest.itertuples() if r.policy != "cost of delay"]
lab.say(f"""**What came out.** Who weighs the cost of delay pays {lab.digits(best.times.min(), 2)} to {lab.digits(best.times.max(), 2)}
times what size or age costs with the delay counted, the grid {lab.digits(grid.times.min(), 2)} to
{lab.digits(grid.times.max(), 2)} times. Of the five policies it is the cheapest in {wins} of {len(cheapest)} cases;
in the others it is {", ".join(f"the {r.policy} at {r._2} USD/h in the {r.market} market" for r in others)}.""")

# %% [markdown]
# ## What the sight of fees is worth
#
# The cost of delay beside the grid, which knows the price of delay and is blind to fees: both post as often as pays,
# so the difference is timing.

# %% Test
rows = []
for (market, price), part in runs.groupby(["market", "delay_cost"], sort=False):
    cost = part.pivot(index="replication", columns="policy", values=COST)
    late = part.pivot(index="replication", columns="policy", values=DELAY)
    both = part.pivot(index="replication", columns="policy", values=BOTH)
    test, whole = (lab.paired_ratio(x["cost_of_delay"], x["interval"]) for x in (cost, both))
    now = lab.paired_ratio(cost["cost_of_delay"], cost["immediate"])
    rows.append({"market": market, "USD/h": f"{price:g}", "cost of data, times the grid's": test.ratio,
                 "low": test.low, "high": test.high, "p": test.p,
                 "with delay, times": whole.ratio, "cost of data, times size or age": now.ratio,
                 "delay, min": late["cost_of_delay"].mean() / 60, "grid's, min": late["interval"].mean() / 60})
sight = pd.DataFrame(rows)
lab.table(sight, p=lab.p_value)

# %% tags=["words"]
saved = 100 * (1 - sight["with delay, times"])
lab.say(f"""**What came out.** Of all that posting and delay cost, timing by the fee saves {lab.digits(saved.min(), 2)} to
{lab.digits(saved.max(), 2)} % against a grid that suits the price of delay.""")

# %% [markdown]
# ## Published savings
#
# Mamageishvili and Felten (2022, arXiv 2212.10337) report that timing saves 8 % of the cost of posting at once if the queue is
# kept short, and 29 % if its length matters moderately. Here is the cost of data beside that of size or age, full batches or an
# hour: what is saved, and how much later the data comes. The figures depend on how fees move,
# which is assumed here: their logarithm has the standard deviation that was fitted to the days of 2022 to 2024 or twice
# that, and reverts in an hour. `rollsim validate posting-savings` has a setting without fixed costs for each figure.

# %%
rows = []
for (market, price), part in runs.groupby(["market", "delay_cost"], sort=False):
    of = part.groupby("policy")[[COST, DELAY]].mean()
    for policy in ("price_threshold", "percentile", "cost_of_delay"):
        row = of.loc[policy]
        rows.append({"market": market, "USD/h": f"{price:g}", "policy": POLICIES[policy],
                     "saved of the cost of data, %": 100 * (1 - row[COST] / of.loc["immediate", COST]),
                     "later, min": (row[DELAY] - of.loc["immediate", DELAY]) / 60})
savings = pd.DataFrame(rows)
lab.table(savings)

# %% tags=["words"]
s = savings[savings.policy == "cost of delay"].set_index(["market", "USD/h"])
column, later = "saved of the cost of data, %", "later, min"
cent, dollar = s.xs("0.01", level="USD/h"), s.xs("1", level="USD/h")
lab.say(f"""**What came out.** At a cent an hour the cost of delay saves {lab.digits(cent[column]["calm"], 2)} % of the cost of
data in the calm market and {lab.digits(cent[column]["volatile"], 2)} % in the volatile one, and the data comes
{lab.digits(cent[later].min(), 2)} to {lab.digits(cent[later].max(), 2)} min later. At a dollar an hour the same policy pays
{lab.digits(-dollar[column].max(), 2)} to {lab.digits(-dollar[column].min(), 2)} % more than size or age, to have the data
{lab.digits(-dollar[later].max(), 2)} to {lab.digits(-dollar[later].min(), 2)} min sooner.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Nobody publishes what delay costs; the prices are a range. It is linear here: a queue that hurts more the longer it is has
# other thresholds. The operator who weighs it knows the spread of the fee and how fast it reverts, but not that it rises and
# falls with momentum, and arrivals are steady. One rollup is
# alone with demand that does not wait; if all wait for the same low fee, it is no longer low.
