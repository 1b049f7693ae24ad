import { message } from "../model/message.js";
import type { Evidence, Judgement } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";
import type { LoginDetail } from "./login-evidence.js";

/** What a rule says of a login that keeps its key, and what that leads to. */
interface Wording {
  readonly what: string;
  readonly why?: string;
}

/** A planted key is a planted row of a store; a cookie that holds its session has none. */
const IN_COOKIES =
  "This project keeps its sessions in signed cookies, where a planted one stays the attacker's own; renew the key all the same.";

/** The judgement on a login that keeps its key: less grave where the sessions are kept in cookies. */
export function loginJudgement(
  head: Evidence,
  { what, why }: Wording,
  module: PythonModule = moduleOf(head.detail as LoginDetail),
): Judgement {
  const inCookies = keepsSessionsInCookies(module);
  return {
    severity: head.confidence === "low" || inCookies ? "warning" : "error",
    confidence: head.confidence,
    message: message([what, inCookies ? IN_COOKIES : why].filter(Boolean).join(" "), head.values),
  };
}

function moduleOf(detail: LoginDetail): PythonModule {
  return detail.kind === "sink" ? detail.sink.write.scope.module : detail.login.scope.module;
}
