// In: a zip file. Out: the same file with every entry's time set to one instant.
// Invariant: the same briefing gives the same bytes; nothing but the time fields is touched.

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
/** 1980-01-01 00:00, the first instant that a zip file can say. */
const dosTime = 0x0021_0000;

/** Overwrites the time and date of each entry, in its header and in the directory. */
export function fixZipTimes(zip: Buffer): Buffer {
  const fixed = Buffer.from(zip);
  const end = fixed.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || fixed.readUInt32LE(end) !== endOfDirectory) throw new Error('not a zip file');
  let at = fixed.readUInt32LE(end + 16);
  for (let n = fixed.readUInt16LE(end + 10); n > 0; n--) {
    if (fixed.readUInt32LE(at) !== directoryEntry) throw new Error('broken zip directory');
    fixed.writeUInt32LE(dosTime, at + 12);
    fixed.writeUInt32LE(dosTime, fixed.readUInt32LE(at + 42) + 10);
    at += 46 + fixed.readUInt16LE(at + 28) + fixed.readUInt16LE(at + 30) + fixed.readUInt16LE(at + 32);
  }
  return fixed;
}
