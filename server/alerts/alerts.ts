// In: the state file, the warehouse, the outbound queue. Out: alerts 预警 followed from version to version and handled step by step.
// Invariant: every change is one transaction that checks the state it starts from, notes an event, and is told within the unit scope alone.
import { addDays } from '../../datasets/calendar.ts';
import type { DataDir } from '../../datasets/data-dir.ts';
import { ZhiweiError } from '../../datasets/errors.ts';
import { readHouseSettings } from '../../datasets/settings.ts';
import type { AlertState } from '../../datasets/vocabulary.ts';
import type { Alert, AlertAction, AlertReport, Attachment, ReportFields, User } from '../api.ts';
import type { State } from '../state.ts';
import type { Warehouse } from '../warehouse.ts';
import { deadlineFor, localDay } from './deadline.ts';
import type { OutboundQueue } from './outbound/queue.ts';
import { AlertStore, told, type ListedAlert, type NewEvent, type StoredAlert } from './store.ts';
import { readHotspots, syncAlerts } from './sync.ts';
import { closedStates, transition, type ActionName } from './transitions.ts';

/** Moves that are no report: the one that is due stays due. */
const keepsDeadline: readonly ActionName[] = ['start', 'measure'];

/** What an action brings besides the change of state. */
interface Doing { change?: Partial<StoredAlert>; event: Omit<NewEvent, 'user' | 'from_state' | 'to_state'> }

export class Alerts {
  readonly store: AlertStore;
  private syncing: Promise<void> = Promise.resolve();

  constructor(state: State, private readonly dir: DataDir, private readonly warehouse: Warehouse, private readonly outbound: OutboundQueue, private readonly clock: () => Date = () => new Date()) {
    this.store = new AlertStore(state);
  }

  now(): Date { return this.clock(); }
  tell(alert: ListedAlert): Alert { return told(alert, this.warehouse.version, this.now()); }

  /** Matches the hotspots of the version served now; one run after the other. */
  sync(): Promise<void> {
    this.syncing = this.syncing.catch(() => undefined).then(async () => {
      if (this.warehouse.version === null) return;
      const { version, found } = await this.warehouse.use(async (reader) => ({ version: reader.version, found: await readHotspots(reader) }));
      const now = this.now();
      syncAlerts(this.store, version, found, readHouseSettings(this.dir), now, (alert) => this.outbound.add('alert.new', alert, now));
    });
    return this.syncing;
  }

  /** Queues a message for each alert that is late, or due today or tomorrow; the day it is found says so itself. */
  remind(): void {
    if (this.outbound.off) return;
    const now = this.now(), today = localDay(now);
    for (const alert of this.store.list(null)) {
      if (alert.deadline === null) continue;
      if (alert.deadline < today) this.outbound.add('alert.overdue', alert, now);
      else if (alert.deadline <= addDays(today, 1) && localDay(new Date(alert.created_at)) < today) this.outbound.add('alert.due', alert, now);
    }
  }

  /** Does one thing with an alert: the table of transitions says whether it may be done and where it leads. */
  private do(id: string, user: User, action: ActionName, doing: (alert: StoredAlert, at: string) => Doing): Alert {
    return this.store.change(() => {
      const alert = this.store.get(id, user.unit_path);
      const { to } = transition(alert.state, action, user.role);
      const now = this.now(), at = now.toISOString();
      const { change, event } = doing(alert, at);
      const moved = to !== null && to !== alert.state;
      const renewed = to !== null && !keepsDeadline.includes(action) ? { deadline: deadlineFor(to, alert.level, localDay(now), readHouseSettings(this.dir)) } : {};
      this.store.set(id, { updated_at: at, ...(moved && this.entering(to, at)), ...renewed, ...change });
      this.store.note(id, at, { ...event, user: user.name, ...(moved && { from_state: alert.state, to_state: to }) });
      return this.tell(this.store.get(id, user.unit_path));
    });
  }

  private entering(state: AlertState, at: string): Partial<StoredAlert> {
    return { state, closed_at: closedStates.includes(state) ? at : null, ...(state === '处置中' && { outcome: null }) };
  }

