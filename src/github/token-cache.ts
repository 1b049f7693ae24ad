/** GitHub's installation tokens live one hour; ours are dropped a minute before. */
const LIFETIME = 59 * 60_000;

/** Token of one installation, in the shape `@octokit/auth-app` asks for. */
export interface TokenCache {
  get(key: string): string;
  set(key: string, value: string): void;
  /** Forgets the token, after GitHub answered 401 to it. */
  clear(): void;
}

export function createTokenCache(now: () => number): TokenCache {
  const entries = new Map<string, { readonly value: string; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > now() ? entry.value : "";
    },
    set(key, value) {
      entries.set(key, { value, until: now() + LIFETIME });
    },
    clear() {
      entries.clear();
    },
  };
}
