import type { start as spanish } from '../../es/late/start.ts'
import type { Dictionary } from '../../types.ts'

// Pairing, people and PINs, and what the browser allows or refuses.
export const start: Pick<Dictionary, keyof typeof spanish> = {
  'prefs.title': 'Preferences',
  'prefs.language': 'Language',
  'prefs.theme': 'Appearance',
  'prefs.theme_light': 'Light',
  'prefs.theme_dark': 'Dark',
  'prefs.theme_system': 'Like the system',
  'prefs.sound': 'Sound',
  'prefs.large': 'Large type',
  'prefs.edges': 'Marked edges',
  'prefs.density': 'Product keys',
  'prefs.density_normal': 'Normal',
  'prefs.density_compact': 'Compact',
  'prefs.paper': 'Paper width',
  'prefs.paper_58': '58 mm',
  'prefs.paper_80': '80 mm',
  'prefs.print_auto': 'Print when charged',
}
