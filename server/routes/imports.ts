// In: uploaded ledgers, and the word to run them. Out: what they hold; then a job.
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';

export const importRoutes = ({ imports, jobs, audit }: House) => [
  route('POST /api/imports', async ({ req, user, ip }) => {
    const { files, ...reply } = await imports.receive(req, user.name);
    audit.write(user.name, 'upload', files.join('、'), ip);
    return reply;
  }),

  route('POST /api/imports/:id/run', ({ param, body, user, ip, res }) => {
    const job = jobs.add(param('id'), user.name, body.mapping);
    audit.write(user.name, 'import', job.files.join('、'), ip);
    res.status(202);
    return { job_id: job.job_id };
  }),
];
