export interface GrammarPin {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

/** Path of the copy. @throws Error when the installed package is missing or is not the pinned one. */
export function copyGrammar(target?: string, pin?: GrammarPin): string;
export function readPin(): GrammarPin;
