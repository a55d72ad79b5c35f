/** The agenda: a priority queue of plain entries ordered by (time, sequence). A 4-ary heap over typed arrays. */

/** What is to happen, to whom, and because of which trace events. Never a closure: an agenda can be copied and stored. */
export interface AgendaEntry {
  readonly service: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly cause: readonly number[];
  /** Housekeeping that a world does not wait for: empty polls, expiry, retention, recurring schedules. */
  readonly background: boolean;
}

/** Handle of a scheduled entry: its sequence number. */
export type EntryId = number;

export interface AgendaSnapshot {
  readonly times: Float64Array;
  readonly sequences: Float64Array;
  readonly entries: readonly AgendaEntry[];
  readonly nextSequence: number;
  readonly cancelled: readonly EntryId[];
}

const FIRST_CAPACITY = 256;

export class Agenda {
  #times = new Float64Array(FIRST_CAPACITY);
  #sequences = new Float64Array(FIRST_CAPACITY);
  #slots = new Int32Array(FIRST_CAPACITY);
  #entries: (AgendaEntry | undefined)[] = [];
  #freeSlots: number[] = [];
  #size = 0;
  #nextSequence = 1;
  #foreground = 0;
  /** Cancelled but still in the heap; skipped when they come up. */
  #cancelled = new Set<EntryId>();
  /** Sequence → slot, kept only for entries that asked to be cancellable. */
  #slotOf = new Map<EntryId, number>();

  /** Entries that are neither cancelled nor taken. */
  get size(): number {
    return this.#size - this.#cancelled.size;
  }

  /** How many of them are not background. */
  get foreground(): number {
    return this.#foreground;
  }

