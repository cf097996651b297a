import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** As of the Java files of this repository; what is longer does more than one thing. */
const LINES_AT_MOST = 400;
const OURS = ['src/page', 'src/parley', 'tests', 'browser', 'tools'];
const CODE = /\.(ts|mjs|svelte|css)$/;

it('no file is longer than 400 lines', () => {
  const files = OURS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ).filter((path) => CODE.test(path));
  const lengths = files.map((path) => [path, readFileSync(path, 'utf8').split('\n').length - 1]);
  expect(files.length).toBeGreaterThan(50);
  expect(lengths.filter(([, lines]) => Number(lines) > LINES_AT_MOST)).toEqual([]);
});
