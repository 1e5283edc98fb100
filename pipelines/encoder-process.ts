// In: a model folder in transformers.js layout, then texts, from the parent process. Out: for each text the logits of each of its windows.
// Invariant: the one door to transformers.js; one window a call, at its exact length, on one thread: the numbers of a text depend on it and the model alone. Nothing is fetched.
import { basename, dirname } from 'node:path';
import type { AutoModel, AutoTokenizer } from '@huggingface/transformers';

export interface OpenModel { folder: string; dtype: 'fp32' | 'fp16' | 'q8'; /** Tokens of one window, the special ones included. */ window: number; overlap: number }
export interface ModelFacts { labels: string[]; problem: string | null; width: number }
export type EncoderRequest = { open: OpenModel } | { id: number; texts: string[] };
/** Logits of one stretch of a text, and how many tokens of the text it holds. */
export interface Window { logits: Float32Array; tokens: number }
export type EncoderReply = { ready: ModelFacts } | { id: number; windows: Window[][] } | { failed: string };

const { env, AutoModel: models, AutoTokenizer: tokenizers, LogLevel, Tensor } = await import('@huggingface/transformers');
env.allowRemoteModels = false;
env.useFSCache = false;
env.logLevel = LogLevel.ERROR;

interface Opened { tokenizer: Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>; model: Awaited<ReturnType<typeof AutoModel.from_pretrained>>; names: readonly string[]; window: number; overlap: number; before: number[]; after: number[] }
let opened: Opened | null = null;

async function open({ folder, dtype, window, overlap }: OpenModel): Promise<ModelFacts> {
  env.localModelPath = `${dirname(folder)}/`;
  const name = basename(folder);
  const tokenizer = await tokenizers.from_pretrained(name, { local_files_only: true });
  const model = await models.from_pretrained(name, {
    dtype, device: 'cpu', local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', enableMemPattern: false, enableCpuMemArena: false, graphOptimizationLevel: 'all' },
  });
  const session = (model as unknown as { sessions: Record<string, { inputNames: readonly string[] }> }).sessions['model'];
  const around = tokenizer.encode('');
  const config = model.config as unknown as { id2label?: Record<string, string>; problem_type?: string; max_position_embeddings?: number };
  const most = Math.min(window, config.max_position_embeddings ?? window);
  opened = { tokenizer, model, names: session?.inputNames ?? [], window: most, overlap: Math.min(overlap, Math.floor(most / 2)), before: around.slice(0, -1), after: around.slice(-1) };
  const [probe] = await run(opened, '');
  return { labels: Object.values(config.id2label ?? {}), problem: config.problem_type ?? null, width: probe?.logits.length ?? 0 };
}

/** Logits of each window of a text; neighbouring windows share `overlap` tokens. */
async function run({ tokenizer, model, names, window, overlap, before, after }: Opened, text: string): Promise<Window[]> {
  const whole = tokenizer.encode(text);
  const inner = whole.slice(before.length, whole.length - after.length);
  const room = window - before.length - after.length;
  const out: Window[] = [];
  for (let from = 0; from === 0 || from + overlap < inner.length; from += room - overlap) {
    const ids = [...before, ...inner.slice(from, from + room), ...after];
    const filled = (value: bigint) => new Tensor('int64', new BigInt64Array(ids.length).fill(value), [1, ids.length]);
    const inputs = { input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]), attention_mask: filled(1n), ...(names.includes('token_type_ids') && { token_type_ids: filled(0n) }) };
    const { logits } = await model(inputs) as { logits?: { data: Float32Array } };
    if (logits === undefined) throw new Error('the graph has no output named logits');
    // Copied: the next call writes over the same memory.
    out.push({ logits: Float32Array.from(logits.data), tokens: ids.length - before.length - after.length });
    if (from + room >= inner.length) break;
  }
  return out;
}

const reply = (message: EncoderReply) => process.send?.(message);

process.on('message', (request: EncoderRequest) => {
  void (async () => {
    if ('open' in request) return reply({ ready: await open(request.open) });
    if (opened === null) throw new Error('no model is open');
    const windows: Window[][] = [];
    for (const text of request.texts) windows.push(await run(opened, text));
    return reply({ id: request.id, windows });
  })().catch((error: unknown) => reply({ failed: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }));
});
process.on('disconnect', () => process.exit());
