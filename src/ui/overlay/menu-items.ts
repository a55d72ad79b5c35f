/** A menu as data: the same list serves the dropdown, the context menu and the command search. */
import type { IconName } from '../icon-paths.ts';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  /** A second line, smaller. */
  readonly note?: string;
  readonly icon?: IconName;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** It can be read and reached but not chosen: its note says why. The menu stays open. */
  readonly refused?: boolean;
  /** Given: the row is a tick that can be on or off. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

export interface MenuBranch {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly items: readonly MenuEntry[];
}

export interface MenuHeading {
  readonly heading: string;
}

export type MenuEntry = MenuAction | MenuBranch | MenuHeading | 'separator';
