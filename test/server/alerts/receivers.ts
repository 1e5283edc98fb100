// In: nothing. Out: a real HTTP receiver and a real SMTP sink on this machine, which keep what they take.
// Invariant: each answers as it was last told to.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createSink, type AddressInfo, type Server } from 'node:net';

interface Taken { url: string; headers: IncomingHttpHeaders; body: string }

/** An HTTP receiver that answers as told. */
export async function receiver(): Promise<{ url: string; taken: Taken[]; answer: (status: number) => void; close: () => Promise<void> }> {
  const taken: Taken[] = [];
  let status = 200;
  const server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8').on('data', (piece: string) => { body += piece; }).on('end', () => {
      taken.push({ url: req.url ?? '', headers: req.headers, body });
      res.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('x'.repeat(1000));
    });
  });
  await listening(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, taken, answer: (next) => { status = next; }, close: () => closing(server) };
}

/** An SMTP server that takes every mail, or none. */
export async function mailSink(): Promise<{ port: number; mails: { from: string; to: string[]; text: string }[]; refuse: (on: boolean) => void; close: () => Promise<void> }> {
  const mails: { from: string; to: string[]; text: string }[] = [];
  let refusing = false;
  const server = createSink((socket) => {
    let mail = { from: '', to: [] as string[], text: '' }, inData = false, rest = '';
    socket.on('error', () => undefined);
    socket.write('220 sink ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (piece: string) => {
      rest += piece;
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (inData) {
          if (line === '.') { inData = false; mails.push(mail); mail = { from: '', to: [], text: '' }; socket.write('250 taken\r\n'); } else mail.text += `${line}\n`;
          continue;
        }
        if (/^EHLO|^HELO|^RSET/i.test(line)) socket.write('250 sink\r\n');
        else if (/^MAIL FROM/i.test(line)) { mail.from = /<(.*)>/.exec(line)?.[1] ?? ''; socket.write(refusing ? '451 later\r\n' : '250 ok\r\n'); }
        else if (/^RCPT TO/i.test(line)) { mail.to.push(/<(.*)>/.exec(line)?.[1] ?? ''); socket.write('250 ok\r\n'); }
        else if (/^DATA/i.test(line)) { inData = true; socket.write('354 go on\r\n'); }
        else if (/^QUIT/i.test(line)) { socket.write('221 bye\r\n'); socket.end(); }
        else socket.write('500 what\r\n');
      }
    });
  });
  await listening(server);
  return { port: (server.address() as AddressInfo).port, mails, refuse: (on) => { refusing = on; }, close: () => closing(server) };
}

const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const closing = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

/** What a mail says: its subject and text, decoded. */
export function read(mail: string): { subject: string; text: string } {
  const [head = '', body = ''] = mail.split(/\n\n([\s\S]*)/);
  const subject = [...head.replace(/\n\s+/g, '').matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, how, text]) => (how?.toUpperCase() === 'B' ? Buffer.from(text ?? '', 'base64').toString('utf8') : Buffer.from((text ?? '').replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8'))).join('');
  const base64 = /content-transfer-encoding: base64/i.test(head);
  return { subject, text: base64 ? Buffer.from(body, 'base64').toString('utf8') : Buffer.from(body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8') };
}
