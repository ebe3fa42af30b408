// Any measure over any factor, beside the table of the same rows.

const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D31"];
/** What is looked at; "" stands for nothing. */
const look = { measure: "", x: "", colour: "", row: "", logX: false, logY: false };
/** What is dragged over: a range or a list of levels by field; null for nothing. */
let brushed = null;
let explorerView = null;

/** The measures, each once: of which rollup a row is, its column says. */
const reported = new Set(points.map(row => row.measure));
const measures = [...new Map(result.measures.map(measure => [measure.name, measure])).values()]
  .filter(({ name }) => reported.has(name));
/** A measure in a choice: cost is there in two units. */
const measureLabel = ({ title, units }) => (written(units[0].symbol) ? `${title} [${units[0].symbol}]` : title);
const measureOf = name => measures.find(measure => measure.name === name);
const rowsOf = name => points.filter(row => row.measure === name);

/** What is looked at: its measure, factors, rows of shown levels, and the units along both axes. */
function looked() {
  const measure = measureOf(look.measure);
  const rows = rowsOf(look.measure).filter(isShown);
  const [x, colour, row] = [look.x, look.colour, look.row].map(factorOf);
  const y = new Scale(rows.map(row => row.mean), measure.units);
  const across = x?.kind === "numbers" ? new Scale(rows.map(row => row[x.field]), x.units) : null;
  return { measure, rows, x, colour, row, y, across };
}

/** Starts with the first measure that a figure shows, over the last factor of numbers. */
function firstLook() {
  const drawn = result.figures.map(figure => JSON.parse(figure.document).data.values[0]?.label);
  look.measure = drawn.find(measureOf) ?? measures[0].name;
  const several = factors.filter(({ levels }) => levels.length > 1);
  const x = several.findLast(({ kind }) => kind !== "words") ?? several[0];
  const rest = several.filter(factor => factor !== x && factor.isListed);
  const colour = rest.find(({ levels }) => levels.length <= colours.length);
  const row = rest.find(factor => factor !== colour && factor.levels.length <= 6);
  [look.x, look.colour, look.row] = [x, colour, row].map(factor => factor?.field ?? "");
  suggestScales();
}

/** Logarithmic where numbers span more than a factor of twenty. */
function suggestScales() {
  const isWide = numbers => Math.min(...numbers) > 0 && Math.max(...numbers) / Math.min(...numbers) > 20;
  look.logY = isWide(rowsOf(look.measure).map(row => row.mean));
  const factor = factorOf(look.x);
  look.logX = factor?.kind === "numbers" && isWide(factor.levels.map(({ value }) => value));
}

/** The choices above the chart. */
function showControls() {
  const several = factors.filter(({ levels }) => levels.length > 1);
  const fields = [["", "nothing"], ...several.map(({ field, title }) => [field, title])];
  const show = () => {
    showControls();
    showExplorer();
  };
  const select = (label, key, options) => choice(label, key, options, look[key], value => {
    look[key] = value;
    if (key === "measure" || key === "x") suggestScales();
    show();
  });
  const box = (label, key) => {
    const onchange = event => { look[key] = event.target.checked; show(); };
    const input = element("input", { type: "checkbox", id: key, checked: look[key], onchange });
    return element("label", {}, input, ` ${label}`);
  };
  document.getElementById("controls").replaceChildren(
    select("Measure", "measure", measures.map(measure => [measure.name, measureLabel(measure)])),
    select("over", "x", fields), select("colour", "colour", fields), select("panels", "row", fields),
    box("log x", "logX"), box("log y", "logY"),
  );
}

/** A scale of numbers that fits them. */
const axisScale = (isLog, padding) => ({ ...(isLog ? { type: "log" } : { zero: false }), nice: false, padding });
const axisTicks = isLog => (isLog ? { tickCount: 6 } : {});

/** The x channel of a factor. */
function across(x, scale) {
  if (!x) return { datum: "" };
  if (x.kind === "words") {
    return { field: x.field, type: "nominal", title: x.title, sort: null, axis: { labelAngle: 0 } };
  }
  if (x.kind === "dates") {
    const scale = { type: "utc", nice: false, padding: 20 };
    return { field: "date", type: "temporal", title: `${x.title} [UTC]`, scale, axis: { format: "%Y-%m-%d" } };
  }
  return {
    field: "across", type: "quantitative", title: scale.title(x.title),
    scale: axisScale(look.logX, 20), axis: axisTicks(look.logX),
  };
}

/** Whether a row has a place on the axes: zero and less have none on logarithmic ones. */
function hasPlace(row, x) {
  const isAcross = !look.logX || x?.kind !== "numbers" || row[x.field] > 0;
  return isAcross && (!look.logY || row.mean > 0);
}