  /** Does an action of the form; `checked` is what the route looked up in the warehouse and among the users. */
  act(id: string, user: User, action: AlertAction, checked: { owner_unit?: string | null; owner_unit_name?: string | null }): Alert {
    return this.do(id, user, action.action, (alert) => this.doing(alert, action, checked));
  }

  private doing({ alert_id, deadline, state }: StoredAlert, action: AlertAction, { owner_unit = null, owner_unit_name = null }: { owner_unit?: string | null; owner_unit_name?: string | null }): Doing {
    switch (action.action) {
      case 'assign': return { change: { owner: action.owner, owner_unit, owner_unit_name }, event: { kind: 'assigned', text: `责任单位：${owner_unit_name ?? '未定'}；责任人：${action.owner ?? '未定'}` } };
      case 'postpone': return { change: { deadline: action.deadline }, event: { kind: 'deadline', text: `期限由 ${deadline ?? '未定'} 改为 ${action.deadline}：${action.text}` } };
      case 'start': return { event: { kind: 'state', text: action.text ?? '开始处置' } };
      case 'measure': {
        const known = new Set(this.store.attachments(alert_id).map((a) => a.attachment_id));
        if (!action.attachment_ids.every((a) => known.has(a))) throw new ZhiweiError('bad_request', '有附件不属于这条预警；请重新上传');
        if (action.date > localDay(this.now())) throw new ZhiweiError('bad_request', '措施的日期不能在今天之后');
        return { event: { kind: 'measure', text: action.text, date: action.date, attachment_ids: action.attachment_ids } };
      }
      case 'link_matter': return { event: { kind: 'matter', text: '关联事项', matter_id: action.matter_id } };
      case 'false_alarm': return { change: { false_reason: action.reason }, event: { kind: 'state', text: `误报：${action.reason}` } };
      case 'archive': return { event: { kind: 'state', text: action.text ?? '归档' } };
      case 'return': return { event: { kind: 'state', text: `由“${state}”退回续办：${action.text}` } };
    }
  }

  comment(id: string, user: User, text: string): Alert { return this.do(id, user, 'comment', () => ({ event: { kind: 'comment', text } })); }

  /** Throws where attachments can't be added now: asked before a file is received. */
  mayAttach(id: string, user: User): void { transition(this.store.get(id, user.unit_path).state, 'attach', user.role); }

  attach(id: string, user: User, files: readonly (Attachment & { sha256: string })[]): void {
    this.do(id, user, 'attach', () => {
      for (const { sha256, ...file } of files) this.store.addAttachment(id, file, sha256);
      return { event: { kind: 'attachment', text: files.map((f) => f.name).join('、'), attachment_ids: files.map((f) => f.attachment_id) } };
    });
  }

  /** Saves a draft (one per kind), or sends the report, which moves the alert on and can't be changed afterwards. */
  report(id: string, user: User, kind: AlertReport['kind'], fields: ReportFields, submit: boolean): { report: AlertReport; alert: Alert } {
    const action = `report_${kind}` as const;
    const write = (at: string): AlertReport => {
      const reports = this.store.reports(id);
      const draft = reports.find((r) => r.kind === kind && r.submitted_at === null);
      const report: AlertReport = {
        report_no: draft?.report_no ?? Math.max(0, ...reports.map((r) => r.report_no)) + 1, kind, fields, version: this.warehouse.version ?? 0, written_by: user.name, written_at: at, submitted_at: submit ? at : null,
      };
      this.store.saveReport(id, report);
      return report;
    };
    if (!submit) {
      return this.store.change(() => {
        const alert = this.store.get(id, user.unit_path);
        transition(alert.state, action, user.role);
        return { report: write(this.now().toISOString()), alert: this.tell(alert) };
      });
    }
    let report: AlertReport | null = null;
    const alert = this.do(id, user, action, (_alert, at) => {
      report = write(at);
      return { change: kind === 'final' ? { outcome: fields.outcome } : {}, event: { kind: 'report', text: `${{ first: '首报', follow: '续报', final: '终报' }[kind]}${fields.outcome === null || kind !== 'final' ? '' : `：${fields.outcome}`}`, report_no: report.report_no } };
    });
    if (report === null) throw new ZhiweiError('failed', '报告没有保存；请重试');
    return { report, alert };
  }
}
