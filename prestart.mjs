// Before `npm start`: builds where the compiler is installed. With `npm ci --omit=dev` what is built runs as it is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const compiler = new URL("node_modules/typescript/package.json", import.meta.url);
if (existsSync(compiler)) {
  const { status } = spawnSync("npm run --silent build", { stdio: "inherit", shell: true });
  process.exitCode = status ?? 1;
}
