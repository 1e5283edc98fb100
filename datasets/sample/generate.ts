// In: nothing. Out: the files of the sample beside this one, and truth.json. Run: npx tsx datasets/sample/generate.ts
// Invariant: running it again changes no byte.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { sample } from './generator/sample.ts';
import { bytes } from './generator/sheets.ts';

const here = new URL('./', import.meta.url);
const { files, truth, petitions, posts, notes, broken } = sample();

for (const old of readdirSync(here)) if (/\.(?:xlsx|csv)$/.test(old)) rmSync(new URL(encodeURIComponent(old), here));
for (const file of files) writeFileSync(new URL(encodeURIComponent(file.name), here), await bytes(file));
writeFileSync(new URL('truth.json', here), `${JSON.stringify(truth, null, 2)}\n`);
console.log(`${files.length} files: ${petitions.length} petitions (${broken.length} broken), ${posts.length} posts, ${notes.length} notes`);
