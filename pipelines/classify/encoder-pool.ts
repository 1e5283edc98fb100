// In: a model folder and texts. Out: the logits of each text's windows, computed in child processes, in the order of the texts.
// Invariant: at most two batches wait at each child; equal texts are computed once; children end with `close`, or with this process.
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ZhiweiError } from '../../datasets/errors.ts';
import type { EncoderReply, EncoderRequest, ModelFacts, OpenModel, Window } from '../encoder-process.ts';
import type { Progress } from '../records.ts';

export interface PoolOptions { processes?: number; dtype?: OpenModel['dtype']; window?: number; overlap?: number }

const program = fileURLToPath(new URL('../encoder-process.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const batch = 16, inFlight = 2, openMs = 60_000;
export const graphs = { fp32: 'model.onnx', fp16: 'model_fp16.onnx', q8: 'model_quantized.onnx' } as const;

interface Job { id: number; places: number[]; texts: string[] }

export class EncoderPool {
  private closed = false;
  private constructor(private readonly children: ChildProcess[], readonly facts: ModelFacts, private readonly name: string) {}

  /** Starts the children and loads the model in each. Throws `bad_file` where it is missing or cannot be read. */
  static async open(folder: string, { processes = 2, dtype = 'fp32', window = 256, overlap = 64 }: PoolOptions = {}): Promise<EncoderPool> {
    const path = resolve(folder), name = basename(path);
    for (const part of ['config.json', 'tokenizer.json', 'tokenizer_config.json', join('onnx', graphs[dtype])]) {
      if (!existsSync(join(path, part)) || statSync(join(path, part)).size === 0) throw new ZhiweiError('bad_file', `语义模型“${name}”缺少文件 ${part}；应为 transformers.js 目录结构（config.json、tokenizer.json、tokenizer_config.json、onnx/${graphs[dtype]}）。请补齐，或在设置中改用 classifier: "linear"。`);
    }
    const children = Array.from({ length: processes }, () => fork(program, [], { execArgv: ['--import', loader, '--max-old-space-size=256'], env: {}, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }));
    try {
      const facts = await Promise.all(children.map((child) => opened(child, { folder: path, dtype, window, overlap }, name)));
      return new EncoderPool(children, facts[0] as ModelFacts, name);
    } catch (error) {
      for (const child of children) child.kill('SIGKILL');
      throw error;
    }
  }

  /** Logits per text and window. Progress counts texts whose answer has come. Throws `failed` when a child ends or cannot compute. */
  run(texts: readonly string[], progress?: Progress): Promise<Window[][]> {
    const places = new Map<string, number[]>();
    texts.forEach((text, i) => { const same = places.get(text); if (same) same.push(i); else places.set(text, [i]); });
    // Longest first: the children end together.
    const distinct = [...places.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    const jobs = Array.from({ length: Math.ceil(distinct.length / batch) }, (_, id): Job => {
      const own = distinct.slice(id * batch, (id + 1) * batch);
      return { id, texts: own, places: own.map((_t, k) => id * batch + k) };
    });
    const out: Window[][] = new Array<Window[]>(texts.length);
    if (jobs.length === 0) return Promise.resolve(out);
    return new Promise((resolveAll, rejectAll) => {
      let next = 0, done = 0, answered = 0;
      const leave = this.children.map((child) => {
        const feed = () => { const job = jobs[next++]; if (job) child.send({ id: job.id, texts: job.texts } satisfies EncoderRequest); };
        const onReply = (reply: EncoderReply) => {
          if ('failed' in reply) return end(new ZhiweiError('failed', `语义模型“${this.name}”计算失败。请检查模型文件，或在设置中改用 classifier: "linear"。`, undefined, { cause: new Error(reply.failed) }));
          if (!('id' in reply)) return;
          jobs[reply.id]?.texts.forEach((text, k) => { for (const i of places.get(text) ?? []) { out[i] = reply.windows[k] ?? []; answered++; } });
          progress?.(answered, texts.length);
          if (++done === jobs.length) end(null); else feed();
        };
        const onExit = () => end(new ZhiweiError('failed', `语义模型“${this.name}”的进程中断（可能内存不足）。请重试，或在设置中改用 classifier: "linear"。`));
        child.on('message', onReply).on('exit', onExit);
        if (child.exitCode !== null || child.signalCode !== null || this.closed) queueMicrotask(onExit);
        else for (let k = 0; k < inFlight; k++) feed();
        return () => child.off('message', onReply).off('exit', onExit);
      });
      const end = (error: Error | null) => {
        for (const off of leave) off();
        if (error) { this.close(); rejectAll(error); } else resolveAll(out);
      };
    });
  }

  close(): void {
    this.closed = true;
    for (const child of this.children) child.kill('SIGKILL');
  }
}

function opened(child: ChildProcess, model: OpenModel, name: string): Promise<ModelFacts> {
  return new Promise((resolveOne, reject) => {
    const broken = (cause?: string) => reject(new ZhiweiError('bad_file', `语义模型“${name}”读不出来，文件可能损坏或与本程序不合。请重新放置模型，或在设置中改用 classifier: "linear"。`, undefined, { cause: new Error(cause ?? 'the process ended') }));
    const timer = setTimeout(() => broken('it took too long'), openMs);
    const settle = () => { clearTimeout(timer); child.removeAllListeners(); };
    child.on('error', (error) => { settle(); broken(error.message); });
    child.on('exit', () => { settle(); broken(); });
    child.on('message', (reply: EncoderReply) => { settle(); if ('ready' in reply) resolveOne(reply.ready); else broken('failed' in reply ? reply.failed : undefined); });
    child.send({ open: model } satisfies EncoderRequest);
  });
}
