/**
 * Domains under which anybody can have a host. The top-level domains are those that registries sell
 * names under; the others are hosting services, of which the public suffix list
 * (https://publicsuffix.org/list/, section PRIVATE DOMAINS) names many more.
 */
const SHARED: ReadonlySet<string> = new Set([
  "herokuapp.com",
  "vercel.app",
  "now.sh",
  "netlify.app",
  "netlify.com",
  "ngrok.io",
  "ngrok.app",
  "ngrok-free.app",
  "ngrok.dev",
  "ngrok-free.dev",
  "trycloudflare.com",
  "pages.dev",
  "workers.dev",
  "github.io",
  "gitlab.io",
  "githubpreview.dev",
  "app.github.dev",
  "github.dev",
  "gitpod.io",
  "onrender.com",
  "railway.app",
  "up.railway.app",
  "fly.dev",
  "pythonanywhere.com",
  "azurewebsites.net",
  "cloudapp.net",
  "web.app",
  "firebaseapp.com",
  "appspot.com",
  "run.app",
  "a.run.app",
  "amazonaws.com",
  "elasticbeanstalk.com",
  "cloudfront.net",
  "digitaloceanspaces.com",
  "ondigitalocean.app",
  "repl.co",
  "replit.dev",
  "replit.app",
  "glitch.me",
  "surge.sh",
  "loca.lt",
  "localtunnel.me",
  "serveo.net",
  "deta.dev",
  "koyeb.app",
  "streamlit.app",
  "preview.app.github.dev",
]);

/** Second-level domains of registries: `co.uk`, `com.br`. */
const REGISTRY = /^(?:co|com|net|org|gov|edu|ac|or|ne|gob|gouv)\.[a-z]{2}$/;

/** Whether strangers can have a host directly under a domain. */
export function isSharedDomain(domain: string): boolean {
  const name = domain.toLowerCase();
  if (!name.includes("."))
    return /^[a-z]{2,}$/.test(name) && !/^(?:local|localhost|test)$/.test(name);
  return SHARED.has(name) || REGISTRY.test(name);
}
