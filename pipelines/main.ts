// In: arguments of the `zhiwei` command. Out: exit code 0 (done), 1 (failed) or 2 (wrong usage).
// Invariant: the one place where batch and server meet in code; every command only parses, calls and prints.
import { Command, CommanderError } from 'commander';
import { ZhiweiError } from '../datasets/errors.ts';
import { addBatchCommands } from './commands/batch.ts';
import { addCorrectionsCommand } from './commands/corrections.ts';
import { addDetectCommand } from './commands/detect.ts';
import { addTextCommands } from './commands/text.ts';
import { addTrainCommand } from './commands/train.ts';
import { addServerCommands } from './commands/served.ts';

const program = new Command('zhiwei')
  .description('知微：信访与调查文字的分析与早期预警')
  .exitOverride()
  .showHelpAfterError('（加 --help 查看用法）')
  .configureHelp({ showGlobalOptions: true });

addBatchCommands(program);
addTextCommands(program);
addTrainCommand(program);
addCorrectionsCommand(program);
addDetectCommand(program);
addServerCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(error.code) ? 0 : 2;
  if (error instanceof ZhiweiError) {
    process.stderr.write(`${error.message}\n`);
    return error.code === 'bad_request' ? 2 : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
