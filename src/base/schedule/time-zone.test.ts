import moment from 'moment-timezone';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { TIME_ZONE_DATABASE } from './time-zone-data.ts';
import { findTimeZone, instantsOf, offsetAt, timeZoneNames } from './time-zone.ts';
import type { TimeZone } from './time-zone.ts';

function zone(name: string): TimeZone {
  const found = findTimeZone(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
}

describe('the pinned time zones', () => {
  it('are those of the installed release, all of them', () => {
    expect(TIME_ZONE_DATABASE).toBe(moment.tz.dataVersion);
    expect(timeZoneNames()).toEqual([...moment.tz.names()].sort());
    expect(timeZoneNames().length).toBeGreaterThan(590);
  });

  it('agree with moment-timezone on every zone, at random instants and round every change, from 1970 to 2200', () => {
    const random = createRandom(1, 'time-zones');
    for (const name of timeZoneNames()) {
      const oracle = moment.tz.zone(name)!;
      const ours = zone(name);
      const instants = Array.from({ length: 40 }, () => random.int(2 ** 31) + random.int(2 ** 31) + random.int(2 ** 31));
      for (const { at } of ours.changes) instants.push(at - 1, at, at + 1);
      for (const until of oracle.untils) if (until > 0 && until < 7.2e12) instants.push(until / 1000 - 1, until / 1000);
      for (const at of instants) if (offsetAt(ours, at) !== Math.round(oracle.utcOffset(at * 1000) * -60)) throw new Error(`${name} at ${new Date(at * 1000).toISOString()}`);
    }
  }, 60_000);

  it('have no instant for a skipped time and two for a repeated one', () => {
    const berlin = zone('Europe/Berlin');
    expect(instantsOf(berlin, Date.UTC(2026, 2, 29, 2, 30) / 1000)).toEqual([]);
    expect(instantsOf(berlin, Date.UTC(2026, 2, 29, 3, 0) / 1000)).toEqual([Date.UTC(2026, 2, 29, 1, 0) / 1000]);
    expect(instantsOf(berlin, Date.UTC(2026, 9, 25, 2, 30) / 1000)).toEqual([Date.UTC(2026, 9, 25, 0, 30) / 1000, Date.UTC(2026, 9, 25, 1, 30) / 1000]);
    expect(instantsOf(zone('Pacific/Apia'), Date.UTC(2011, 11, 30, 12) / 1000)).toEqual([]);
    expect(instantsOf(zone('Australia/Lord_Howe'), Date.UTC(2026, 3, 5, 1, 45) / 1000)).toHaveLength(2);
  });

  it('are found by exact name only', () => {
    expect(findTimeZone('europe/berlin')).toBeUndefined();
    expect(findTimeZone('Mars/Olympus')).toBeUndefined();
    expect(findTimeZone('US/Pacific')?.changes).toEqual(zone('America/Los_Angeles').changes);
  });
});
