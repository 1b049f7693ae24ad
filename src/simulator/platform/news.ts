import type { Forge } from "./forge.js";

/** Looks again after every change until `look` finds something; rejects after `timeout` ms. */
export function waitFor<T>(
  forge: Forge,
  what: string,
  look: () => T | undefined,
  timeout = 20_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const found = look();
    if (found !== undefined) {
      resolve(found);
      return;
    }
    const check = () => {
      const value = look();
      if (value === undefined) return;
      stop();
      resolve(value);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeout / 1000} s in vain for ${what}`));
    }, timeout);
    const stop = () => {
      clearTimeout(timer);
      forge.news.off("changed", check);
    };
    forge.news.on("changed", check);
  });
}
