import type { IncomingMessage } from "node:http";

/** Bytes of bodies being read at the moment, by all requests together. */
export interface BodyBudget {
  used: number;
  readonly limit: number;
}

export type BodyResult =
  | { readonly bytes: Buffer }
  | { readonly refused: "too-large" | "busy" | "broken" };

/**
 * Reads a body of at most `limit` bytes, counted as they come: a length that was declared, or not,
 * proves nothing. Stops reading at the first byte too many.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  budget: BodyBudget,
): Promise<BodyResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: BodyResult) => {
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      request.on("error", () => undefined);
      budget.used -= size;
      size = 0;
      resolve(result);
    };
    const refuse = (refused: "too-large" | "busy") => {
      request.pause();
      finish({ refused });
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      budget.used += chunk.length;
      if (size > limit) return refuse("too-large");
      if (budget.used > budget.limit) return refuse("busy");
      chunks.push(chunk);
    };
    const onEnd = () => finish({ bytes: Buffer.concat(chunks) });
    const onClose = () => finish({ refused: "broken" });
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}
