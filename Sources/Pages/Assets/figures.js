// The figures of the specification: the printed documents, with hover, zoom and filters.

const views = [];
const embedding = {
  mode: "vega-lite", renderer: "svg",
  actions: { export: true, source: true, compiled: false, editor: false },
  downloadFileName: "figure",
};
/** What a field of a document is called. */
function fieldTitle(field) {
  const others = { label: "Measure", factor: "Factor", level: "Level", first: "With all first levels" };
  if (field in others) return others[field];
  const column = result.columns.find(column => column.field === field);
  const measure = result.measures.find(({ name }) => name === field);
  return (factorOf(field) ?? column ?? measure)?.title ?? field;
}

/** A value of a field as people read it.
    @param unit that of numbers of which nothing else is known. */
function fieldText(field, value, unit) {
  if (factorOf(field)) return levelLabel(factorOf(field), value);
  const named = name => result.measures.find(measure => measure.name === name);
  if (typeof value !== "number") return (field === "label" && named(value)?.title) || String(value);
  const column = result.columns.find(column => column.field === field);
  return withUnit(value, column?.unit ?? named(field)?.units[0]?.symbol ?? unit);
}

/** The titles and texts that tooltips show of a row. */
function hoverTexts(row, unit) {
  const texts = [];
  for (const [field, value] of Object.entries(row)) {
    if (value === null || value === "" || field === "ci_high") continue;
    switch (field) {
      case "mark": texts.push(["†", "rests on unknown figures"]); break;
      case "mean": texts.push(["Mean", withUnit(value, unit)]); break;
      case "difference": texts.push(["Difference", withUnit(value, unit)]); break;
      case "ci_low":
        texts.push([
          `${short(result.confidence * 100)} % interval`,
          `${short(value)} to ${short(row.ci_high)} ${written(unit)}`,
        ]);
        break;
      default: texts.push([fieldTitle(field), fieldText(field, value, unit)]);
    }
  }
  return texts;
}

/** A condition that keeps rows of shown levels, by a parameter for each field. */
function filterOf(fields) {
  const condition = (field, i) => `indexof(hidden_${i}, toString(datum[${JSON.stringify(field)}])) < 0`;
  return fields.map(condition).join(" && ");
}

/** The layers of marks of a document. */
function layersOf(document) { return (document.spec ?? document).layer; }

/** Which axes of a layer are of numbers, and so can be zoomed. */
function zoomable(document, layer) {
  const shared = (document.spec ?? document).encoding ?? {};
  return ["x", "y"].filter(axis => {
    const channel = layer.encoding?.[axis] ?? shared[axis];
    return ["quantitative", "temporal"].includes(channel?.type) && channel.field && !channel.bin;
  });
}

/** Adds to rows what tooltips show of them.
    @param texts gives the titles and texts of a row.
    @returns the channel of tooltips */
function addHover(rows, texts) {
  const titles = [];
  for (const row of rows) {
    for (const [title, text] of texts({ ...row })) {
      if (!titles.includes(title)) titles.push(title);
      row[`hover_${titles.indexOf(title)}`] = text;
    }
  }
  // A row that has not what others have says nothing of it.
  for (const row of rows) titles.forEach((_, i) => { row[`hover_${i}`] ??= ""; });
  return titles.map((title, i) => ({ field: `hover_${i}`, type: "nominal", title }));
}

/** Takes away what Vega-Lite warns of and what changes nothing: the version that a document was written
    for, a logarithmic axis without zero, shapes of what has an order. */
function withoutWarnings(document) {
  delete document.$schema;
  return JSON.parse(JSON.stringify(document), (key, value) => {
    if (value?.type === "log") delete value.zero;
    if (key === "shape" && value?.type === "ordinal") value.type = "nominal";
    return value;
  });
}

/** Whether marks of a layer stand for several rows: fields of one would split them. */
function isTotal(layer, shared) {
  return /"(aggregate|bin|groupby|window)"/.test(JSON.stringify([shared, layer.encoding, layer.transform]));
}

/** Gives the layers of a document tooltips, and marks that stay within the axes when these move. */
function addTooltips(layers, shared, tooltip) {
  for (const layer of [...layers]) {
    layer.mark = typeof layer.mark === "string" ? { type: layer.mark } : layer.mark;
    // Names stand beyond the axes, and so may marks that were moved aside; what is zoomed must not.
    layer.mark.clip = layer.mark.type !== "text" && !layer.mark.xOffset;
    if (isTotal(layer, shared)) {
      layer.mark.tooltip = true;
      continue;
    }
    layer.encoding = { ...layer.encoding, tooltip };
    // A line tells nothing of its places; points that are not seen do.
    if (layer.mark.type === "line") {
      const { strokeDash, ...encoding } = layer.encoding;
      const mark = { ...layer.mark, type: "point", filled: true, size: 90, opacity: 0 };
      layers.push({ ...layer, encoding, mark });
    }
  }
}

/** A document with hover, zoom and filters. */
function interactive(figure) {
  const document = withoutWarnings(JSON.parse(figure.document));
  const values = document.data.values;
  const fields = factorsIn(values).map(({ field }) => field);
  const tooltip = addHover(values, row => hoverTexts(row, figure.unit));
  document.params = fields.map((_, i) => ({ name: `hidden_${i}`, value: [] }));
  if (fields.length > 0) {
    document.transform = [{ filter: filterOf(fields) }, ...(document.transform ?? [])];
  }
  const layers = layersOf(document);
  addTooltips(layers, (document.spec ?? document).encoding ?? {}, tooltip);
  const first = layers.find(layer => zoomable(document, layer).length > 0);
  if (first) {
    const zoom = "wheel![event.ctrlKey || event.metaKey]";
    const select = { type: "interval", encodings: zoomable(document, first), zoom };
    first.params = [{ name: "zoom", bind: "scales", select }];
  }
  return { document, fields };
}

/** Draws the figures, and again whenever other levels are shown. */
async function showFigures() {
  for (const node of document.querySelectorAll("[data-figure]")) {
    const figure = result.figures[Number(node.dataset.figure)];
    const { document: drawn, fields } = interactive(figure);
    const { view } = await vegaEmbed(node, drawn, { ...embedding, downloadFileName: figure.name });
    views.push({ view, fields });
  }
  onFilter(() => {
    for (const { view, fields } of views) {
      fields.forEach((field, i) => view.signal(`hidden_${i}`, [...hidden.get(field)]));
      view.runAsync();
    }
  });
}
