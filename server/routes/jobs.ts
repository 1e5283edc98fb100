// In: a job's id, or the wish to run over what was imported before. Out: its state, once or as it changes (server-sent events).
// Invariant: someone with a unit scope sees their own jobs alone.
import { ZhiweiError } from '../../datasets/errors.ts';
import type { Job, User } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

const mayRead = (user: User) => (job: Job) => user.unit_path === null || job.created_by === user.name;
const heartbeatMs = 15_000;

export const jobRoutes = ({ jobs, audit }: House) => {
  const job = (id: string, user: User): Job => {
    const found = jobs.get(id);
    if (!mayRead(user)(found)) throw new ZhiweiError('not_found', '没有这个任务');
    return found;
  };
  return [
    route('GET /api/jobs', ({ user }) => ({ jobs: jobs.list().filter(mayRead(user)) })),
    route('POST /api/jobs', ({ user, ip }) => {
      const { job_id } = jobs.again(user.name);
      audit.write(user.name, 'import', '重新标注并发布已导入的数据', ip);
      return { job_id };
    }),
    route('GET /api/jobs/:id', ({ param, user }) => job(param('id'), user)),
    route('GET /api/jobs/:id/events', ({ param, user, res }) => {
      const { job_id } = job(param('id'), user);
      res.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' }).flushHeaders();
      const beat = setInterval(() => res.write(': \n\n'), heartbeatMs);
      let stop: (() => void) | null = null;
      const end = () => { clearInterval(beat); stop?.(); stop = null; };
      res.on('close', end);
      const tell = (state: Job) => {
        res.write(`data: ${JSON.stringify(state)}\n\n`);
        if (state.state === 'done' || state.state === 'failed') { end(); res.end(); }
      };
      const unfollow = jobs.follow(job_id, tell);
      if (res.writableEnded) unfollow(); else stop = unfollow;
      return undefined;
    }),
  ];
};
