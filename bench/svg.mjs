// Horizontal bars as SVG that reads in light and in dark: its own colours follow the reader's preference.
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

// groups: [{ title, bars: [{ label, value, ours }] }].  Logarithmic from a tenth of the smallest decade.
export function bars(title, groups) {
  const values = groups.flatMap((group) => group.bars.map((bar) => bar.value));
  const low = Math.floor(Math.log10(Math.min(...values))), high = Math.log10(Math.max(...values));
  const left = 330, wide = 340, row = 26;
  const width = (value) => Math.max(2, ((Math.log10(value) - low + 0.15) / (high - low + 0.15)) * wide);
  let y = 34;
  const parts = [];
  for (const group of groups) {
    parts.push(`<text x="8" y="${y + 14}" class="group">${escape(group.title)}</text>`);
    y += row;
    for (const bar of group.bars) {
      parts.push(`<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escape(bar.label)}</text>`,
        `<rect x="${left}" y="${y + 2}" width="${width(bar.value).toFixed(1)}" height="16" class="${bar.ours ? 'ours' : 'other'}"/>`,
        `<text x="${(left + width(bar.value) + 6).toFixed(1)}" y="${y + 14}">${bar.value >= 10 ? bar.value.toFixed(0) : bar.value.toFixed(1)}</text>`);
      y += row - 4;
    }
    y += 10;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 750 ${y}" width="750" height="${y}" role="img" aria-label="${escape(title)}">
<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 14px } .group { font-weight: 600 }
.ours { fill: #1f6feb } .other { fill: #8c959f }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #58a6ff } .other { fill: #6e7681 } }
</style>
<text x="8" y="20" class="title">${escape(title)}</text>
${parts.join('\n')}
</svg>
`;
}

// Lines over a logarithmic x, a panel for each quantity, each from zero.  panels: [{ title, series: [{ label, points:
// [[x, y], ...] }], most }]; most: where the panel ends, else a round number above the largest y.
export function lines(title, below, panels) {
  const all = panels.flatMap((panel) => panel.series.flatMap((s) => s.points));
  const low = Math.floor(Math.log10(Math.min(...all.map(([x]) => x)))), high = Math.ceil(Math.log10(Math.max(...all.map(([x]) => x))));
  const left = 60, wide = 560, tall = 130;
  const across = (x) => (left + ((Math.log10(x) - low) / Math.max(1, high - low)) * wide).toFixed(1);
  const round = (v) => { const p = 10 ** Math.floor(Math.log10(v)); return [1, 2, 5, 10].map((m) => m * p).find((m) => m >= v); };
  const parts = [];
  let y = 40;
  for (const { title: name, series, most } of panels) {
    const top = most ?? round(Math.max(...series.flatMap((s) => s.points.map(([, v]) => v)), 1e-9));
    const up = (v) => (y + 10 + tall - (v / top) * tall).toFixed(1);
    parts.push(`<text x="8" y="${y}" class="group">${escape(name)}</text>`);
    for (const v of [0, top / 2, top])
      parts.push(`<line x1="${left}" x2="${left + wide}" y1="${up(v)}" y2="${up(v)}" class="grid"/>`,
        `<text x="${left - 6}" y="${Number(up(v)) + 4}" text-anchor="end">${v}</text>`);
    for (const [k, s] of series.entries()) {
      const [x, v] = s.points.at(-1);
      parts.push(`<polyline points="${s.points.map(([a, b]) => `${across(a)},${up(b)}`).join(' ')}" class="s${k}"/>`,
        `<text x="${Number(across(x)) + 6}" y="${Number(up(v)) + 4}">${escape(s.label)}</text>`);
    }
    y += tall + 44;
  }
  for (let d = low; d <= high; d++)
    parts.push(`<text x="${across(10 ** d)}" y="${y - 14}" text-anchor="middle">${(10 ** d).toLocaleString('en-US')}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 750 ${y + 14}" width="750" height="${y + 14}" role="img" aria-label="${escape(title)}">
<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 14px } .group { font-weight: 600 }
polyline { fill: none; stroke-width: 2 } .s0 { stroke: #1f6feb } .s1 { stroke: #bc4c00 } .grid { stroke: #d0d7de }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .s0 { stroke: #58a6ff } .s1 { stroke: #f0883e } .grid { stroke: #30363d } }
</style>
<text x="8" y="20" class="title">${escape(title)}</text>
${parts.join('\n')}
<text x="${left + wide / 2}" y="${y + 4}" text-anchor="middle">${escape(below)}</text>
</svg>
`;
}
