import type { Unscanned } from "../core/model/unscanned.js";

/** A larger version of a file is not read: nobody writes such a module by hand. */
export const MAX_FILE_BYTES = 512_000;

export function tooLarge(path: string, bytes: number): Unscanned {
  const count = (number: number) => number.toLocaleString("en-US");
  return {
    path,
    reason: "too-large",
    detail: `The file has ${count(bytes)} bytes; files of more than ${count(MAX_FILE_BYTES)} bytes are not read.`,
  };
}
