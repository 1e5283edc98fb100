// In: the lock file of a data directory. Out: the work done while no other run does its own.
// Invariant: the lock is the operating system's (an SQLite exclusive transaction), so a killed run leaves none behind.
import Database from 'better-sqlite3';
import { ZhiweiError } from '../datasets/errors.ts';

/** Waits up to `patience` ms for another run to end, telling `onWait` once; then throws `busy`. */
export async function exclusively<T>(lock: string, work: () => Promise<T>, onWait: () => void = () => {}, patience = 30 * 60_000): Promise<T> {
  const database = new Database(lock, { timeout: 0 });
  try {
    const deadline = Date.now() + patience;
    for (let waited = false; !taken(database); ) {
      if (!waited) { onWait(); waited = true; }
      if (Date.now() > deadline) throw new ZhiweiError('busy', '另一个运行一直没有结束；请稍后再试，或用 zhiwei status 查看');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    return await work();
  } finally {
    database.close();
  }
}

function taken(database: Database.Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
