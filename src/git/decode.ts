// A byte order mark is part of the text, and what is not UTF-8 becomes U+FFFD, which the scan reports.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