/** The rows of the chart: numbers in the units of its axes, and the texts of tooltips. */
function chartRows({ rows, x, y, across }) {
  const values = rows.filter(row => hasPlace(row, x)).map(row => ({
    ...row, ...(x?.kind === "dates" ? { date: row[x.field] * 1000 } : {}),
    ...(across ? { across: across.of(row[x.field]) } : {}),
    value: y.of(row.mean), low: y.of(row.ci_low), high: y.of(row.ci_high),
  }));
  const tooltip = addHover(values, row => [
    ...factorsIn([row]).map(factor => [factor.title, levelLabel(factor, row[factor.field])]),
    ["Mean", `${y.estimate(row.mean, row.ci_low, row.ci_high)} ${y.symbol}${row.basis === "unknown" ? " †" : ""}`],
  ]);
  return { values, tooltip };
}

/** The marks of a panel: intervals, lines along numbers, points. */
function explorerLayers({ measure, x, colour, y }, values, tooltip) {
  const vertical = field => ({
    field, type: "quantitative", title: y.title(measure.title),
    scale: axisScale(look.logY, 16), axis: axisTicks(look.logY),
  });
  // What is not picked in the legend fades.
  const opacity = (full, faint) =>
    (colour ? { condition: { param: "pick", value: full }, value: faint } : { value: full });
  const pick = { name: "pick", select: { type: "point", fields: [colour?.field] }, bind: "legend" };
  const brush = { name: "brush", select: { type: "interval", ...(x ? {} : { encodings: ["y"] }) } };
  const interval = {
    // A limit at zero or below has no place on a logarithmic axis.
    transform: [{ filter: look.logY ? "datum.low > 0" : "isValid(datum.low)" }],
    mark: { type: "rule", strokeWidth: 3 },
    encoding: { y: vertical("low"), y2: { field: "high" }, opacity: opacity(0.45, 0.06) },
  };
  const line = { mark: { type: "line" }, encoding: { y: vertical("value"), opacity: opacity(1, 0.12) } };
  const point = {
    params: colour ? [brush, pick] : [brush], mark: { type: "point", filled: true, size: 80 },
    encoding: { y: vertical("value"), opacity: opacity(1, 0.12), tooltip },
  };
  const hasIntervals = values.some(({ low }) => low !== null && (!look.logY || low > 0));
  return [...(hasIntervals ? [interval] : []), ...(x && x.kind !== "words" ? [line] : []), point];
}

/** The chart as a Vega-Lite document. */
function explorerDocument() {
  const seen = looked();
  const { values, tooltip } = chartRows(seen);
  const { colour, row, x } = seen;
  const color = colour
    ? {
        field: colour.field, type: "nominal", title: colour.title, sort: null,
        scale: { domain: colour.levels.map(({ value }) => value), range: colours },
        legend: { labelExpr: labelExpression(colour) },
      }
    : { value: colours[0] };
  const detail = factorsIn(values).filter(factor => factor !== x).map(({ field }) => ({ field }));
  const panel = {
    width: 640, height: row ? 200 : 340, encoding: { x: across(x, seen.across), color, detail },
    layer: explorerLayers(seen, values, tooltip),
  };
  return {
    background: "white", data: { values },
    ...(row ? { facet: { row: panelChannel(row) }, spec: panel } : panel),
    config: {
      font: "system-ui, sans-serif", view: { stroke: null },
      axis: { gridColor: "#e6e6e6", titleFontWeight: "normal", labelFontSize: 11, titleFontSize: 12 },
      legend: {
        symbolOpacity: 1, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal",
        titleLimit: 400, labelLimit: 300,
      },
    },
  };
}

/** The channel of a factor with a panel for each level. */
function panelChannel(factor) {
  const labelExpr = `${JSON.stringify(`${factor.title}: `)} + ${labelExpression(factor)}`;
  const header = { labelExpr, labelAngle: 0, labelOrient: "top", labelAnchor: "start", labelFontWeight: "bold" };
  return { field: factor.field, type: "nominal", title: null, sort: null, header };
}

/** A Vega expression of what a level is called. */
function labelExpression(factor) {
  const labels = Object.fromEntries(factor.levels.map(({ value, label }) => [String(value), label]));
  return `${JSON.stringify(labels)}[toString(datum.value)]`;
}

/** Draws the chart, and the table of its rows. */
async function showExplorer() {
  brushed = null;
  showPointTable();
  explorerView?.finalize();
  const options = { ...embedding, downloadFileName: "explore" };
  const { view } = await vegaEmbed("#explorer", explorerDocument(), options);
  explorerView = view;
  view.addSignalListener("brush", (_, value) => {
    brushed = value && Object.keys(value).length > 0 ? value : null;
    showPointTable();
  });
}
