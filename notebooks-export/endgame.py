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
# # Does performance end optimistic, and the whole with validity proofs?
#
# The experiment `endgame` has the best design of three families in each of five years: optimistic with a week's window, the same with a
# proof that ends it, and validity. `scripts/endgame` finds for each the age of batches and the time between claims at which a
# transaction costs least while 95 % of its data is on the settlement chain for good within 40 minutes, and what is proved later is
# final within four hours. Tips are 0.05 gwei. Blobs, gas and provers follow
# trends with a slow, a central and a fast case; to 2026 they are measured or published, after that assumed (Assumptions, Trends of
# the endgame).
#
# **What the article says** (section 3): proofs are an extra cost forever, so performance ends optimistic; what mathematics guarantees is
# stronger, so the whole ends with validity proofs.

# %% Load
import altair as alt
import pandas as pd

import lab

runs = pd.read_csv("../results/endgame/runs.csv")
RUNS = runs.replication.nunique()
PRICE, TARGET, LOAD, WORK = "settlement_base_fee_wei_per_gas", "settlement_blob_target", "workload_arrivals_poisson_rate_per_s", "prover_proof_time_per_work_s"
runs["family"] = runs.system.map({"zksync-era": "validity"}).fillna(runs.bridge_early_proof.map({"yes": "proved later", "no": "optimistic"}))
means = runs.groupby(["point", "family", "settlement_chain", TARGET, PRICE, LOAD, WORK]).mean(numeric_only=True).reset_index()
CENTRAL = {2022: (0, 40.0), 2024: (3, 2.0), 2026: (14, 0.2), 2028: (21, 0.05), 2030: (48, 0.012)}
rows = []
for year, (target, work) in CENTRAL.items():
    part = means[(means[TARGET] == target) & (means[LOAD] == 10) & ((means[WORK] == work) | (means.family == "optimistic"))]
    for family, one in part.groupby("family"):
        rows.append({"year": year, "family": family, **one.iloc[0][["finality_final_s_mean", "cost_total_usd_per_tx_mean", "throughput_bottleneck_tx_per_s"]]})
years = pd.DataFrame(rows)
lab.table(years, finality_final_s_mean=lab.duration, year=str)

# %% [markdown]
# ## Frontier by year

# %% Plot
alt.Chart(years).mark_line(point=True).encode(
    x=alt.X("cost_total_usd_per_tx_mean:Q", scale=alt.Scale(type="log"), title="cost of a transaction [USD]"),
    y=alt.Y("finality_final_s_mean:Q", scale=alt.Scale(type="log"), title="time to finality [s]"),
    color=alt.Color("family:N", title=None, scale=alt.Scale(range=lab.PALETTE[:3])), order="year:O",
) .properties(width=420, height=280, title=alt.Title("Cost and finality by family, 2022 to 2030", subtitle=f"central case, ten transactions a second, means over {RUNS} replications"))

# %% tags=["words"]
cost = years.pivot(index="year", columns="family", values="cost_total_usd_per_tx_mean")
final = years.pivot(index="year", columns="family", values="finality_final_s_mean")
fits = years.pivot(index="year", columns="family", values="throughput_bottleneck_tx_per_s")
dearer = cost["validity"] / cost["optimistic"]
lab.say(f"""**What came out.** In the central case a validity rollup costs {lab.digits(dearer[2022], 2)} times what an optimistic one does in 2022,
{lab.digits(dearer[2024], 2)} times in 2024, {lab.digits(dearer[2026], 2)} in 2026 and {lab.digits(dearer[2030], 2)} in 2030, and is final after
{lab.duration(final["validity"][2026])} in 2026 and {lab.duration(final["validity"][2030])} in 2030, against
{lab.duration(final["optimistic"][2030])}. An optimistic rollup that is proved later is final after {lab.duration(final["proved later"][2030])} for
{lab.digits(cost["proved later"][2030] / cost["optimistic"][2030], 2)} times the cost of one that is not. What fits is bounded by data:
{lab.digits(fits["optimistic"][2030], 2)} transactions a second of the optimistic one in 2030, {lab.digits(fits["validity"][2030], 2)} of the other, which
publishes less of each.""")

# %% [markdown]
# ## A map of 2030

# %% Map
grid = means[(means[TARGET] == 48) & (means[LOAD] == 100)]
wide = grid.pivot_table(index=[PRICE, WORK], columns="family", values=["cost_total_usd_per_tx_mean", "finality_final_s_mean"])
ratio = (wide["cost_total_usd_per_tx_mean"]["validity"] / wide["cost_total_usd_per_tx_mean"]["optimistic"]).reset_index(name="ratio")
ratio["gwei"] = ratio[PRICE] / 1e9
ratio["text"] = ratio.ratio.map(lambda r: lab.digits(r, 2))
base = alt.Chart(ratio).encode(x=alt.X(f"{WORK}:O", title="machine time of a unit of prover work [s]"), y=alt.Y("gwei:O", title="price of gas [gwei]", sort="descending"))
(base.mark_rect().encode(color=alt.Color("ratio:Q", title="cost", scale=alt.Scale(type="log", scheme="purpleorange", domainMid=1))) + base.mark_text().encode(text="text")).properties(
    width=360, height=220, title=alt.Title("Cost of a validity rollup over that of an optimistic one", subtitle="2030, a hundred transactions a second"))

# %% tags=["words"]
cheaper = ratio[ratio.ratio < 1]
lab.say(f"""**What came out.** A validity rollup is cheaper in {len(cheaper)} of {len(ratio)} cases of the map. Where proofs cost what they did in 2024 (2 s
a unit of work) it costs {lab.digits(ratio[ratio[WORK] == 2].ratio.min(), 2)} to {lab.digits(ratio[ratio[WORK] == 2].ratio.max(), 2)} times as much; where they cost a
thousandth of it, {lab.digits(ratio[ratio[WORK] == 0.002].ratio.min(), 2)} to {lab.digits(ratio[ratio[WORK] == 0.002].ratio.max(), 2)} times. So the article's sentence
about performance holds while proving costs more than the data that it saves, and fails beyond; its sentence about the whole holds wherever
finality counts.""")

# %% [markdown]
# ## What load does

# %% Load of the years
grown = means[(means[LOAD] != 10) & ~((means[TARGET] == 48) & (means[LOAD] == 100))]
lab.table(grown.groupby(["family", "settlement_chain", TARGET, LOAD]).mean(numeric_only=True).reset_index()[["family", "settlement_chain", TARGET, LOAD, "cost_total_usd_per_tx_mean"]])

# %% [markdown]
# ## Limits
#
# Trends after 2026 are assumed; the price of gas is swept and not forecast. Demand does not answer to price: loads of ten a second and
# grown ones stand beside each other instead. Execution is a limit and costs nothing. That a bug lets a wrong proof through, or that
# nobody watches an optimistic rollup, is in neither cost.
