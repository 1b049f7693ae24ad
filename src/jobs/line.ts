/** Where one stands in the line. */
export interface Place {
  /** Installations take turns. */
  readonly tenant: number;
  /** Somebody waits for it; what nobody waits for comes after all that somebody waits for. */
  readonly urgent: boolean;
}

/** Who is next: nobody keeps another waiting by having much to do. */
export interface Line<T> {
  push(one: T, place: Place): void;
  /** Takes it out again, wherever it stands. */
  remove(one: T, place: Place): void;
  /** The next one that may run, which counts as running from now on; undefined for none. */
  next(): T | undefined;
  /** It runs no more. */
  done(place: Place): void;
}

export interface LineLimits {
  readonly running: number;
  /** Of these, for one installation, and for what nobody waits for. */
  readonly ofOneTenant: number;
  readonly notUrgent: number;
}

interface Tenant<T> {
  readonly urgent: T[];
  readonly later: T[];
  running: number;
}

export function createLine<T>(limits: LineLimits): Line<T> {
  /** The longest not served first. */
  const tenants = new Map<number, Tenant<T>>();
  let running = 0;
  let runningLater = 0;

  function tenantOf(id: number): Tenant<T> {
    const tenant = tenants.get(id) ?? { urgent: [], later: [], running: 0 };
    tenants.set(id, tenant);
    return tenant;
  }

  /** Of those that wait, the installation with the least under way; of several, the longest not served. */
  function choose(from: "urgent" | "later"): [number, Tenant<T>] | undefined {
    let best: [number, Tenant<T>] | undefined;
    for (const [id, tenant] of tenants) {
      if (tenant[from].length === 0 || tenant.running >= limits.ofOneTenant) continue;
      if (best === undefined || tenant.running < best[1].running) best = [id, tenant];
    }
    return best;
  }

  function take(from: "urgent" | "later"): T | undefined {
    const [id, tenant] = choose(from) ?? [];
    const one = tenant?.[from].shift();
    if (id === undefined || tenant === undefined || one === undefined) return undefined;
    tenant.running++;
    running++;
    if (from === "later") runningLater++;
    tenants.delete(id);
    tenants.set(id, tenant);
    return one;
  }

  return {
    push(one, { tenant, urgent }) {
      tenantOf(tenant)[urgent ? "urgent" : "later"].push(one);
    },
    remove(one, { tenant, urgent }) {
      const places = tenantOf(tenant)[urgent ? "urgent" : "later"];
      const index = places.indexOf(one);
      if (index >= 0) places.splice(index, 1);
    },
    next() {
      if (running >= limits.running) return undefined;
      return take("urgent") ?? (runningLater < limits.notUrgent ? take("later") : undefined);
    },
    done({ tenant: id, urgent }) {
      const tenant = tenantOf(id);
      tenant.running--;
      running--;
      if (!urgent) runningLater--;
      if (tenant.running === 0 && tenant.urgent.length + tenant.later.length === 0) {
        tenants.delete(id);
      }
    },
  };
}
