/** A receiver of signed webhooks on loopback that writes down every delivery, in order. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Delivery {
  /** Real milliseconds. */
  readonly at: number;
  /** The header that stays the same over all tries. */
  readonly webhookId: string;
  /** The notice's id. */
  readonly key: string;
  readonly issueId: string;
  readonly link: string;
}

export interface HookSink {
  readonly address: string;
  readonly deliveries: readonly Delivery[];
  /** Called with each new delivery. */
  onDelivery: (delivery: Delivery) => void;
  readonly close: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

interface Posted {
  readonly data?: { readonly key?: string; readonly issueId?: string; readonly link?: string | null };
}

export async function startHookSink(): Promise<HookSink> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const at = Date.now();
    bodyOf(request).then(
      (text) => {
        const { data = {} } = JSON.parse(text) as Posted;
        const delivery = {
          at,
          webhookId: String(request.headers['webhook-id']),
          key: data.key ?? '',
          issueId: data.issueId ?? '',
          link: data.link ?? '',
        };
        deliveries.push(delivery);
        response.writeHead(200).end();
        sink.onDelivery(delivery);
      },
      // The sender was killed while it spoke: nothing was delivered.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: HookSink = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    onDelivery: () => undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return sink;
}
