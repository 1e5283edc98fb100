// Run: npm run bench:text-speed [-- --texts N --model FOLDER --dtype q8]. In: corpus texts joined and cut to 200 characters.
// Out: texts per second of de-identifying, segmenting and classifying, stage by stage and end to end, without and with the transformer; memory at its peak.
// Invariant: both paths read the same texts in one run, each in a process of its own, once before they are measured; the second is told as a share of the first, since machines differ.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { settingsSchema } from '../../datasets/settings.ts';
import { loadClassifier, readersOf, type Classifier } from '../../pipelines/classify.ts';
import { shippedEncoder } from '../../pipelines/classify/encoder.ts';
import type { IncomingDocument } from '../../pipelines/records.ts';
import { SecondPair } from '../../pipelines/second-pair.ts';
import { ownDictionary } from '../../pipelines/segment.ts';
import { classifyAll, deidentifyAll, segmentAll } from '../../pipelines/text-stages.ts';

const { values } = parseArgs({ options: { texts: { type: 'string', default: '12000' }, few: { type: 'string', default: '2000' }, model: { type: 'string' }, dtype: { type: 'string', default: 'fp32' }, 'quick-seconds': { type: 'string' } } });
const say = (line: string) => { process.stdout.write(`${line}\n`); };
const characters = 200;
const corpus = readFileSync(new URL('../../datasets/corpus/mine-language.jsonl', import.meta.url), 'utf8').trim().split('\n').map((l) => (JSON.parse(l) as { text: string }).text).join('\n');
const cut = (n: number) => Array.from({ length: n }, (_, i) => corpus.slice((i * 97) % (corpus.length - characters)).slice(0, characters));

const secret = Buffer.alloc(32, 7);
const incoming = (text: string, i: number): IncomingDocument => ({ document_id: String(i), kind: 'post', unit: null, channel: '网上', received_at: '2026-01-01 00:00:00', occurred_date: null, title: null, text, people: 1, likes: 0, identity: {}, petition: null, source_id: 'bench', source_row: i });

/** Megabytes that this process and its children hold now; what they share is counted once. */
function held(): number {
  try {
    const share = (pid: string) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1]) * 1024;
    const own = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim().split(' ').filter(Boolean);
    return [...own, 'self'].reduce((sum, pid) => sum + share(pid), 0) / 1e6;
  } catch {
    return process.memoryUsage.rss() / 1e6;
  }
}

type Stage = 'deidentify' | 'segment' | 'classify';
interface Measured { seconds: Record<Stage, number>; /** Seconds of one core that this process used, which a busy machine does not stretch. */ cpu: Record<Stage, number>; peak: number }

async function measure(texts: readonly string[], classifier: Classifier, second: SecondPair | null): Promise<Measured> {
  const seconds = { deidentify: 0, segment: 0, classify: 0 }, cpu = { ...seconds };
  let peak = 0;
  const timer = setInterval(() => { peak = Math.max(peak, held()); }, 200);
  const time = async <T>(stage: Stage, work: () => T | Promise<T>): Promise<T> => {
    const [wall, used] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(used);
    seconds[stage] = (performance.now() - wall) / 1000;
    cpu[stage] = (user + system) / 1e6;
    peak = Math.max(peak, held());
    return result;
  };
  const { documents } = await time('deidentify', () => deidentifyAll(texts.map(incoming), secret, second));
  await time('segment', () => segmentAll(documents, { own: ownDictionary, user: null }, second));
  await time('classify', () => classifyAll(documents, classifier, second));
  clearInterval(timer);
  return { seconds, cpu, peak };
}

const total = (of: Record<Stage, number>) => Object.values(of).reduce((a, b) => a + b, 0);

function show(name: string, n: number, { seconds, cpu, peak }: Measured): void {
  const each = (of: Record<Stage, number>) => Object.entries(of).map(([stage, s]) => `${stage} ${Math.round(n / s)}`).join(', ');
  say(`${name}: ${n} texts of ${characters} characters, ${Math.round(n / total(seconds))} texts/s end to end (${each(seconds)}), peak ${Math.round(peak)} MB`);
  say(`  per second of one core's time: ${Math.round(n / total(cpu))} (${each(cpu)})`);
}

/** Each path in a process of its own, as a run of the pipeline is: what the first leaves behind is not counted as memory of the second. */
if (values['quick-seconds'] === undefined) {
  const linear = await loadClassifier();
  const second = SecondPair.for(Number(values.texts));
  const cold = await measure(cut(Number(values.texts)), linear, second);
  const quick = await measure(cut(Number(values.texts)), linear, second);
  const alone = await measure(cut(Number(values.texts)), linear, null);
  show(`linear (${linear.version})`, Number(values.texts), quick);
  show('the first time, while dictionaries and programs are still being loaded', Number(values.texts), cold);
  show('the same by one process', Number(values.texts), alone);
  second?.close();
  if (values.model !== undefined || existsSync(shippedEncoder)) execFileSync(process.execPath, [...process.execArgv, ...process.argv.slice(1), '--quick-seconds', String(total(quick.seconds) / Number(values.texts))], { stdio: 'inherit' });
} else {
  const model = values.model === undefined ? null : { path: values.model, labels: {}, dtype: values.dtype };
  const joined = await loadClassifier(readersOf(settingsSchema.parse({ classifier: 'encoder', model })));
  await measure(cut(50), joined, null);
  const slow = await measure(cut(Number(values.few)), joined, null);
  show(`with the transformer (${joined.version})`, Number(values.few), slow);
  say(`  the transformer makes reading ${(total(slow.seconds) / Number(values.few) / Number(values['quick-seconds'])).toFixed(1)} times as long`);
  joined.close();
}
