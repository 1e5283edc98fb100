// In: a served product. Out: what its log says that each answer took, from when the request was read to when the reply had been handed on.
// Invariant: the server's own clock in whole milliseconds; neither the readers' side of the machine nor their connections count.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Took } from './load.ts';

interface Line { method?: string; path?: string; responseTime?: number }

/** `since` gives the answers logged since it was last called. */
export function followLog(server: ChildProcess): { since(): Promise<Took[]> } {
  let answers: Took[] = [];
  if (server.stderr) createInterface(server.stderr).on('line', (text) => {
    if (!text.startsWith('{')) return;
    const { method, path = '', responseTime } = JSON.parse(text) as Line;
    if (method === 'GET' && path.startsWith('/api/') && responseTime !== undefined) answers.push({ name: path, ms: responseTime });
  });
  return {
    async since() {
      await sleep(200);
      const told = answers;
      answers = [];
      return told;
    },
  };
}
