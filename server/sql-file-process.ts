// In: columns, rows, a format and a path, from the parent process, once. Out: the file; exit code 0 once it is written.
import { writeResult, type WriteRequest } from './write-result.ts';

process.once('message', (request: WriteRequest) => {
  void writeResult(request).then(() => process.exit(0), () => process.exit(1));
});
process.on('disconnect', () => process.exit(1));
