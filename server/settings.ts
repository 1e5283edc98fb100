// In: the process's environment. Out: the server's settings, checked.
// Invariant: the only reader of process.env; a wrong value stops the start with its name.
import { z } from 'zod';
import { ZhiweiError } from '../datasets/errors.ts';

const settingsSchema = z.object({
  /** Address to listen on; other than loopback only behind a proxy that speaks https. */
  ZHIWEI_HOST: z.string().min(1).default('127.0.0.1'),
  ZHIWEI_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  /** Number of https proxies in front, whose X-Forwarded-* are believed. */
  ZHIWEI_TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  ZHIWEI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Key that signs webhook messages; without it none is sent. */
  ZHIWEI_WEBHOOK_SECRET: z.string().min(16).optional(),
  ZHIWEI_SMTP_PASSWORD: z.string().min(1).optional(),
});

/** What outbound messages 外发 need and no file may hold. */
export interface OutboundSecrets { webhook: string | null; smtp: string | null }

export interface Settings { host: string; port: number; trustProxy: number; logLevel: z.infer<typeof settingsSchema>['ZHIWEI_LOG_LEVEL']; secrets: OutboundSecrets }

/** Settings from `env`. Throws `bad_request` naming the variables that are wrong. */
export function readSettings(env: Record<string, string | undefined> = process.env): Settings {
  const parsed = settingsSchema.safeParse(env);
  if (!parsed.success) throw new ZhiweiError('bad_request', `环境变量有误：${parsed.error.issues.map((i) => i.path.join('.')).join('、')}`);
  const s = parsed.data;
  return { host: s.ZHIWEI_HOST, port: s.ZHIWEI_PORT, trustProxy: s.ZHIWEI_TRUST_PROXY, logLevel: s.ZHIWEI_LOG_LEVEL, secrets: { webhook: s.ZHIWEI_WEBHOOK_SECRET ?? null, smtp: s.ZHIWEI_SMTP_PASSWORD ?? null } };
}

/** Environment for the command line that the server starts: what a program needs to run, nothing of the server's own. */
export function childEnvironment(env: Record<string, string | undefined> = process.env): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SystemRoot', 'TEMP'];
  return Object.fromEntries(kept.flatMap((name) => { const value = env[name]; return value === undefined ? [] : [[name, value]]; }));
}
