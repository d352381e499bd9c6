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
    for (let start = 0; start < ops.length; start += LARGEST_GROUP) {
      const group = ops.slice(start, start + LARGEST_GROUP);
      const answers = core.run(
        group.map(({ op }) => op),
        real,
      );
      port.postMessage({ answers: group.map(({ n }, at) => ({ n, answer: answers[at] as Answer })) } satisfies Reply);
    }
    if (message === 'close') {
      core.close();
      port.close();
    }
  });
}

if (parentPort !== null) work(parentPort, workerData as WriterData);
