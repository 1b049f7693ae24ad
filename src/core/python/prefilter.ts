/**
 * Every word a rule may need, in any case, as a part of an identifier or of a text. Generous: a miss
 * hides a finding, a needless hit costs a parse. A plain alternation of literals, so it is linear.
 */
const WORDS =
  /session|cookie|csrf|log_?in|log_?out|log_?on|log_?off|sign_?in|sign_?out|sign_?up|auth(?!or)|cycle_?key|flush|rotate|middleware|secure|secret|silenced_system_checks|password|passw|passphrase|pwd|credential|token|otp|samesite|httponly|hsts|installed_apps|debug|allowed_hosts|caches|serializer|pickle|signing|signed|encrypt|decrypt|hash|redirect_uri|nonce|api_?key|private_?key|card|cvv|cvc|iban|ssn|passport|diagnos|wizard|user_?id|member_?id|account_?id|customer_?id|impersonat|hijack|loginas|\.user\b|globals\(|locals\(|setattr|settings|configuration|desconectar|deconnexion|abmelden|anmelden|salir|sair|entrar/i;

/** Whether any rule could have something to say about this text: a statement, a patch, a whole file. */
export function mentionsSession(text: string): boolean {
  return WORDS.test(text);
}
