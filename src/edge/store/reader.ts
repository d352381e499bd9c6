/** The thread for long reads: searches, whole tables, the walk of the chain. Rows go out as JSON text, in pieces. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './connection.ts';
import { type Found, find, type Piece, type Question, ReadCore } from './readCore.ts';
import { faultOf } from './writeCore.ts';

/** Small enough that taking one piece in does not hold up the calling thread. */
const ROWS_PER_PIECE = 200;

function answer(port: MessagePort, core: ReadCore, n: number, question: Question): void {
  const post = (piece: Piece): void => port.postMessage(piece);
  try {
    let rest = find(core, question);
    while (Array.isArray(rest) && rest.length > ROWS_PER_PIECE) {
      post({ n, more: true, value: rest.slice(0, ROWS_PER_PIECE) as Found[keyof Found] });
      rest = rest.slice(ROWS_PER_PIECE) as Found[keyof Found];
    }
    post({ n, more: false, value: rest });
  } catch (error) {
    post({ n, more: false, fault: faultOf(error) });
  }
}

function work(port: MessagePort, path: string): void {
  const connection = openForReading(path);
  const core = new ReadCore(connection);
  port.on('message', (message: { readonly n: number; readonly question: Question } | 'close') => {
    if (message !== 'close') return answer(port, core, message.n, message.question);
    connection.db.close();
    port.close();
  });
}

if (parentPort !== null) work(parentPort, (workerData as { readonly path: string }).path);