  /** Adds an entry; `cancellable` costs a map entry, so hot paths that never cancel leave it off. */
  push(at: number, entry: AgendaEntry, cancellable = false): EntryId {
    const sequence = this.#nextSequence++;
    const slot = this.#freeSlots.pop() ?? this.#entries.length;
    this.#entries[slot] = entry;
    if (cancellable) this.#slotOf.set(sequence, slot);
    if (!entry.background) this.#foreground++;
    if (this.#size === this.#times.length) this.#grow();
    this.#siftUp(this.#size++, at, sequence, slot);
    return sequence;
  }

  /** Takes an entry off again. False when it is gone already or was not pushed as cancellable. */
  cancel(id: EntryId): boolean {
    const slot = this.#slotOf.get(id);
    if (slot === undefined) return false;
    this.#slotOf.delete(id);
    if (!this.#entries[slot]!.background) this.#foreground--;
    this.#cancelled.add(id);
    return true;
  }

  /** Time of the earliest entry, or undefined. */
  peekTime(): number | undefined {
    this.#dropCancelled();
    return this.#size === 0 ? undefined : this.#times[0];
  }

  /** The earliest entry without taking it. */
  peek(): AgendaEntry | undefined {
    this.#dropCancelled();
    return this.#size === 0 ? undefined : this.#entries[this.#slots[0]!];
  }

  /** Takes the earliest entry. */
  pop(): AgendaEntry | undefined {
    this.#dropCancelled();
    if (this.#size === 0) return undefined;
    const entry = this.#removeTop();
    if (!entry.background) this.#foreground--;
    return entry;
  }

  /** Time of the earliest entry that is not background, or undefined. Looks at every entry. */
  peekForegroundTime(): number | undefined {
    if (this.#foreground === 0) return undefined;
    let least: number | undefined;
    for (let i = 0; i < this.#size; i++) {
      const at = this.#times[i]!;
      if ((least === undefined || at < least) && !this.#entries[this.#slots[i]!]!.background && !this.#cancelled.has(this.#sequences[i]!)) least = at;
    }
    return least;
  }

  /** All live entries in the order they will come up (slow; for tests, 'skip the wait' and inspection). */
  list(): { at: number; id: EntryId; entry: AgendaEntry }[] {
    const all: { at: number; id: EntryId; entry: AgendaEntry }[] = [];
    for (let i = 0; i < this.#size; i++) {
      const id = this.#sequences[i]!;
      if (!this.#cancelled.has(id)) all.push({ at: this.#times[i]!, id, entry: this.#entries[this.#slots[i]!]! });
    }
    return all.sort((a, b) => a.at - b.at || a.id - b.id);
  }

  snapshot(): AgendaSnapshot {
    const entries: AgendaEntry[] = [];
    for (let i = 0; i < this.#size; i++) entries.push(this.#entries[this.#slots[i]!]!);
    return {
      times: this.#times.slice(0, this.#size),
      sequences: this.#sequences.slice(0, this.#size),
      entries,
      nextSequence: this.#nextSequence,
      cancelled: [...this.#cancelled],
    };
  }

  static restore(from: AgendaSnapshot): Agenda {
    const agenda = new Agenda();
    const size = from.entries.length;
    const capacity = Math.max(FIRST_CAPACITY, size);
    agenda.#times = new Float64Array(capacity);
    agenda.#times.set(from.times);
    agenda.#sequences = new Float64Array(capacity);
    agenda.#sequences.set(from.sequences);
    agenda.#slots = new Int32Array(capacity);
    agenda.#cancelled = new Set(from.cancelled);
    for (let i = 0; i < size; i++) {
      agenda.#slots[i] = i;
      const id = agenda.#sequences[i]!;
      if (agenda.#cancelled.has(id)) continue;
      agenda.#slotOf.set(id, i);
      if (!from.entries[i]!.background) agenda.#foreground++;
    }
    agenda.#entries = [...from.entries];
    agenda.#size = size;
    agenda.#nextSequence = from.nextSequence;
    return agenda;
  }

  #dropCancelled(): void {
    while (this.#size > 0 && this.#cancelled.size > 0 && this.#cancelled.has(this.#sequences[0]!)) {
      this.#cancelled.delete(this.#sequences[0]!);
      this.#removeTop();
    }
  }

  #removeTop(): AgendaEntry {
    const slot = this.#slots[0]!;
    const entry = this.#entries[slot]!;
    if (this.#slotOf.size > 0) this.#slotOf.delete(this.#sequences[0]!);
    this.#entries[slot] = undefined;
    this.#freeSlots.push(slot);
    const last = --this.#size;
    if (last > 0) this.#siftDown(this.#times[last]!, this.#sequences[last]!, this.#slots[last]!);
    return entry;
  }

  #siftUp(from: number, at: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const parentAt = times[parent]!;
      if (parentAt < at || (parentAt === at && sequences[parent]! < sequence)) break;
      times[i] = parentAt;
      sequences[i] = sequences[parent]!;
      slots[i] = slots[parent]!;
      i = parent;
    }
    times[i] = at;
    sequences[i] = sequence;
    slots[i] = slot;
  }

  #siftDown(at: number, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const slots = this.#slots;
    const size = this.#size;
    let i = 0;
    for (;;) {
      const first = (i << 2) + 1;
      if (first >= size) break;
      let least = first;
      const end = Math.min(first + 4, size);
      for (let child = first + 1; child < end; child++) {
        const difference = times[child]! - times[least]!;
        if (difference < 0 || (difference === 0 && sequences[child]! < sequences[least]!)) least = child;
      }
      const leastAt = times[least]!;
      if (at < leastAt || (at === leastAt && sequence < sequences[least]!)) break;
      times[i] = leastAt;
      sequences[i] = sequences[least]!;
      slots[i] = slots[least]!;
      i = least;
    }
    times[i] = at;
    sequences[i] = sequence;
    slots[i] = slot;
  }

  #grow(): void {
    const capacity = this.#times.length * 2;
    const times = new Float64Array(capacity);
    times.set(this.#times);
    const sequences = new Float64Array(capacity);
    sequences.set(this.#sequences);
    const slots = new Int32Array(capacity);
    slots.set(this.#slots);
    this.#times = times;
    this.#sequences = sequences;
    this.#slots = slots;
  }
}
