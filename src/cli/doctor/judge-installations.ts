import type { RegisteredApp } from "../../github/app/describe-app.js";
import type { Installation } from "../../github/app/installations.js";
import { missingPermissions } from "./judge-app.js";
import { fix, listNames, note, ok, type Remark } from "./remark.js";

/** Whether every account grants what the App asks for by now. */
export function judgeInstallations(
  app: RegisteredApp,
  installations: readonly Installation[],
  installUrl: string,
): readonly Remark[] {
  if (installations.length === 0) {
    return [fix(`The App is installed nowhere: install it at ${installUrl}`)];
  }
  const behind = installations.flatMap((installation) => {
    const missing = missingPermissions(installation.permissions, app.permissions);
    if (missing.length === 0) return [];
    const what = missing.join(", ");
    const remedy = "an owner accepts it in the account's settings, Applications, Review request";
    return [fix(`${installation.account} has not accepted ${what}: ${remedy}`)];
  });
  const suspended = installations.filter((one) => one.suspended).map(({ account }) => account);
  const active = installations.length - suspended.length;
  return [
    ...(active === 0
      ? []
      : [ok(`The App is installed on ${listNames(accountsOf(installations))}.`)]),
    ...(suspended.length === 0
      ? []
      : [
          note(
            `Nothing is reviewed on ${listNames(suspended)}, where the installation is suspended: unsuspend or uninstall it there.`,
          ),
        ]),
    ...behind,
  ];
}

function accountsOf(installations: readonly Installation[]): readonly string[] {
  return installations.filter((one) => !one.suspended).map(({ account }) => account);
}
