import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../src/page/tokens.css', import.meta.url), 'utf8');
const [light, dark] = css.split('@media (prefers-color-scheme: dark)') as [string, string];

/** Pairs that stand on each other, and what WCAG 2.2 AA asks: 4.5 for text, 3 for edges. */
const PAIRS: [string, string, number][] = [
  ['ink', 'paper', 4.5],
  ['ink', 'surface', 4.5],
  ['ink', 'accent-soft', 4.5],
  ['ink', 'signal-soft', 4.5],
  ['quiet', 'paper', 4.5],
  ['quiet', 'surface', 4.5],
  ['quiet', 'accent-soft', 4.5],
  ['quiet', 'signal-soft', 4.5],
  ['accent', 'paper', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['signal', 'paper', 4.5],
  ['signal', 'surface', 4.5],
  ['signal', 'signal-soft', 4.5],
  ['on-signal', 'signal', 4.5],
  ['edge', 'paper', 3],
  ['edge', 'surface', 3],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('colours in %s', (_, sheet) => {
  it.each(PAIRS)('%s on %s has a contrast of at least %d', (over, under, least) => {
    expect(contrast(colour(sheet, over), colour(sheet, under))).toBeGreaterThanOrEqual(least);
  });
});

function colour(sheet: string, name: string): string {
  return new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(sheet)![1]!;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
