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
