// In: the state file, the data directory. Out: the Word template of each office, kept, told and given back.
// Invariant: one template a unit; what is kept was checked.
import { join } from 'node:path';
import type { DataDir } from '../../../datasets/data-dir.ts';
import { ZhiweiError } from '../../../datasets/errors.ts';
import { within } from '../../scope.ts';
import type { State } from '../../state.ts';
import { templateSchema, type BriefingTemplate } from '../drafts/api.ts';
import { freeze, frozen } from '../drafts/frozen.ts';
import { checkTemplate } from './check-template.ts';

export class Templates {
  private readonly root: string;
  constructor(private readonly state: State, dir: DataDir) { this.root = join(dir.briefings, 'templates'); }

  list(scope: string | null): BriefingTemplate[] {
    return this.state.prepare('SELECT * FROM briefing_template ORDER BY unit_path').all()
      .map((row) => { const { fields, ...rest } = row as { fields: string }; return templateSchema.parse({ ...rest, fields: JSON.parse(fields) }); }).filter((t) => within(t.unit_path, scope));
  }

  /** The unit's own template; null where it prints as GB/T 9704 has it. */
  of(unitPath: string): Buffer | null {
    const found = this.list(null).find((t) => t.unit_path === unitPath);
    return found ? frozen(this.root, found.sha256, '月报模板') : null;
  }

  /** Checks and keeps; replaces the earlier one. */
  async set(unit: { path: string; name: string }, name: string, content: Buffer, user: string): Promise<void> {
    const fields = await checkTemplate(content);
    this.state.prepare('INSERT OR REPLACE INTO briefing_template VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(unit.path, unit.name, name, content.length, freeze(this.root, content), JSON.stringify(fields), user, new Date().toISOString());
  }

  /** Throws `not_found`. */
  remove(unitPath: string, scope: string | null): BriefingTemplate {
    const found = this.list(scope).find((t) => t.unit_path === unitPath);
    if (!found) throw new ZhiweiError('not_found', '没有这个模板');
    this.state.prepare('DELETE FROM briefing_template WHERE unit_path = ?').run(found.unit_path);
    return found;
  }
}
