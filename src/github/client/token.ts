/** GitHub's installation tokens live one hour; ours are dropped a minute before. */
const LIFETIME = 59 * 60_000;

/** Token of one installation, asked for when it is needed. */
export interface Token {
  get(): Promise<string>;
  /** After GitHub answered 401 to it. */
  forget(): void;
}

export function createToken(mint: () => Promise<string>, now: () => number): Token {
  let current: { readonly value: Promise<string>; readonly until: number } | undefined;
  return {
    get() {
      if (current !== undefined && current.until > now()) return current.value;
      const minted = { value: mint(), until: now() + LIFETIME };
      minted.value.catch(() => {
        if (current === minted) current = undefined;
      });
      current = minted;
      return minted.value;
    },
    forget() {
      current = undefined;
    },
  };
}
