// In: the state file, the data directory. Out: drafts of the briefing 月报、季报: begun, changed, put on newer data, approved, frozen.
// Invariant: each change is one transaction that checks state, role and revision; nothing is final whose quotes do not hold now.
import type { DataDir } from '../../../datasets/data-dir.ts';
import { ZhiweiError } from '../../../datasets/errors.ts';
import { figureName } from '../../../datasets/figure-name.ts';
import { periodInName } from '../../../datasets/reporting-period.ts';
import type { User } from '../../api.ts';
import type { State } from '../../state.ts';
import type { Briefing } from '../content.ts';
import { checkQuotes } from '../quotes.ts';
import type { WarehouseReader } from '../warehouse-reader.ts';
import type { DraftChanges, DraftText, DraftView, Problem } from './api.ts';
import { applyDraft } from './apply.ts';
import { compare, rebase, sameDays } from './compare.ts';
import { freeze, frozen, sha256 } from './frozen.ts';
import { poolOf } from './keys.ts';
import { problemsOf } from './problems.ts';
import { split } from './split.ts';
import { mayDo, next } from './steps.ts';
import { DraftStore, type StoredDraft } from './store.ts';

export interface Frozen { format: string; content: Buffer }
const withoutQueries = ({ notes, ...briefing }: Briefing) => ({ ...briefing, notes: notes.map(({ sql: _sql, params: _params, ...note }) => note) });

export class Drafts {
  readonly store: DraftStore;
  constructor(state: State, private readonly dir: DataDir, private readonly clock: () => Date = () => new Date()) { this.store = new DraftStore(state); }
  private at(): string { return this.clock().toISOString(); }

  /** Everything that the page shows. */
  async view(id: string | number, user: User, reader: WarehouseReader): Promise<DraftView> {
    const { base, text, ...summary } = this.store.get(id, user.unit_path);
    const pool = poolOf(base), made = split(base, pool);
    return {
      ...summary, served_version: reader.version, text, origins: Object.fromEntries(made.origins),
      numbers: Object.fromEntries([...pool.numbers].map(([key, n]) => [key, { formatted: n.formatted, label: figureName(n), source: pool.notes.get(n.note)?.label ?? '', period: pool.notes.get(n.note)?.period ?? '' }])),
      quotes: Object.fromEntries([...pool.quotes].map(([key, q]) => [key, q.text])),
      kept: Object.fromEntries([...pool.kept].map(([key, block]) => [key, { ...block }])),
      printed: withoutQueries(applyDraft(base, text, pool)),
      problems: summary.state === '定稿' ? [] : await problemsOf(base, text, made, pool, reader),
      versions: this.store.versions(summary.draft_id), files: this.store.files(summary.draft_id), may: mayDo(summary.state, user.role),
    };
  }

  /** Begins with what was generated, or, where a final one of the same days is there, with that one's wording as a correction 更正稿. Throws `conflict` where one is being written. */
  begin(briefing: Briefing, user: User): number {
    const { key: period, unit, run } = briefing;
    return this.store.change(() => {
      const last = this.store.list(null, { period, unit: unit.path })[0];
      if (last && last.state !== '定稿') throw new ZhiweiError('conflict', `${last.updated_by}已在写这一期；请在那一份上接着改`);
      const earlier = last && this.store.get(last.draft_id, null);
      const text = earlier && sameDays(earlier.base, briefing) ? rebase(earlier.base, briefing, earlier.text) : split(briefing).text;
      return this.store.add({ period, unit_path: unit.path, unit_name: unit.name, edition: (last?.edition ?? 0) + 1, data_version: run.version, base: briefing, text }, user.name, this.at(), earlier ? '更正' : '起草');
    });
  }

  /** Keeps a change; it may still have problems, which are told. `fresh`: a new sitting began. */
  async save(id: string, user: User, revision: number, text: DraftText, reader: WarehouseReader): Promise<{ revision: number; problems: Problem[]; fresh: boolean }> {
    const { base } = this.store.get(id, user.unit_path);
    const pool = poolOf(base);
    applyDraft(base, text, pool);
    const problems = await problemsOf(base, text, split(base, pool), pool, reader);
    return this.store.change(() => {
      const draft = this.store.get(id, user.unit_path), at = this.at();
      this.store.set(draft.draft_id, revision, { text, state: next(draft.state, 'save', user.role), updated_by: user.name, updated_at: at });
      return { revision: revision + 1, problems, fresh: this.store.note(draft.draft_id, '编辑', draft.data_version, text, user.name, at) };
    });
  }

  changes(id: string, user: User, fresh: Briefing): DraftChanges {
    const { base, text } = this.store.get(id, user.unit_path);
    return compare(base, fresh, text);
  }

