// Lays a brotli and a gzip beside each file that shrinks, and fails when the first load is more than it may be.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FIRST_LOAD_AT_MOST = 110 * 1024;
const SHRINKS = new Set(['.html', '.js', '.css', '.svg', '.txt', '.webmanifest']);

const site = process.argv[2];
const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

for (const path of files(site)) {
  if (!SHRINKS.has(extname(path))) continue;
  const plain = readFileSync(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
}

// What a browser fetches before a person can press the button: the page and what its head names.
const html = readFileSync(join(site, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, path]) => path);
const load = ['index.html', ...new Set(named)];
const sum = (ending) =>
  load.reduce((all, path) => {
    const packed = join(site, path + ending);
    return all + statSync(SHRINKS.has(extname(path)) ? packed : join(site, path)).size;
  }, 0);
const [brotli, gzip] = [sum('.br'), sum('.gz')];
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
console.log(`  first load: ${load.length} files, ${kib(brotli)} in brotli, ${kib(gzip)} in gzip`);
if (gzip > FIRST_LOAD_AT_MOST) {
  console.error(
    `web: the first load is ${kib(gzip)} in gzip, at most ${kib(FIRST_LOAD_AT_MOST)} are allowed`,
  );
  process.exit(1);
}
