// Draws every figure[data-chart] of the page with Chart.js, in the colours of the theme, and again when the theme
// changes. The table beside it is the chart without this script, and stays for who cannot see it. What `data-chart`
// holds is written in templates/components/chart.html. Nothing moves: a figure that grows tells nothing more.
const { Chart } = window;
const root = document.documentElement;
const TONES = ["--tblr-primary", "--step-6", "--step-4", "--step-7", "--step-1"];
const ORDERED = ["--heat-2", "--heat-3", "--heat-4"];
const SHAPES = ["circle", "rectRot", "triangle", "rect", "star"];
const DASHES = [[], [6, 4], [2, 3], [10, 4, 2, 4]];
const drawn = new Map();

// Chart.js reads hexadecimal and rgb() alone; the theme speaks oklch as well. One pixel translates.
const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function colour(name, alpha = 1) {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = getComputedStyle(root).getPropertyValue(name).trim();
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

function tone(series, place, data) {
  if (series.tone) return `--${series.tone}`;
  return (data.ordered ? ORDERED : TONES)[place % (data.ordered ? ORDERED.length : TONES.length)];
}

function bars(data) {
  return data.series.map((series, place) => ({
    type: series.line ? "line" : "bar",
    order: series.line ? 0 : 1,
    label: series.name,
    data: series.values,
    backgroundColor: colour(tone(series, place, data)),
    borderColor: colour(data.ordered ? ORDERED.at(-1) : tone(series, place, data)),
    borderWidth: series.line ? 2 : 1,
    borderDash: series.line ? DASHES[1] : undefined,
    pointRadius: 2,
    barPercentage: data.touching ? 1 : 0.8,
    categoryPercentage: data.touching ? 0.96 : 0.8,
    maxBarThickness: data.touching ? undefined : 56,
  }));
}

function lines(data) {
  return data.series.map((series, place) => ({
    label: series.name,
    data: series.values,
    borderColor: colour(tone(series, place, data)),
    backgroundColor: colour(tone(series, place, data)),
    borderDash: DASHES[place % DASHES.length],
    borderWidth: 2,
    pointRadius: 2.5,
    pointStyle: SHAPES[place % SHAPES.length],
  }));
}

function points(data) {
  const found = data.series.map((series, place) => ({
    label: series.name,
    data: series.points,
    backgroundColor: colour(tone(series, place, data), 0.85),
    borderColor: colour(tone(series, place, data)),
    pointRadius: series.points.map((point) => point.size ?? 6),
    pointHoverRadius: 8,
    pointStyle: SHAPES[place % SHAPES.length],
    showLine: Boolean(series.line),
  }));
  const between = (name, from, to) => ({ label: name, data: [from, to], showLine: true, pointRadius: 0, borderWidth: 1.5,
    borderDash: DASHES[1], borderColor: colour("--palier-muted"), backgroundColor: "transparent", pointStyle: "line" });
  const { x, y } = data.range ?? {};
  if (data.diagonal && x && y) {
    const [low, high] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
    found.push(between(data.diagonal, { x: low, y: low }, { x: high, y: high }));
  }
  for (const limit of data.limits ?? []) {
    if ("x" in limit && y) found.push(between(limit.name, { x: limit.x, y: y[0] }, { x: limit.x, y: y[1] }));
    if ("y" in limit && x) found.push(between(limit.name, { x: x[0], y: limit.y }, { x: x[1], y: limit.y }));
  }
  return found;
}

const KINDS = {
  bars: { type: "bar", datasets: bars },
  stacked: { type: "bar", datasets: bars, stacked: true },
  line: { type: "line", datasets: lines },
  points: { type: "scatter", datasets: points },
};

// The short name of a point stands beside it, so that nobody has to hover over each.
const names = {
  id: "names",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = colour("--palier-ink");
    ctx.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
    chart.data.datasets.forEach((dataset, place) => {
      dataset.data.forEach((point, number) => {
        const at = point?.short && chart.isDatasetVisible(place) && chart.getDatasetMeta(place).data[number];
        if (!at) return;
        const isAtTheEdge = at.x > chart.chartArea.right - 20;
        ctx.textAlign = isAtTheEdge ? "right" : "left";
        ctx.fillText(point.short, at.x + (isAtTheEdge ? -9 : 9), at.y - 6);
      });
    });
    ctx.restore();
  },
};

