/** The agenda: a priority queue of plain entries ordered by (time, sequence). A 4-ary heap over one typed array. */

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

/** An entry as the kernel takes it: one record that is filled anew each time. */
export type TakenEntry = { -readonly [Member in keyof AgendaEntry]: AgendaEntry[Member] };

export interface AgendaSnapshot {
  readonly times: Float64Array;
  readonly sequences: Float64Array;
  readonly entries: readonly AgendaEntry[];
  readonly nextSequence: number;
  readonly cancelled: readonly EntryId[];
}

const FIRST_CAPACITY = 256;
/** Where the root lies: with it, the four children of one entry share a cache line of 64 bytes. */
const ROOT = 3;
/** Cancelled entries are swept out when they are so many, and more than half of all. */
const SWEEP_MIN = 1_024;

/** Members of an entry that lie in a row in its slot. */
const FIELDS = 4;

/**
 * A record is 16 bytes: the time as a double, then the sequence and a word of slot and background flag. Both words move as one double,
 * which changes no bit (a slot is far below the values that would make it not a number). Entries are kept as their members, not as
 * objects: a million waiting objects would be the garbage collector's.
 */
export class Agenda {
  /** Time at `2 i`, the two words at `2 i + 1`. */
  #doubles = new Float64Array(2 * FIRST_CAPACITY);
  /** Sequence at `4 i + 2`, twice the slot and 1 for background at `4 i + 3`. */
  #words = new Uint32Array(this.#doubles.buffer);
  /** Service, kind, payload and cause from `FIELDS × slot` on. */
  #fields: unknown[] = [];
  #freeSlots: number[] = [];
  /** Index behind the last record. */
  #end = ROOT;
  /** Only written, so that what was read for it is not left out. */
  protected touched = 0;
  #nextSequence = 1;
  #foreground = 0;
  /** Cancelled but still in the heap; skipped when they come up. */
  #cancelled = new Set<EntryId>();
  /** Sequence → word of slot and flag, kept only for entries that asked to be cancellable. */
  #placeOf = new Map<EntryId, number>();

  /** Entries that are neither cancelled nor taken. */
  get size(): number {
    return this.#end - ROOT - this.#cancelled.size;
  }

  /** How many of them are not background. */
  get foreground(): number {
    return this.#foreground;
  }

  /** Adds an entry; `cancellable` costs a map entry, so hot paths that never cancel leave it off. At most 2^32 in the life of an agenda. */
  push(at: number, { service, kind, payload, cause, background }: AgendaEntry, cancellable = false): EntryId {
    return this.add(at, service, kind, payload, cause, background, cancellable);
  }

