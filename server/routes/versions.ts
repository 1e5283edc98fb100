// In: a version's number. Out: the versions that are kept; an earlier one served again.
import { z } from 'zod';
import { ZhiweiError } from '../../datasets/errors.ts';
import { batch } from '../batch-command.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { readManifests } from '../versions.ts';

export const versionRoutes = ({ warehouse, dir, jobs, audit }: House) => [
  route('GET /api/versions', ({ user }) => ({
    current: warehouse.version,
    // File names of other units are not a scoped reader's business.
    versions: readManifests(dir).map((m) => (user.unit_path === null ? m : { ...m, sources: [] })),
  })),

  route('POST /api/versions/rollback', async ({ user, body: { version }, ip }) => {
    if (user.unit_path !== null) throw new ZhiweiError('forbidden', '退回版本影响所有单位；请联系集团信访专员或管理员');
    if (jobs.busy) throw new ZhiweiError('conflict', '正在导入；请等导入结束后再退回');
    const done = z.object({ version: z.int() }).parse(await batch(['rollback', String(version), '--json', '--data', dir.root], { timeoutMs: 60_000 }));
    await warehouse.refresh();
    audit.write(user.name, 'rollback', `版本 ${done.version}`, ip);
    return { version: done.version };
  }),
];
