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
# # What do transactions that are hard to prove do to everybody?
#
# Users pay for gas, and gas was made for machines that execute. What takes a prover long can be cheap: a block full of
# such transactions was said to take 94 times as long to prove as usual (Chaliasos et al., "Unaligned incentives", arXiv
# 2509.17126, from its abstract and a summary; the transaction is MODEXP, on software of 2025). With circuits of 2026 the
# hardest block that was measured takes 7 to 12 times as long. The experiment `prover-killer` sends such transactions for an
# hour to a rollup with the proof times of ZKsync Era in 2024, whose users go on as before.
#
# **What the article says** (section 0): proofs take time, always. Here somebody chooses how much.
#
# The attack's gas is paid at the price of layer 2 gas, 0.02 gwei; what its data and proofs cost is paid by the operator.
# Provers are as many as they are: nobody rents more.

# %% Load
import altair as alt
import pandas as pd

import lab

points = pd.read_csv("../results/prover-killer/points.csv")
runs = pd.read_csv("../results/prover-killer/runs.csv")
WORK, MIX, PROVERS = "workload_classes_attack_prover_work", "workload_mix_attack", "prover_provers"
means = points.pivot(index=[WORK, MIX, PROVERS], columns="measure", values="mean").reset_index()
KINDS = {29: "as usual", 209: "7.2 times", 2726: "94 times"}
means["work"] = means[WORK].map(KINDS)
means["attacks per hour"] = (means[MIX] / (1 + means[MIX]) * 5 * 3600).round()
lab.table(points.head(3))

# %% [markdown]
# ## How late proofs are, and what it costs
#
# Of users' transactions over six hours, one of which has the attack: until a proof that covers them is verified.

# %% Table
table = means.assign(p50=means.finality_proven_s_p50.map(lab.duration), last=means.finality_proven_s_max.map(lab.duration))
lab.table(table[["work", "attacks per hour", PROVERS, "p50", "last", "prover_utilisation", "attack_fee_usd",
                 "cost_prover_usd_per_tx_mean"]].rename(columns={
                     PROVERS: "provers", "prover_utilisation": "busy", "attack_fee_usd": "attacker pays [USD]",
                     "cost_prover_usd_per_tx_mean": "operator's machines per transaction [USD]"}))

# %% Plot
alt.Chart(means).mark_line(point=True).encode(
    x=alt.X("attack_fee_usd:Q", scale=alt.Scale(type="log"), title="what the attacker pays [USD]"),
    y=alt.Y("finality_proven_s_max:Q", scale=alt.Scale(type="log"), title="latest proof of a user's transaction [s]"),
    color=alt.Color("work:N", title="proofs take", sort=list(KINDS.values()), scale=alt.Scale(range=lab.PALETTE[:3])),
    strokeDash=alt.StrokeDash(f"{PROVERS}:N", title="provers"),
).properties(width=440, height=300, title=alt.Title(
    "A few dollars of gas, hours of finality", subtitle=f"means over {runs.replication.nunique()} replications"))

# %% [markdown]
# ## Against the same gas with work as usual, paired by replication

# %% Test
rows = []
for (mix, provers), part in runs.groupby([MIX, PROVERS]):
    values = part.pivot(index="replication", columns=WORK, values="finality_proven_s_max")
    for work in (209, 2726):
        test = lab.paired_ratio(values[work], values[29])
        rows.append({"work": KINDS[work], "attack": mix, "provers": provers, "latest proof, times": test.ratio,
                     "95 % interval": lab.interval(test.low, test.high), "p": test.p})
lab.table(pd.DataFrame(rows), p=lab.p_value)

# %% tags=["words"]
at = means.set_index([WORK, MIX, PROVERS])
few, many, heavy = at.loc[(2726, 0.01, 64)], at.loc[(2726, 0.01, 512)], at.loc[(2726, 0.1, 64)]
usual, usual_heavy = at.loc[(29, 0.01, 64)], at.loc[(29, 0.1, 64)]
lab.say(f"""**What came out.** For {lab.digits(few.attack_fee_usd, 2)} USD of gas the last users wait
{lab.duration(few.finality_proven_s_max)} for a proof with 64 provers, where it would be {lab.duration(usual.finality_proven_s_max)};
eight times the provers bring that back to {lab.duration(many.finality_proven_s_max)}. For
{lab.digits(heavy.attack_fee_usd, 2)} USD it is {lab.duration(heavy.finality_proven_s_max)},
{lab.digits(heavy.finality_proven_s_max / usual_heavy.finality_proven_s_max, 2)} times as long as with the same gas of usual work, and the operator's machines cost
{lab.digits(heavy.cost_prover_usd_per_tx_mean / usual_heavy.cost_prover_usd_per_tx_mean, 2)} times as much. What decides is whether
provers are left: while they are, a proof is late by the time of its chunks alone, and after that by the queue, which lasts
longer than the attack.""")

# %% [markdown]
# ## What the result rests on

# %% tags=["words"]
lab.rests_on(points, runs)
