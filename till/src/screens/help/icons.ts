// The icons of the strip and its sheets: lucide (ISC licence), in the later file.
import ear from 'lucide-static/icons/ear.svg?raw'
import handoff from 'lucide-static/icons/arrow-left-right.svg?raw'
import promise from 'lucide-static/icons/calendar-check.svg?raw'
import hourglass from 'lucide-static/icons/hourglass.svg?raw'
import type { Drawn } from '../../ui/icons.ts'

const drawn = (svg: string): Drawn => ({ svg })

export const icons = { need: drawn(ear), promise: drawn(promise), hold: drawn(hourglass), handoff: drawn(handoff) }