  /** The same with the members apart: the hottest path of a run makes no object for an entry. */
  add(at: number, service: string, kind: string, payload: unknown, cause: readonly number[], background: boolean, cancellable: boolean): EntryId {
    const sequence = this.#nextSequence++;
    const place = this.#store(service, kind, payload, cause, background);
    if (cancellable) this.#placeOf.set(sequence, place);
    if (!background) this.#foreground++;
    if (2 * this.#end === this.#doubles.length) this.#grow();
    this.#siftUp(this.#end++, at, sequence, place);
    return sequence;
  }

  /** Takes an entry off again. False when it is gone already or was not pushed as cancellable. */
  cancel(id: EntryId): boolean {
    const place = this.#placeOf.get(id);
    if (place === undefined) return false;
    this.#placeOf.delete(id);
    if ((place & 1) === 0) this.#foreground--;
    this.#cancelled.add(id);
    if (this.#cancelled.size > SWEEP_MIN && this.#cancelled.size * 2 > this.#end) this.#sweep();
    return true;
  }

  /** Time of the earliest entry, or undefined. */
  peekTime(): number | undefined {
    if (this.#cancelled.size > 0) this.#dropCancelled();
    return this.#end === ROOT ? undefined : this.#doubles[2 * ROOT];
  }

  /** The earliest entry without taking it. */
  peek(): AgendaEntry | undefined {
    if (this.#cancelled.size > 0) this.#dropCancelled();
    return this.#end === ROOT ? undefined : this.#entryAt(this.#words[4 * ROOT + 3]!);
  }

  /** Takes the earliest entry. */
  pop(): AgendaEntry | undefined {
    const entry: TakenEntry = { service: '', kind: '', payload: undefined, cause: [], background: false };
    return this.take(entry) ? entry : undefined;
  }

  /** Takes the earliest entry into a record; false when there is none. */
  take(into: TakenEntry): boolean {
    if (this.#cancelled.size > 0) this.#dropCancelled();
    if (this.#end === ROOT) return false;
    const place = this.#words[4 * ROOT + 3]!;
    const fields = this.#fields;
    const from = (place >>> 1) * FIELDS;
    into.service = fields[from] as string;
    into.kind = fields[from + 1] as string;
    into.payload = fields[from + 2];
    into.cause = fields[from + 3] as readonly number[];
    into.background = (place & 1) === 1;
    if (!into.background) this.#foreground--;
    this.#removeTop();
    return true;
  }

  /** Time of the earliest entry that is not background, or undefined. Looks at every entry. */
  peekForegroundTime(): number | undefined {
    if (this.#foreground === 0) return undefined;
    let least: number | undefined;
    for (let i = ROOT; i < this.#end; i++) {
      const at = this.#doubles[2 * i]!;
      if ((least === undefined || at < least) && (this.#words[4 * i + 3]! & 1) === 0 && !this.#cancelled.has(this.#words[4 * i + 2]!)) least = at;
    }
    return least;
  }

  /** All live entries in the order they will come up (slow; for tests, 'skip the wait' and inspection). */
  list(): { at: number; id: EntryId; entry: AgendaEntry }[] {
    const all: { at: number; id: EntryId; entry: AgendaEntry }[] = [];
    for (let i = ROOT; i < this.#end; i++) {
      const id = this.#words[4 * i + 2]!;
      if (!this.#cancelled.has(id)) all.push({ at: this.#doubles[2 * i]!, id, entry: this.#entryAt(this.#words[4 * i + 3]!) });
    }
    return all.sort((a, b) => a.at - b.at || a.id - b.id);
  }

  snapshot(): AgendaSnapshot {
    const size = this.#end - ROOT;
    const times = new Float64Array(size);
    const sequences = new Float64Array(size);
    const entries: AgendaEntry[] = [];
    for (let i = 0; i < size; i++) {
      times[i] = this.#doubles[2 * (i + ROOT)]!;
      sequences[i] = this.#words[4 * (i + ROOT) + 2]!;
      entries.push(this.#entryAt(this.#words[4 * (i + ROOT) + 3]!));
    }
    return { times, sequences, entries, nextSequence: this.#nextSequence, cancelled: [...this.#cancelled] };
  }

  static restore(from: AgendaSnapshot): Agenda {
    const agenda = new Agenda();
    const size = from.entries.length;
    while (agenda.#doubles.length < 2 * (size + ROOT)) agenda.#grow();
    agenda.#cancelled = new Set(from.cancelled);
    for (let i = 0; i < size; i++) {
      const id = from.sequences[i]!;
      const { service, kind, payload, cause, background } = from.entries[i]!;
      const place = agenda.#store(service, kind, payload, cause, background);
      agenda.#doubles[2 * (i + ROOT)] = from.times[i]!;
      agenda.#words[4 * (i + ROOT) + 2] = id;
      agenda.#words[4 * (i + ROOT) + 3] = place;
      if (agenda.#cancelled.has(id)) continue;
      agenda.#placeOf.set(id, place);
      if ((place & 1) === 0) agenda.#foreground++;
    }
    agenda.#end = size + ROOT;
    agenda.#nextSequence = from.nextSequence;
    return agenda;
  }

  #dropCancelled(): void {
    while (this.#end > ROOT && this.#cancelled.size > 0 && this.#cancelled.delete(this.#words[4 * ROOT + 2]!)) this.#removeTop();
  }

  /** Takes all cancelled entries out of the heap. */
  #sweep(): void {
    const words = this.#words;
    const doubles = this.#doubles;
    const end = this.#end;
    this.#end = ROOT;
    // A record goes in at or before the place it is read from.
    for (let i = ROOT; i < end; i++) {
      const sequence = words[4 * i + 2]!;
      const place = words[4 * i + 3]!;
      if (this.#cancelled.has(sequence)) this.#free(place);
      else this.#siftUp(this.#end++, doubles[2 * i]!, sequence, place);
    }
    this.#cancelled.clear();
  }

  /** Puts the members of an entry into a free slot; answers its word. */
  #store(service: string, kind: string, payload: unknown, cause: readonly number[], background: boolean): number {
    const fields = this.#fields;
    const slot = this.#freeSlots.length > 0 ? this.#freeSlots.pop()! : fields.length / FIELDS;
    const from = slot * FIELDS;
    fields[from] = service;
    fields[from + 1] = kind;
    fields[from + 2] = payload;
    fields[from + 3] = cause;
    return 2 * slot + (background ? 1 : 0);
  }
  #entryAt(place: number): AgendaEntry {
    const fields = this.#fields;
    const from = (place >>> 1) * FIELDS;
    return { service: fields[from] as string, kind: fields[from + 1] as string, payload: fields[from + 2], cause: fields[from + 3] as readonly number[], background: (place & 1) === 1 };
  }
  #free(place: number): void {
    const slot = place >>> 1;
    // Service and kind are names; what may be large is let go.
    this.#fields[slot * FIELDS + 2] = undefined;
    this.#fields[slot * FIELDS + 3] = undefined;
    this.#freeSlots.push(slot);
  }

  #removeTop(): void {
    const place = this.#words[4 * ROOT + 3]!;
    if (this.#placeOf.size > 0) this.#placeOf.delete(this.#words[4 * ROOT + 2]!);
    this.#free(place);
    if (--this.#end === ROOT) return;
    this.#siftDown();
    // The members of the next entry are on their way into the cache while this one is handled: among a million, that is a quarter of the time.
    this.touched = this.#fields[(this.#words[4 * ROOT + 3]! >>> 1) * FIELDS] === undefined ? 1 : 0;
  }

  #siftUp(from: number, at: number, sequence: number, place: number): void {
    const doubles = this.#doubles;
    let i = from;
    while (i > ROOT) {
      const parent = (i >> 2) + 2;
      const parentAt = doubles[2 * parent]!;
      if (parentAt < at || (parentAt === at && this.#words[4 * parent + 2]! < sequence)) break;
      doubles[2 * i] = parentAt;
      doubles[2 * i + 1] = doubles[2 * parent + 1]!;
      i = parent;
    }
    doubles[2 * i] = at;
    this.#words[4 * i + 2] = sequence;
    this.#words[4 * i + 3] = place;
  }

  /** Puts the record behind the end where it belongs, from the root down. */
  #siftDown(): void {
    const doubles = this.#doubles;
    const words = this.#words;
    const end = this.#end;
    const at = doubles[2 * end]!;
    const sequence = words[4 * end + 2]!;
    let i = ROOT;
    for (;;) {
      const first = (i - 2) << 2;
      if (first >= end) break;
      let least = first;
      let leastAt = doubles[2 * first]!;
      const last = Math.min(first + 4, end);
      for (let child = first + 1; child < last; child++) {
        const childAt = doubles[2 * child]!;
        if (childAt < leastAt || (childAt === leastAt && words[4 * child + 2]! < words[4 * least + 2]!)) {
          least = child;
          leastAt = childAt;
        }
      }
      if (at < leastAt || (at === leastAt && sequence < words[4 * least + 2]!)) break;
      doubles[2 * i] = leastAt;
      doubles[2 * i + 1] = doubles[2 * least + 1]!;
      i = least;
    }
    doubles[2 * i] = at;
    doubles[2 * i + 1] = doubles[2 * end + 1]!;
  }

  #grow(): void {
    const doubles = new Float64Array(this.#doubles.length * 2);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#words = new Uint32Array(doubles.buffer);
  }
}
