/**
 * What a client keeps (proto/README.md, "What a client keeps"): the guest in this device's storage,
 * shared by its tabs; the search and the conversation in this tab's storage, so that a reload comes
 * back and a second tab does not steal. Where the browser keeps nothing, memory serves.
 */

/** A named place for one value that JSON can hold. */
export interface Place<V> {
  read(): V | undefined;
  write(value: V): void;
  clear(): void;
}

/** The guest that this device is. */
export interface KeptGuest {
  readonly refreshToken: string;
  /** Tells guests apart; another one than before means that another tab became another guest. */
  readonly guest: string;
}

export function devicePlace<V>(name: string): Place<V> {
  return placeIn(() => localStorage, `parley.${name}`);
}

export function tabPlace<V>(name: string): Place<V> {
  return placeIn(() => sessionStorage, `parley.${name}`);
}

export function memoryPlace<V>(first?: V): Place<V> {
  let kept: string | undefined = first === undefined ? undefined : JSON.stringify(first);
  return {
    read: () => (kept === undefined ? undefined : (JSON.parse(kept) as V)),
    write: (value) => (kept = JSON.stringify(value)),
    clear: () => (kept = undefined),
  };
}

function placeIn<V>(storage: () => Storage, name: string): Place<V> {
  const memory = memoryPlace<V>();
  return {
    read() {
      try {
        const text = storage().getItem(name);
        return text === null ? memory.read() : (JSON.parse(text) as V);
      } catch {
        return memory.read();
      }
    },
    write(value) {
      try {
        storage().setItem(name, JSON.stringify(value));
        memory.clear();
      } catch {
        this.clear();
        memory.write(value);
      }
    },
    clear() {
      memory.clear();
      try {
        storage().removeItem(name);
      } catch {
        // Nothing was kept.
      }
    },
  };
}
