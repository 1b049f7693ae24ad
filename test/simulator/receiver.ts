import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { GitHubWorld } from "../../src/simulator/world.js";

const SECRET = "a secret of more than thirty-two characters";

export interface Received {
  readonly guid: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent.
  readonly payload: any;
}

/** What an App would hear. Deliveries overtake each other; here they are in the order they were sent. */
export interface Receiver {
  readonly received: readonly Received[];
  /** The status that is answered from now on. */
  answer(status: number): void;
  /** Deliveries of an event since the last call, `event.action` or `event`. */
  heard(name: string): Promise<readonly Received["payload"][]>;
  close(): void;
}

export async function listenTo(world: GitHubWorld): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({
      guid: String(request.headers["x-github-delivery"]),
      event: String(request.headers["x-github-event"]),
      payload: JSON.parse(body),
    });
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  world.deliverTo(`http://127.0.0.1:${port}/hook`, SECRET);
  function inOrder(): readonly Received[] {
    const sent = new Map(world.deliveries.map(({ guid }, index) => [guid, index]));
    return received.toSorted((a, b) => (sent.get(a.guid) ?? 0) - (sent.get(b.guid) ?? 0));
  }

  return {
    get received() {
      return inOrder();
    },
    answer(next) {
      status = next;
    },
    async heard(name) {
      await world.delivered();
      const [event, action] = name.split(".");
      const found = inOrder().filter(
        (one) => one.event === event && (action === undefined || one.payload.action === action),
      );
      received.splice(0);
      return found.map(({ payload }) => payload);
    },
    close: () => server.close(),
  };
}