  /** Puts the draft on newer data. Throws `conflict` unless just the figures that change were accepted: the writer has seen each. */
  rebase(id: string, user: User, revision: number, accepted: readonly string[], fresh: Briefing): void {
    this.store.change(() => {
      const draft = this.store.get(id, user.unit_path), at = this.at();
      const state = next(draft.state, 'save', user.role);
      const asked = compare(draft.base, fresh, draft.text).numbers.map((n) => n.key);
      if (asked.length !== accepted.length || asked.some((key) => !accepted.includes(key))) throw new ZhiweiError('conflict', `有${asked.length}个数与稿件不同，须逐一接受后才能改用第${fresh.run.version}版数据；请刷新后再看`);
      const text = rebase(draft.base, fresh, draft.text);
      this.store.set(draft.draft_id, revision, { base: fresh, text, data_version: fresh.run.version, state, updated_by: user.name, updated_at: at });
      this.store.note(draft.draft_id, `改用第${fresh.run.version}版数据`, fresh.run.version, text, user.name, at);
    });
  }

  /** Hands over for approval, or takes back. Throws `bad_request` while problems stand. */
  async step(id: string, user: User, revision: number, step: 'submit' | 'withdraw', reader: WarehouseReader): Promise<void> {
    if (step === 'submit') await this.sound(this.store.get(id, user.unit_path), reader);
    this.store.change(() => {
      const draft = this.store.get(id, user.unit_path), at = this.at();
      const state = next(draft.state, step, user.role);
      this.store.set(draft.draft_id, revision, { state, ...(step === 'submit' ? { submitted_by: user.name, submitted_at: at, reason: null, decided_by: null, decided_at: null } : { submitted_by: null, submitted_at: null }) });
      if (step === 'submit') this.store.note(draft.draft_id, '提交审批', draft.data_version, draft.text, user.name, at);
    });
  }

  /** Sends back with a reason. */
  giveBack(id: string, user: User, revision: number, reason: string): void {
    if (reason === '') throw new ZhiweiError('bad_request', '请写明退回的理由，让撰稿人知道改什么');
    this.store.change(() => {
      const draft = this.store.get(id, user.unit_path);
      this.store.set(draft.draft_id, revision, { state: next(draft.state, 'return', user.role), decided_by: user.name, decided_at: this.at(), reason });
    });
  }

  /** Freezes the content that is approved under one hash, and the files that `render` makes of it. */
  async approve(id: string, user: User, revision: number, reader: WarehouseReader, render: (briefing: Briefing, draft: StoredDraft, at: Date) => Promise<Frozen[]>): Promise<void> {
    const draft = this.store.get(id, user.unit_path), now = this.clock();
    next(draft.state, 'approve', user.role);
    const briefing = await this.sound(draft, reader);
    const decided = { decided_by: user.name, decided_at: now.toISOString(), content_sha256: sha256(Buffer.from(JSON.stringify(briefing))) };
    const files = (await render(briefing, { ...draft, ...decided }, now)).map(({ format, content }) => ({ format, name: fileName(draft, format), bytes: content.length, sha256: freeze(this.dir.briefings, content) }));
    this.store.change(() => {
      const state = next(this.store.get(id, user.unit_path).state, 'approve', user.role);
      for (const file of files) this.store.addFile(draft.draft_id, file);
      this.store.set(draft.draft_id, revision, { state, ...decided });
    });
  }

  /** The frozen bytes of a final briefing. Throws `not_found` for a format that was not frozen. */
  frozen(draft: StoredDraft, format: string): { name: string; content: Buffer } {
    const file = this.store.files(draft.draft_id).find((f) => f.format === format);
    if (!file) throw new ZhiweiError('not_found', '定稿时没有存这种格式的文件');
    return { name: file.name, content: frozen(this.dir.briefings, file.sha256) };
  }

  /** The briefing as it will be printed. Throws `bad_request` while problems stand, `failed` where a bound quote no longer holds. */
  async sound(draft: StoredDraft, reader: WarehouseReader): Promise<Briefing> {
    const pool = poolOf(draft.base), briefing = applyDraft(draft.base, draft.text, pool);
    const problems = (await problemsOf(draft.base, draft.text, split(draft.base, pool), pool, reader)).filter((p) => p.blocks);
    if (problems.length > 0) throw new ZhiweiError('bad_request', `还有${problems.length}处要改：${problems.slice(0, 3).map((p) => p.why).join('；')}${problems.length > 3 ? ' 等' : ''}`, problems);
    await checkQuotes(briefing, reader);
    return briefing;
  }
}

/** `集团信访工作月报-2026-10-更正2.docx`; a draft says that it is one. */
export function fileName({ base, period, edition }: Pick<StoredDraft, 'base' | 'period' | 'edition'>, format: string, isDraft = false): string {
  return `${base.title}-${periodInName(period)}${edition > 1 ? `-更正${edition - 1}` : ''}${isDraft ? '-草稿' : ''}.${format}`;
}
