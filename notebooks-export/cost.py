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
# # What does a transaction cost?
#
# The operator of a rollup pays the settlement chain for data, for claims on the state and for checking proofs, and
# pays for the machines that prove. The experiment `cost` divides what was paid by the transactions that it was
# paid for: four systems, in blobs and in calldata, from one transaction every ten seconds to a hundred in one.
#
# **What the article says** (sections 0a, 0c, 0d and 3): a rollup is cheap because many transactions share a
# batch, which is compressed. A validity rollup can compress further, since it need not publish what has no effect
# on the state. In return it pays for proofs for ever, and so loses to an optimistic one in the long run.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/cost/points.csv")
runs = pd.read_csv("../results/cost/runs.csv")
LOAD = "workload_arrivals_poisson_rate_per_s"
LOADS = sorted(points[LOAD].unique())
RUNS = runs.replication.nunique()
lab.table(points.head(3))

# %% [markdown]
# ## Sharing a batch
#
# Mean cost of a transaction in US dollars. The settlement chain is the preset
# `ethereum-pectra`, on which blobs are nearly free; the exchange rate is fixed.

# %% Filter
total = points[points.measure == "cost_total_usd_per_tx_mean"].copy()
total["name"] = total.system.map(lab.name)
total["load"] = total[LOAD]
wide = total.pivot(index=["poster_carrier", "name"], columns="load", values="mean")
wide.columns = [f"{load:g} /s" for load in wide.columns]
lab.table(wide.reset_index())

# %% Plot
x = alt.X("load:Q", scale=alt.Scale(type="log"), title="load [transactions/s]",
          axis=alt.Axis(values=LOADS, grid=True))
scale = alt.Scale(type="log", nice=False)
y = alt.Y("mean:Q", scale=scale, title="cost of a transaction [USD]")
base = alt.Chart(total).encode(x=x, color=lab.colours())
band = base.mark_area(opacity=0.18).encode(y=alt.Y("ci_low:Q", scale=scale), y2="ci_high:Q")
line = base.mark_line().encode(y=y) + base.mark_point(filled=True, size=50, opacity=1).encode(
    y=y, shape=lab.shapes())
(band + line).properties(width=260, height=280).facet(
    column=alt.Column("poster_carrier:N", title=None),
    title=alt.Title("The more transactions, the cheaper each, until its own bytes are what it costs",
                    subtitle=f"bands: 95 % interval over {RUNS} replications"))

# %% [markdown]
# The common random numbers give pairs: in one replication all loads meet the same fees, and the same draws of what
# is unknown. The ratio is that of the cost at 0.1 /s to the cost at 100 /s; the last column says how many times the
# settlement chain's base fee is that at the lower load, for a rollup can be so large that it moves it.

# %% Test
rows = []
for (carrier, system), part in runs.groupby(["poster_carrier", "system"], sort=False):
    cost = part.pivot(index="replication", columns=LOAD, values="cost_total_usd_per_tx_mean")
    base_fee = part.pivot(index="replication", columns=LOAD, values="fee_base_wei_per_gas_mean")
    test = lab.paired_ratio(cost[LOADS[0]], cost[LOADS[-1]])
    rows.append({"carrier": carrier, "system": lab.name(system), "times cheaper": test.ratio,
                 "95 % interval": lab.interval(test.low, test.high), "p": lab.p_value(test.p),
                 "base fee": lab.paired_ratio(base_fee[LOADS[-1]], base_fee[LOADS[0]]).ratio})
sharing = pd.DataFrame(rows).sort_values("carrier", kind="stable")
lab.table(sharing)

# %% tags=["words"]
by = sharing.set_index(["carrier", "system"])
blobs, calldata = by.loc["blobs", "times cheaper"], by.loc["calldata", "times cheaper"]
optimistic = ["Arbitrum One", "OP Mainnet"]
lab.say(f"""**What came out.** In blobs sharing works in every system: a thousand times more load makes a transaction
{lab.digits(blobs.min(), 2)} to {lab.digits(blobs.max(), 2)} times cheaper. In calldata each byte is paid for, and no
batch makes bytes cheaper: validity rollups share their proofs and get {lab.digits(calldata["Starknet"], 2)} to
{lab.digits(calldata["ZKsync Era"], 2)} times cheaper, optimistic ones, which have little but bytes to pay, cost
{lab.digits(1 / calldata[optimistic].max(), 2)} to {lab.digits(1 / calldata[optimistic].min(), 2)} times as much: their
own data moves the base fee to {lab.interval(*sorted(by.loc["calldata", "base fee"][optimistic]), 2)} times what it
was.""")

