// Tables of estimates that can be sorted.

const sorting = { column: null, isDown: false };

/** Whether a row of the chart is within what was dragged over. */
function isBrushed(row, value, acrossValue) {
  if (!brushed) return true;
  return Object.entries(brushed).every(([field, range]) => {
    const held = field === "value" ? value : field === "across" ? acrossValue : field === "date" ? row[look.x] * 1000 : row[field];
    const isRange = range.length === 2 && range.every(end => typeof end === "number" || end instanceof Date);
    return isRange && typeof held === "number" ? held >= range[0] && held <= range[1] : range.map(String).includes(String(held));
  });
}

/** Fills a table: columns with title and alignment, rows of cells with a text and what it is sorted by. */
function fill(node, columns, rows, onsort) {
  const head = columns.map((column, i) => element("th", { scope: "col", class: column.isNumber ? "number" : "" },
    element("button", { type: "button", onclick: () => onsort(i) }, column.title,
      sorting.column === i && node.id === "points" ? (sorting.isDown ? " ▾" : " ▴") : "")));
  const body = rows.map(row => element("tr", {}, ...row.map((cell, i) =>
    element("td", { class: columns[i].isNumber ? "number" : "", title: cell.title }, cell.text))));
  node.replaceChildren(element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

const largestTable = 500;

/** The rows that the chart shows, or those of it that are dragged over. */
function showPointTable() {
  const measure = lookedAt();
  const all = lookedRows();
  const unit = unitFor(all.map(row => row.mean), measure.units);
  const xFactor = factors.find(({ field }) => field === look.x);
  const xUnit = xFactor?.kind === "numbers" ? unitFor(all.map(row => row[look.x]), xFactor.units) : { size: 1 };
  const rows = all.filter(row => isBrushed(row, row.mean / unit.size, row[look.x] / xUnit.size));
  const shownFactors = factors.filter(({ field }) => all[0] && field in all[0]);
  const symbol = unit.symbol === "1" ? "" : unit.symbol;
  const columns = [
    ...shownFactors.map(({ title, kind }) => ({ title, isNumber: kind === "numbers" })),
    { title: `Mean ± half of its ${short(result.confidence * 100)} % interval${symbol ? ` [${symbol}]` : ""}`, isNumber: true },
    { title: "n", isNumber: true }, { title: "rests on", isNumber: false },
  ];
  const scaled = value => (value === null ? null : value / unit.size);
  const cells = rows.map(row => [
    ...shownFactors.map(factor => ({ text: levelLabel(factor, row[factor.field]), order: row[factor.field] })),
    { text: estimate(scaled(row.mean), scaled(row.ci_low), scaled(row.ci_high)), order: row.mean, title: `${row.mean} (${row.ci_low} to ${row.ci_high}) ${row.unit}` },
    { text: String(row.n), order: row.n },
    { text: row.basis === "unknown" ? "† unknown" : row.basis, order: row.basis },
  ]);
  if (sorting.column !== null) {
    const order = row => row[sorting.column].order;
    cells.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0) * (sorting.isDown ? -1 : 1));
  }
  fill(document.getElementById("points"), columns, cells.slice(0, largestTable), column => {
    sorting.isDown = sorting.column === column && !sorting.isDown;
    sorting.column = column;
    showPointTable();
  });
  const count = `${rows.length} of ${points.filter(row => row.measure === measure.name).length} points`;
  const cut = rows.length > largestTable ? `, the first ${largestTable} shown` : "";
  document.getElementById("table-note").textContent = `${measure.meaning} ${count}${cut}. ${result.pointNote}`.trim();
}

/** The paired differences of one measure. */
function showDifferences(chosen) {
  const rows = table(result.differences);
  const names = [...new Set(rows.map(measureKey))];
  const controls = document.getElementById("difference-controls");
  if (names.length === 0) return;
  const find = key => result.measures.find(measure => measure.name === key.split("|")[1]);
  const key = chosen ?? names[0];
  controls.replaceChildren(choice("Measure", "difference-measure",
    names.map(name => [name, (name.split("|")[0] ? `${name.split("|")[0]}: ` : "") + (find(name)?.title ?? name)]), key, showDifferences));
  const measure = find(key);
  const shown = rows.filter(row => measureKey(row) === key && isShown(row));
  const unit = unitFor(shown.map(row => row.difference), measure.units);
  const scaled = value => (value === null ? null : value / unit.size);
  const symbol = unit.symbol === "1" ? "" : unit.symbol;
  const isEffect = shown.length > 0 && "factor" in shown[0];
  const keys = isEffect ? ["factor", "level", "reference"] : factors.map(({ field }) => field).filter(field => shown[0] && field in shown[0]);
  const text = (row, key) => {
    const factor = factors.find(({ field, path }) => (isEffect ? path === row.factor : field === key));
    if (!factor) return String(row[key]);
    return key === "factor" ? factor.title : levelLabel(factor, row[key]);
  };
  const title = key => factors.find(({ field }) => field === key)?.title ?? { factor: "Factor", level: "Level", reference: "Compared with" }[key];
  fill(document.getElementById("difference-table"), [
    ...keys.map(key => ({ title: title(key), isNumber: false })),
    { title: `Difference${symbol ? ` [${symbol}]` : ""}`, isNumber: true },
    { title: "differs from 0", isNumber: false },
  ], shown.map(row => [
    ...keys.map(key => ({ text: text(row, key) })),
    { text: estimate(scaled(row.difference), scaled(row.ci_low), scaled(row.ci_high)), title: `${row.difference} (${row.ci_low} to ${row.ci_high}) ${row.unit}` },
    { text: row.ci_low === null ? "" : row.ci_low > 0 || row.ci_high < 0 ? "yes" : "not shown" },
  ]), () => {});
}

/** Hides parameters that do not have what is searched for. */
function searchParameters() {
  const rows = [...document.querySelectorAll("table.parameters tbody tr")];
  const search = document.getElementById("search");
  const apply = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(word => word);
    for (const row of rows) row.hidden = !wanted.every(word => row.textContent.toLowerCase().includes(word));
    document.getElementById("found").textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
  };
  search.addEventListener("input", apply);
  apply();
}
