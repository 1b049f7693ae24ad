export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const MAX_REDIRECTS = 3;

/**
 * `fetch` that follows redirects only to where it was sent anyway: GitHub answers a renamed
 * repository with 301 and 307 on its own host, and a token must never travel to another one.
 * A write is repeated only for 307 and 308, which promise that nothing was done yet.
 */
export async function fetchSameOrigin(url: string, init: RequestInit = {}): Promise<Response> {
  let target = new URL(url);
  for (let hop = 0; ; hop++) {
    const response = await globalThis.fetch(target, { ...init, redirect: "manual" });
    const location = response.headers.get("location");
    if (!followable(response.status, init.method ?? "GET") || location === null) return response;
    const next = new URL(location, target);
    if (next.origin !== target.origin || hop === MAX_REDIRECTS) {
      throw new Error("GitHub redirected to another host, or for ever; not followed");
    }
    await response.body?.cancel();
    target = next;
  }
}

function followable(status: number, method: string): boolean {
  if (status === 307 || status === 308) return true;
  return (status === 301 || status === 302) && method === "GET";
}
