/**
 * Single-letter shortcuts. Bound on `event.code`, because with a Chinese input method on, letters arrive as `Process`; ignored while
 * composing, in fields, in dialogs and with modifiers; can be switched off (WCAG 2.1.4).
 */
import { useEffect, useRef } from 'react';
import { recall, remember } from './keep.ts';

/** `j`, `shift+j`, `down`, `esc`, `?`, or after `g`: `g t`. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

export function areKeysOn(): boolean {
  return recall('keys') !== 'off';
}

export function switchKeys(on: boolean): void {
  remember('keys', on ? 'on' : 'off');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space belong to the control that has the focus. */
function isControlKey(event: KeyboardEvent): boolean {
  if (event.code !== 'Enter' && event.code !== 'Space') return false;
  return event.target instanceof HTMLElement && event.target.closest('button, a, summary, input, [role="button"]') !== null;
}

export function isShortcut(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (isTyping(event.target) || isControlKey(event)) return false;
  return document.querySelector('[role="dialog"]') === null && areKeysOn();
}

const NAMED: Readonly<Record<string, string>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  Escape: 'esc',
  Enter: 'enter',
  Slash: '/',
};

/** Signs that stand elsewhere on other boards, and what a Chinese input method makes of them. */
const SIGNS: Readonly<Record<string, string>> = { '?': '?', '？': '?', '/': '/', '、': '/' };

/** The key's place on the board, as a letter: independent of layout language and input method. */
function nameOf(event: KeyboardEvent): string {
  const sign = SIGNS[event.key];
  if (sign !== undefined) return sign;
  const plain = NAMED[event.code] ?? event.code.replace(/^(?:Key|Digit)/u, '').toLowerCase();
  if (!event.shiftKey) return plain;
  return plain === '/' ? '?' : `shift+${plain}`;
}

let lastG = -10_000;
const CHORD = 1_200;
/** Key events that follow `g`; decided once, before any page sees them. */
const chords = new WeakSet<KeyboardEvent>();

export function useKeys(map: KeyMap): void {
  const kept = useRef(map);
  kept.current = map;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      const name = chords.has(event) ? `g ${nameOf(event)}` : nameOf(event);
      const action = kept.current[name];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Remembers that `g` was pressed; mounted once, in the frame. It listens before everybody else (capture). */
export function useChord(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      if (event.timeStamp - lastG < CHORD) chords.add(event);
      lastG = event.code === 'KeyG' && !event.shiftKey ? event.timeStamp : -10_000;
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, []);
}