function axis(title, unit, range, more = {}) {
  const { number = true, ...rest } = more;
  const ticks = { color: colour("--palier-muted"), maxRotation: 0, autoSkipPadding: 8, precision: unit ? undefined : 0 };
  // Chart.js hands the place of the label, not its words, to a callback of a category axis.
  if (number) ticks.callback = (value) => new Intl.NumberFormat(root.lang, { maximumFractionDigits: 2 }).format(value) + (unit ?? "");
  return {
    title: { display: Boolean(title), text: title, color: colour("--palier-muted") },
    grid: { color: colour("--palier-line") },
    border: { color: colour("--palier-line") },
    ticks,
    min: range?.[0],
    max: range?.[1],
    ...rest,
  };
}

function told(data) {
  const figure = (value, unit) => new Intl.NumberFormat(root.lang, { maximumFractionDigits: 2 }).format(value) + (unit ?? "");
  return {
    title: (items) => items[0]?.raw?.name ?? data.full?.[items[0]?.dataIndex] ?? items[0]?.label ?? "",
    label: ({ dataset, raw }) => (raw !== null && typeof raw === "object"
      ? `${data.x}${root.lang === "fr" ? "\u00a0" : ""}: ${figure(raw.x, data.units?.x)} · ${data.y}${root.lang === "fr" ? "\u00a0" : ""}: ${figure(raw.y, data.units?.y)}`
      : `${dataset.label}${root.lang === "fr" ? "\u00a0" : ""}: ${figure(raw, data.units?.y)}`),
  };
}

function configuration(figure, data) {
  const { type, datasets, stacked = false } = KINDS[figure.dataset.kind];
  const sets = datasets(data);
  const isScatter = type === "scatter";
  const labels = { color: colour("--palier-ink"), usePointStyle: type !== "bar", boxWidth: 14, boxHeight: 10 };
  return {
    type,
    data: { labels: data.labels, datasets: sets },
    plugins: isScatter ? [names] : [],
    options: {
      animation: false,
      locale: root.lang,
      maintainAspectRatio: false,
      font: { family: getComputedStyle(document.body).fontFamily },
      indexAxis: data.lying ? "y" : "x",
      interaction: { mode: isScatter ? "nearest" : "index", axis: data.lying ? "y" : undefined, intersect: isScatter },
      scales: {
        x: axis(data.x, data.units?.x, data.range?.x, { stacked, number: isScatter || Boolean(data.lying), beginAtZero: true }),
        y: axis(data.y, data.units?.y, data.range?.y, { stacked, number: isScatter || !data.lying, beginAtZero: true }),
      },
      plugins: { legend: { display: sets.length > 1, position: "bottom", labels }, tooltip: { callbacks: told(data) } },
    },
  };
}

function draw(figure) {
  drawn.get(figure)?.destroy();
  const data = JSON.parse(figure.dataset.chart);
  const plot = figure.querySelector(".plot");
  plot.hidden = false;
  drawn.set(figure, new Chart(plot.querySelector("canvas"), configuration(figure, data)));
}

function drawAll() {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const figure of drawn.keys()) draw(figure);
}

if (Chart) {
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    drawn.set(figure, undefined);
    const table = figure.querySelector("details");
    if (table) table.open = false; // without this script the table is all there is, so it stands open
  }
  drawAll();
  new MutationObserver(drawAll).observe(root, { attributeFilter: ["data-bs-theme"] });
}
