import type { PythonModule } from "../python/syntax/module.js";
import type { Expression } from "../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions } from "../python/syntax/walk.js";
import { lastName } from "../session/access/session-expression.js";
import type { Scope } from "../session/bindings/scopes.js";

/** Packages that speak a protocol in which the browser carries what a provider posts. */
const PACKAGES = /^(?:saml2|onelogin|pylti1p3|lti)(?:\.|$)/;

/** Fields of such a protocol: SAML 2.0, WS-Federation, OpenID 2.0 and Connect, CAS, LTI. */
const FIELDS =
  /^(?:SAMLRequest|SAMLResponse|RelayState|wresult|logoutRequest|logout_token|lti_message_type|oauth_consumer_key|openid\.\w+)$/;

/** Whether a view is an endpoint of such a protocol, by what it reads, calls and is written with. */
export function isOfProtocol({ imports }: PythonModule, scopes: readonly Scope[]): boolean {
  return (
    imports.modules.some((path) => PACKAGES.test(path)) ||
    scopes.some(({ body }) => walkAllExpressions(body, isNotScope).some(isSign))
  );
}

function isSign(one: Expression): boolean {
  if (one.kind === "string") return FIELDS.test(one.value ?? "");
  if (one.kind !== "call") return false;
  const name = lastName(one.callee) ?? "";
  if (/^(?:do_complete|auth_complete)$/.test(name)) return true;
  const owner = one.callee.kind === "attribute" ? lastName(one.callee.object) : undefined;
  return name === "complete" && /^(?:strategy|backend)$/.test(owner ?? "");
}