# %% [markdown]
# ## Bytes
#
# What is published of a transaction, after compression and, in validity rollups that publish state differences,
# without what does not change the state. Padding of blobs that are not full is not counted here.

# %%
sizes = points[points.measure.isin(["bytes_raw_per_tx", "bytes_posted_per_tx"])
               & (points.poster_carrier == "blobs") & (points[LOAD] == 10)]
sizes = sizes.pivot(index="system", columns="measure", values="mean").loc[list(lab.NAMES)]
sizes = pd.DataFrame({
    "system": [lab.name(s) for s in sizes.index],
    "family": [lab.FAMILIES[s] for s in sizes.index],
    "raw [B]": sizes.bytes_raw_per_tx.values,
    "published [B]": sizes.bytes_posted_per_tx.values,
    "share": (sizes.bytes_posted_per_tx / sizes.bytes_raw_per_tx).values,
})
lab.table(sizes)

# %%
rows = []
ten = runs[(runs.poster_carrier == "blobs") & (runs[LOAD] == 10)]
published = ten.pivot(index="replication", columns="system", values="bytes_posted_per_tx")
for validity in ("zksync-era", "starknet"):
    for optimistic in ("arbitrum-nitro", "optimism-fault-proofs"):
        test = lab.paired_ratio(published[optimistic], published[validity])
        rows.append({"optimistic": lab.name(optimistic), "validity": lab.name(validity),
                     "times more bytes": test.ratio, "95 % interval": lab.interval(test.low, test.high),
                     "p": lab.p_value(test.p)})
bytes_saved = pd.DataFrame(rows)
lab.table(bytes_saved)

# %% tags=["words"]
more = bytes_saved["times more bytes"]
lab.say(f"""**What came out.** Optimistic rollups publish {lab.digits(sizes.share[:2].min(), 2)} of what a
transaction has, validity rollups {lab.digits(sizes.share[2:].min(), 2)} to
{lab.digits(sizes.share[2:].max(), 2)}: {lab.digits(more.min(), 2)} to {lab.digits(more.max(), 2)} times fewer
bytes. This is what presets put in, ratios of compression and bytes of a state difference, more than what the simulator
finds out: read it as a statement on these presets.""")

# %% [markdown]
# ## What proofs cost
#
# The parts of the cost: data, claims on the state (optimistic) or proofs on the settlement chain (validity), and
# machines that prove.

# %%
PARTS = {"cost_data_usd_per_tx_mean": "data", "cost_state_usd_per_tx_mean": "claims",
         "cost_proof_usd_per_tx_mean": "checking proofs", "cost_prover_usd_per_tx_mean": "machines that prove"}
parts = points[points.measure.isin(PARTS) & (points.poster_carrier == "blobs")].copy()
parts["part"] = parts.measure.map(PARTS)
parts["name"] = parts.system.map(lab.name)
parts["load"] = parts[LOAD].map("{:g} /s".format)
whole = parts.groupby(["name", "load"])["mean"].transform("sum")
parts["share"] = parts["mean"] / whole
alt.Chart(parts).mark_bar().encode(
    x=alt.X("share:Q", title="share of the cost of a transaction", axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1])),
    y=alt.Y("load:N", title="load", sort=[f"{v:g} /s" for v in LOADS]),
    color=alt.Color("part:N", title="part", sort=list(PARTS.values()),
                    scale=alt.Scale(domain=list(PARTS.values()), range=lab.PALETTE)),
    order=alt.Order("order:Q"),
).transform_calculate(order=f"indexof({list(PARTS.values())}, datum.part)").properties(
    width=260, height=110).facet(
    facet=alt.Facet("name:N", title=None, sort=list(lab.NAMES.values())), columns=2,
    title=alt.Title("Validity rollups pay for proofs, optimistic ones for claims while there is little load",
                    subtitle=f"in blobs, means over {RUNS} replications"))

