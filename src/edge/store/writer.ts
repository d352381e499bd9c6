/** The writer's thread: takes what waits, up to 200 messages, into one transaction, and answers after its fsync. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openForWriting } from './connection.ts';
import { type Answer, LARGEST_GROUP, type Op, type Parcel, type Reply, WriteCore, type WriterData } from './writeCore.ts';

function work(port: MessagePort, data: WriterData): void {
  const core = new WriteCore(openForWriting(data.path, data.maxPages));
  port.on('message', (first: Parcel | 'close') => {
    const ops: { n: number; op: Op }[] = [];
    let real = 0;
    let message: Parcel | 'close' | undefined = first;
    // What came in while the last group was being written is here already: no need to wait for more.
    while (message !== undefined && message !== 'close') {
      ops.push(...message.ops);
      real = message.real;
      message = ops.length < LARGEST_GROUP ? (receiveMessageOnPort(port)?.message as Parcel | 'close' | undefined) : undefined;
    }
    if (ops.length > 0) {
      const answers = core.run(
        ops.map(({ op }) => op),
        real,
      );
      const reply: Reply = { answers: ops.map(({ n }, at) => ({ n, answer: answers[at] as Answer })) };
      port.postMessage(reply);
    }
    if (message === 'close') {
      core.close();
      port.close();
    }
  });
}

if (parentPort !== null) work(parentPort, workerData as WriterData);
