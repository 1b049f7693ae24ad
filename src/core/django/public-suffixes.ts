/**
 * Domains under which strangers can have host names of their own: an excerpt of the Public Suffix
 * List (publicsuffix.org) with what Django sites are hosted on.
 */
const HOSTING: ReadonlySet<string> = new Set([
  "appspot.com",
  "azurewebsites.net",
  "cloudfront.net",
  "elasticbeanstalk.com",
  "fly.dev",
  "github.dev",
  "github.io",
  "gitlab.io",
  "herokuapp.com",
  "netlify.app",
  "ngrok-free.app",
  "ngrok.app",
  "ngrok.io",
  "onrender.com",
  "ondigitalocean.app",
  "pages.dev",
  "pythonanywhere.com",
  "railway.app",
  "repl.co",
  "run.app",
  "up.railway.app",
  "vercel.app",
  "web.app",
]);

/** `co.uk`, `com.au`, `org.br`: second-level registries of country domains. */
const REGISTRY = /^(?:ac|co|com|edu|gob|gov|ne|net|nom|or|org|sch)\.[a-z]{2}$/;

/** Whether a host name, without a leading dot, is one under which anyone can register. */
export function isPublicSuffix(host: string): boolean {
  return !host.includes(".") || HOSTING.has(host) || REGISTRY.test(host);
}
