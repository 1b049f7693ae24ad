import type { Call } from "../../python/syntax/syntax.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { HANDSHAKE_STARTS, SECOND_STEP_WORDS } from "./auth-words.js";

const CODE_WORDS: readonly string[] = [...SECOND_STEP_WORDS, "code"];

/** Codes that prove nothing of who has them. */
const OTHER_CODES: readonly string[] = [
  "referral",
  "coupon",
  "promo",
  "discount",
  "voucher",
  "qr",
  "zip",
  "country",
  "status",
];

/** A code is made or sent, or the visitor goes to an identity provider: somebody logs in later. */
export function isHandOff(call: Call, name: string, tokens: readonly string[]): boolean {
  const makes = /^(?:send|generate|create|make|gen|request|asend)$/.test(tokens[0] ?? "");
  const isCode = hasPhrase(tokens, CODE_WORDS) && !hasPhrase(tokens, OTHER_CODES);
  return HANDSHAKE_STARTS.has(name) || (makes && isCode) || leadsToSecondStep(call, name);
}

/** `redirect("verify-code")`, `render(request, "second_factor.html")` */
function leadsToSecondStep({ args }: Call, name: string): boolean {
  const target = /^(?:redirect|reverse|reverse_lazy|HttpResponseRedirect)$/.test(name)
    ? args[0]?.value
    : name === "render"
      ? args[1]?.value
      : undefined;
  const text = target?.kind === "string" ? (target.value ?? "") : "";
  return hasPhrase(tokensOf(text), SECOND_STEP_WORDS);
}