# %% [markdown]
# Do validity rollups cost more in all? Pairs of systems, first at the highest load, where what can be
# shared is shared among many, then at all.

# %%
rows = []
for carrier in ("blobs", "calldata"):
    for load in LOADS:
        part = runs[(runs.poster_carrier == carrier) & (runs[LOAD] == load)]
        cost = part.pivot(index="replication", columns="system", values="cost_total_usd_per_tx_mean")
        for validity in ("zksync-era", "starknet"):
            for optimistic in ("arbitrum-nitro", "optimism-fault-proofs"):
                test = lab.paired_ratio(cost[validity], cost[optimistic])
                verdict = "dearer" if test.low > 1 else "cheaper" if test.high < 1 else "not told apart"
                rows.append({"carrier": carrier, "load [1/s]": load, "validity": lab.name(validity),
                             "optimistic": lab.name(optimistic), "ratio": test.ratio, "low": test.low,
                             "high": test.high, "p": test.p, "validity is": verdict})
rivals = pd.DataFrame(rows)
lab.table(rivals[rivals["load [1/s]"] == LOADS[-1]], p=lab.p_value)

# %%
LEVELS = [f"{load:g}" for load in LOADS]
rivals["pair"] = rivals.validity + " / " + rivals.optimistic
PAIRS = list(rivals.pair.unique())
alt.layer(
    alt.Chart(pd.DataFrame({"one": [1]})).mark_rule(strokeDash=[4, 4], color="#555").encode(y="one:Q"),
    alt.Chart().mark_rule(strokeWidth=2).encode(
        x=alt.X("load:N", sort=LEVELS, title="load [transactions/s]", axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("pair:N", sort=PAIRS), color="pair:N",
        y=alt.Y("low:Q", scale=alt.Scale(type="log")), y2="high:Q"),
    alt.Chart().mark_point(filled=True, size=50, opacity=1).encode(
        x=alt.X("load:N", sort=LEVELS), xOffset=alt.XOffset("pair:N", sort=PAIRS),
        y=alt.Y("ratio:Q", scale=alt.Scale(type="log"), title="validity over optimistic"),
        color=alt.Color("pair:N", title=None, scale=alt.Scale(domain=PAIRS, range=lab.PALETTE[:4])),
        shape=alt.Shape("pair:N", title=None, scale=alt.Scale(
            domain=PAIRS, range=["circle", "square", "triangle-up", "diamond"]))),
    data=rivals.assign(load=rivals["load [1/s]"].map("{:g}".format)),
).properties(width=240, height=260).facet(
    column=alt.Column("carrier:N", title=None),
    title=alt.Title("Where data is cheap proofs decide, where it is dear bytes do",
                    subtitle=f"ratio of total costs, {RUNS} pairs; bars: 95 % interval"))

# %% tags=["words"]
share = parts[parts.load == f"{LOADS[-1]:g} /s"].set_index(["name", "part"]).share
proving = {n: share[n, "checking proofs"] + share[n, "machines that prove"] for n in ("ZKsync Era", "Starknet")}
counts = rivals.groupby(["carrier", "validity is"]).size()
top = rivals[rivals["load [1/s]"] == LOADS[-1]].set_index("carrier").ratio
lab.say(f"""**What came out.** Proofs are a cost that does not go away: at {LOADS[-1]:g} transactions per second they are
still {lab.digits(100 * proving["ZKsync Era"], 2)} % of ZKsync Era's cost and
{lab.digits(100 * proving["Starknet"], 2)} % of Starknet's, in blobs. Whether the sum is larger depends on the price of
data. In blobs, which are nearly free here, validity rollups cost {lab.digits(top["blobs"].min(), 2)} to
{lab.digits(top["blobs"].max(), 2)} times as much at that load, and are dearer in {counts.get(("blobs", "dearer"), 0)} of
{counts["blobs"].sum()} comparisons over all loads. In calldata, where each byte is paid for, it is
{lab.digits(top["calldata"].min(), 2)} to {lab.digits(top["calldata"].max(), 2)} times at that load, and
they are cheaper in {counts.get(("calldata", "cheaper"), 0)} of {counts["calldata"].sum()} comparisons.""")

# %% [markdown]
# ## What users pay
#
# What a transaction pays in all, for layer 2 gas, for data and as a premium, over what it costs the operator, in blobs: by the
# policies of the presets, whose price of layer 2 gas is a range or an assumption in some. Nodes, capital and staff are not in the cost.

# %%
paid = points[(points.measure == "paid_over_cost") & (points.poster_carrier == "blobs")].copy()
paid["name"] = paid.system.map(lab.name)
paid["load"] = paid[LOAD].map("{:g} /s".format)
over = paid.pivot(index="name", columns="load", values="mean")[[f"{load:g} /s" for load in LOADS]]
lab.table(over.reset_index())

# %% tags=["words"]
lowest, highest = over[f"{LOADS[0]:g} /s"], over[f"{LOADS[-1]:g} /s"]
others = highest.drop("Arbitrum One")
paying = [load for load in LOADS if (over[f"{load:g} /s"] >= 1).all()]
usd = points[(points.measure == "fee_user_usd_per_tx_mean") & (points.poster_carrier == "blobs") & (points[LOAD] == 10)]
lab.say(f"""**What came out.** Operators live from load. At {LOADS[0]:g} /s users pay {lab.digits(lowest.min(), 2)} to
{lab.digits(lowest.max(), 2)} times what their transactions cost, from {min(paying):g} /s on every system earns more than that, and at
{LOADS[-1]:g} /s it is {lab.digits(others.min(), 2)} to {lab.digits(others.max(), 2)} times: prices are made for the load that a system
has, while what is posted and proved is shared by more. What users pay hardly moves with load: at 10 /s {lab.digits(100 * usd["mean"].min(), 2)}
to {lab.digits(100 * usd["mean"].max(), 2)} cents. The exception is Arbitrum at {LOADS[-1]:g} /s, {lab.digits(highest["Arbitrum One"], 2)} times:
7.3 Mgas a second are above its target of 7, so that its price of gas rises by the backlog until users leave, and here none does.""")

# %% [markdown]
# ## Blobs or calldata
#
# The article is older than blobs. What did they change?

# %%
rows = []
for (system, load), part in runs.groupby(["system", LOAD], sort=False):
    data = part.pivot(index="replication", columns="poster_carrier", values="cost_data_usd_per_tx_mean")
    test = lab.paired_ratio(data.calldata, data.blobs)
    rows.append({"system": lab.name(system), "load [1/s]": load, "calldata over blobs": test.ratio,
                 "95 % interval": lab.interval(test.low, test.high), "p": lab.p_value(test.p)})
carriers = pd.DataFrame(rows)
lab.table(carriers)

# %% tags=["words"]
first = carriers[carriers["load [1/s]"] == LOADS[0]]["calldata over blobs"]
last = carriers[carriers["load [1/s]"] == LOADS[-1]]["calldata over blobs"]
lab.say(f"""**What came out.** Data costs {lab.digits(first.min(), 2)} to {lab.digits(first.max(), 2)} times as
much in calldata at {LOADS[0]:g} /s, where both pay mostly for the transaction that carries it, and
{lab.digits(last.min(), 2)} to {lab.digits(last.max(), 2)} times at {LOADS[-1]:g} /s.""")

# %% [markdown]
# ## What this rests on

# %%
lab.rests_on(points, runs)

# %% [markdown]
# ## Limits
#
# Costs are those of the operator and compare systems under one assumed market: they do not predict a bill. In calldata the OP Stack's
# scalars are those for blobs, so what users pay is shown in blobs alone. Rents of
# provers and gas of claims are drawn from ranges where nobody publishes them. The exchange rate does not move. Four
# hours are measured, so hardly any of the market's slow swings are in it; the notebook on fee markets is about those.
