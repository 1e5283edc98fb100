// In: the corpus, as seed of invented petitions. Out: seconds and peak memory of `zhiwei run` on 100,000 of them (or the number given).
// Usage: npm run bench:pipeline [-- 100000]. Needs Linux for the memory figure.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { random } from './random.ts';

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'zhiwei-bench-'));
const ledger = join(folder, '信访台账.csv');
await writeLedger(ledger, count);

const started = performance.now();
const child = spawn(process.execPath, ['pipelines/zhiwei.js', 'run', '--input', ledger, '--data', join(folder, 'data'), '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
let peak = 0;
const watch = setInterval(() => { peak = Math.max(peak, memoryKb(child.pid ?? 0)); }, 100);
const code = await new Promise((resolve) => child.on('close', resolve));
clearInterval(watch);
const seconds = (performance.now() - started) / 1000;
if (code !== 0) process.exit(1);
const result = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { version: number; sources: { accepted: number; rejected: number }[] };
const manifest = JSON.parse(readFileSync(join(folder, 'data/warehouse/v000001.json'), 'utf8')) as { stages: { stage: string; rows: number; seconds: number }[] };
for (const s of manifest.stages) console.log(`${s.stage.padEnd(12)} ${s.seconds.toFixed(1).padStart(7)} s  ${Math.round(s.rows / Math.max(s.seconds, 0.001)).toString().padStart(8)} rows/s`);
console.log(`${count} petitions: ${seconds.toFixed(1)} s, peak memory ${(peak / 1024).toFixed(0)} MB, accepted ${result.sources.reduce((n, s) => n + s.accepted, 0)}, rejected ${result.sources.reduce((n, s) => n + s.rejected, 0)}`);
rmSync(folder, { recursive: true });

function memoryKb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Sentences of the corpus shuffled within their topic, about as long as real petitions; one in twenty repeats an earlier one with small changes. */
async function writeLedger(file: string, rows: number): Promise<void> {
  const next = random(20261101);
  const texts = readFileSync('datasets/corpus/mine-language.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l) as { text: string; topics: string[] });
  const sentences = new Map<string, string[]>();
  for (const { text, topics } of texts) for (const s of text.split(/(?<=[。！？\n])/)) if (s.trim().length > 6) sentences.set(topics[0] ?? 'other', [...(sentences.get(topics[0] ?? 'other') ?? []), s.trim()]);
  const topics = [...sentences.keys()];
  const out = createWriteStream(file);
  out.write('登记编号,登记日期,信访人,联系电话,单位,信访方式,人数,反映内容,受理日期,办结日期\n');
  const recent: string[] = [];
  const day = (offset: number) => new Date(Date.UTC(2023, 10, 1) + offset * 86_400_000).toISOString().slice(0, 10);
  for (let i = 0; i < rows; i++) {
    const topic = topics[Math.floor(next() * topics.length)]!;
    const pool = sentences.get(topic)!;
    const fresh = Array.from({ length: 4 + Math.floor(next() * 4) }, () => pool[Math.floor(next() * pool.length)]!).join('');
    const text = recent.length > 0 && next() < 0.05 ? `${recent[Math.floor(next() * recent.length)]!}第${1 + Math.floor(next() * 9)}次反映。` : fresh;
    if (recent.length < 2000) recent.push(text); else recent[Math.floor(next() * 2000)] = text;
    const at = Math.floor(next() * 1095);
    if (!out.write(`XF${String(i).padStart(7, '0')},${day(at)},张${i},139${String(10_000_000 + i).slice(0, 8)},第${1 + Math.floor(next() * 14)}矿,来信,1,"${text.replaceAll('"', '""')}",${at + 5 < 1095 ? day(at + 5) : ''},${at + 40 < 1095 ? day(at + 40) : ''}\n`)) await new Promise<void>((r) => void out.once('drain', r));
  }
  out.end();
  await finished(out);
}
