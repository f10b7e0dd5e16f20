// What this device likes: language, light, sound, size. Not part of any fact; kept in the browser, lost without harm.

import type { ChosenKeys } from '../core/keys.ts'

export type Language = 'es' | 'en'

export interface Preferences {
  /** null: as the store's locale says. */
  language: Language | null
  theme: 'system' | 'light' | 'dark'
  sound: boolean
  density: 'normal' | 'compact'
  size: 'normal' | 'large'
  edges: 'soft' | 'strong'
  paper: 58 | 80
  /** Print by itself as soon as a sale is written. */
  prints: boolean
  /** Keys of this device that are not the standard ones. */
  keys: ChosenKeys
  /** The camera that was chosen, by the name that the browser gives it; empty: none was. */
  camera: string
}

const NAME = 'mostrador-preferences'
const DEFAULTS: Preferences = {
  language: null, theme: 'system', sound: true, density: 'normal', size: 'normal', edges: 'soft', paper: 80, prints: false, keys: {}, camera: '',
}

function stored(): Preferences {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(NAME) ?? '{}')
    return { ...DEFAULTS, ...(typeof found === 'object' ? found : {}) }
  } catch {
    // A browser without local storage, or a broken text: the till works with what it would have by default.
    return { ...DEFAULTS }
  }
}

export const preferences: Preferences = $state(stored())

/** Change what this device likes, now and for the next start. */
export function prefer(change: Partial<Preferences>): void {
  Object.assign(preferences, change)
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences))
  } catch {
    // Kept until the window closes; nothing that matters is stored here.
  }
  showPreferences()
}

/** Put theme, size and edges on the page's root, where the styles look for them. */
export function showPreferences(): void {
  const root = document.documentElement
  if (preferences.theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = preferences.theme
  root.dataset['size'] = preferences.size
  root.dataset['edges'] = preferences.edges
}
