// In: a job's id. Out: its states as the server tells them. Invariant: ends by itself when the job ends; the caller can end it sooner.
import type { Job } from '../server/api.ts';

/** Stages of the pipeline in their order, with what each does. */
export const stageNames: Readonly<Record<string, string>> = {
  wait: '等候另一次导入', ingest: '读取', deidentify: '去标识', deduplicate: '查重', segment: '分词', classify: '分类', aggregate: '汇总', detect: '找热点', publish: '发布',
};
export const stages = Object.keys(stageNames).filter((stage) => stage !== 'wait');

export function followJob(id: string, tell: (job: Job) => void): () => void {
  const events = new EventSource(`/api/jobs/${encodeURIComponent(id)}/events`);
  const hear = (event: MessageEvent<string>) => {
    const job = JSON.parse(event.data) as Job;
    tell(job);
    if (job.state === 'done' || job.state === 'failed') events.close();
  };
  events.addEventListener('message', hear);
  for (const name of ['job', 'progress', 'done', 'failed']) events.addEventListener(name, hear);
  return () => events.close();
}
